/** Every test, with one service and one browser for all. */

import "./package.test.js";
import "./checked.test.js";
import "./textarea.test.js";
import "./editable.test.js";
import "./keyboard.test.js";
import "./surroundings.test.js";
import "./page.test.js";
import "./report.test.js";
import "./service.test.js";
