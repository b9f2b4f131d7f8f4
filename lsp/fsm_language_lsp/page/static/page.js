/** The page at `/`: shows one view at a time, by the part of the address after `#`. */

import { startCompare } from "./compare.js";
import { startGlossary } from "./glossary.js";
import { startNote } from "./note.js";
import { startPlayground } from "./playground.js";
import { startRules } from "./rules.js";

/** What each view does when it is first shown. @type {Record<string, () => void>} */
const STARTS = {
  rules: startRules,
  glossary: startGlossary,
  try: startPlayground,
};
const views = /** @type {HTMLElement[]} */ ([
  ...document.querySelectorAll(".view"),
]);
const links = /** @type {HTMLAnchorElement[]} */ ([
  ...document.querySelectorAll(".site__views a"),
]);

/** @param {boolean} focus whether the reader has come from another view */
function show(focus) {
  const wanted =
    views.find((view) => view.id === location.hash.slice(1)) ?? views[0];
  for (const view of views) view.hidden = view !== wanted;
  for (const link of links) {
    if (link.hash === `#${wanted.id}`)
      link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  STARTS[wanted.id]?.();
  delete STARTS[wanted.id];
  const title = /** @type {HTMLElement} */ (wanted.querySelector("h1"));
  document.title = `${title.textContent} - fsm-language`;
  if (!focus) return;
  title.focus({ preventScroll: true });
  scrollTo(0, 0);
}

startNote();
startCompare();
addEventListener("hashchange", () => show(true));
show(false);
