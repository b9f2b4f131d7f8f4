/** Every test, with one service and one browser for all. */

import "./package.test.js";
import "./textarea.test.js";
