/** What the letters in case notes stand for: look them up by letters or by meaning. */

import { make } from "../component/dom.js";
import { ask } from "./asking.js";
import { byId } from "./find.js";

const PAUSE = 200; // milliseconds without typing until it is looked up
const MOST = 50;

/** @typedef {{acronym: string, expansions: string[], plain: string}} Acronym */

/** Make the search work. */
export function startGlossary() {
  const words = /** @type {HTMLInputElement} */ (byId("glossary-words"));
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  words.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => look(words), PAUSE);
  });
  byId("glossary-search").addEventListener("submit", (event) => {
    event.preventDefault();
    look(words);
  });
  look(words);
}

/** @param {HTMLInputElement} words */
async function look(words) {
  const wanted = words.value.trim();
  try {
    /** @type {{acronyms: Acronym[]}} */
    const { acronyms } = await ask(`glossary?q=${encodeURIComponent(wanted)}`);
    if (words.value.trim() === wanted) show(acronyms);
  } catch (reason) {
    byId("glossary-said").textContent = /** @type {Error} */ (reason).message;
  }
}

/** @param {Acronym[]} acronyms */
function show(acronyms) {
  const count =
    acronyms.length === 1 ? "1 entry" : `${acronyms.length} entries`;
  const first =
    acronyms.length > MOST ? `, the first ${MOST} of them here` : "";
  byId("glossary-said").textContent = acronyms.length
    ? count + first
    : "Nothing by that name. Your own letters can go into a pack of your own.";
  byId("glossary-found").replaceChildren(
    ...acronyms.slice(0, MOST).map(({ acronym, expansions, plain }) => {
      const meaning = make(
        "dd",
        {},
        make("strong", {}, expansions.join(", or ")),
        plain ? `: ${plain}` : "",
      );
      return make("div", {}, make("dt", {}, acronym), meaning);
    }),
  );
}
