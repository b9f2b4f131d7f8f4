/** Suggestions for case notes in the field where they are written: `<fsm-language for="the field's id"></fsm-language>`. */

import { FsmLanguage } from "./element.js";

export { FsmLanguage };
export { WORDS } from "./words.js";

if (!customElements.get("fsm-language")) customElements.define("fsm-language", FsmLanguage);
