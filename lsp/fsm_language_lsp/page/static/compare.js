/** The note before and after: what the first suggestion of each finding would change. */

import { make } from "../component/dom.js";
import { byId, component } from "./find.js";

/**
 * @typedef {import("../component/types.d.ts").Finding} Finding
 * @typedef {import("../component/types.d.ts").Edit} Edit
 */

/** Keep the view up to date. */
export function startCompare() {
  for (const event of ["report", "take", "leave"]) {
    component().addEventListener(`fsm-language-${event}`, () => draw());
  }
  byId("note").addEventListener("input", () => draw());
  draw();
}

function draw() {
  const text = /** @type {HTMLTextAreaElement} */ (byId("note")).value;
  const { findings } = component();
  const edits = chosen(findings);
  const asked =
    findings.length -
    new Set(findings.filter((finding) => first(finding))).size;
  byId("compare-both").hidden = !text.trim();
  byId("compare-said").textContent = saying(text, edits.length, asked);
  byId("before").replaceChildren(
    ...pieces(text, edits, (edit) =>
      make("del", {}, text.slice(edit.start, edit.end)),
    ),
  );
  byId("after").replaceChildren(
    ...pieces(text, edits, (edit) => make("ins", {}, edit.text)),
  );
}

/** @param {Finding} finding */
function first(finding) {
  return finding.suggestions.find((suggestion) => suggestion.edits.length);
}

/** @param {Finding[]} findings @returns {Edit[]} in the order of the text, none over another */
function chosen(findings) {
  const edits = findings
    .flatMap((finding) => first(finding)?.edits ?? [])
    .sort((a, b) => a.start - b.start || a.end - b.end);
  let done = 0;
  return edits.filter((edit) => {
    const fits = edit.start >= done;
    if (fits) done = edit.end;
    return fits;
  });
}

/**
 * @param {string} text
 * @param {Edit[]} edits
 * @param {(edit: Edit) => HTMLElement} changed
 */
function pieces(text, edits, changed) {
  let done = 0;
  const all = edits.flatMap((edit) => {
    const before = text.slice(done, edit.start);
    done = edit.end;
    return [before, changed(edit)];
  });
  return [...all, text.slice(done)];
}

/** @param {string} text @param {number} edits @param {number} asked */
function saying(text, edits, asked) {
  if (!text.trim()) return "Write a note first, or use the example there.";
  const changes =
    edits === 0
      ? "Nothing would change."
      : edits === 1
        ? "One change."
        : `${edits} changes.`;
  const questions =
    asked === 0
      ? ""
      : asked === 1
        ? " One question is left for you."
        : ` ${asked} questions are left for you.`;
  return changes + questions;
}
