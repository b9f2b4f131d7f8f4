/** Says why wording was found and what can be done about it; the card and the list show the same. */

import { make } from "./dom.js";
import { WORDS } from "./words.js";

const MOST_SOURCES = 3;

/**
 * What a writer can do with a finding.
 * @typedef {object} Choices
 * @property {(finding: Finding, suggestion: import("./types.d.ts").Suggestion) => void} take
 * @property {(finding: Finding) => void} leave
 * @property {boolean} writable whether the text may be changed now
 * @typedef {import("./types.d.ts").Finding} Finding
 */

/**
 * @param {Finding} finding
 * @param {Choices} choices
 * @param {...HTMLElement} more buttons of the place where this is shown
 * @returns {HTMLElement[]}
 */
export function reason(finding, choices, ...more) {
  const wordings = finding.suggestions.filter((suggestion) => suggestion.edits.length);
  const questions = finding.suggestions.filter((suggestion) => !suggestion.edits.length);
  const take = wordings.map((suggestion, number) =>
    make(
      "button",
      {
        type: "button",
        className: number ? "action" : "action first",
        onclick: () => choices.take(finding, suggestion),
      },
      suggestion.label ? WORDS.take(suggestion.label) : WORDS.takeOut,
    ),
  );
  const leave = make(
    "button",
    { type: "button", className: "action leave", onclick: () => choices.leave(finding) },
    WORDS.leave,
  );
  return [
    make("p", { className: "message" }, finding.message),
    ...questions.map(({ label }) => make("p", { className: "question" }, `${WORDS.ask}: `, make("em", {}, label))),
    ...(choices.writable || !take.length ? [] : [make("p", {}, WORDS.readOnly)]),
    make("div", { className: "choices" }, ...(choices.writable ? take : []), leave, ...more),
    ...(finding.why ? [make("p", { className: "why" }, finding.why)] : []),
    ...(finding.sources?.length ? [sources(finding)] : []),
  ];
}

/** @param {Finding} finding */
function sources(finding) {
  const links = finding.sources
    .slice(0, MOST_SOURCES)
    .flatMap(({ title, publisher, url }, number) => [
      number ? "; " : "",
      /^https?:/.test(url) ? make("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, title) : title,
      `, ${publisher}`,
    ]);
  return make("p", { className: "sources" }, `${WORDS.sources}: `, ...links);
}

/** @param {Finding} finding what sort of wording it is, in a few words */
export function kindOf(finding) {
  return WORDS.categories[finding.category] ?? finding.category;
}
