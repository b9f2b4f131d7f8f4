/** A place to write a rule and see what it finds, before it goes into a pack. */

import { make } from "../component/dom.js";
import { ask } from "./asking.js";
import { byId } from "./find.js";

/** @typedef {import("../component/types.d.ts").Finding} Finding */

const RULE = `topic: Our words
sources:
  ours:
    title: How we write
    publisher: Anytown Council
    url: https://example.org/how-we-write
rules:
  - id: blaming.no-show
    category: blaming
    level: suggestion
    principle: collaborative
    phrases: ["{be} a no-show"]
    suggest: ["did not come"]
    ask: ["What got in the way?"]
    message: Say what happened.
    why: It sounds like a verdict on the person.
    sources: [ours]
    unless: [quoted]
    examples:
      - note: Mum was a no-show on Monday.
      - note: “I was a no-show,” Mum said.
        fine: quoted
`;
const TEXT =
  "Dad was a no-show on Monday. He told me, “I know I was a no-show, my bus was cancelled.”";

/** Make the playground work. */
export function startPlayground() {
  const rule = /** @type {HTMLTextAreaElement} */ (byId("try-rule"));
  const text = /** @type {HTMLTextAreaElement} */ (byId("try-text"));
  rule.value ||= RULE;
  text.value ||= TEXT;
  byId("try-now").addEventListener("click", () => attempt(rule, text.value));
}

/** @param {HTMLTextAreaElement} rule @param {string} text */
async function attempt(rule, text) {
  byId("try-found").replaceChildren();
  byId("try-said").textContent = "Trying…";
  try {
    const answer = await ask("rules/try", {
      rule: rule.value,
      text,
      unit: "utf-16",
    });
    show(text, answer.findings, answer.examples);
  } catch (reason) {
    const { message, line } = /** @type {import("./asking.js").Refused} */ (
      reason
    );
    byId("try-said").textContent = message;
    if (line) selectLine(rule, line);
  }
}

/** @param {string} text @param {Finding[]} findings @param {string[]} failures */
function show(text, findings, failures) {
  const count =
    findings.length === 1
      ? "1 found."
      : `${findings.length || "Nothing"} found.`;
  const examples =
    failures.length === 0
      ? "Its examples hold."
      : failures.length === 1
        ? "One example does not hold:"
        : `${failures.length} examples do not hold:`;
  byId("try-said").textContent = `${count} ${examples}`;
  const broken = failures.length
    ? [
        make(
          "ul",
          { className: "govuk-list govuk-list--bullet" },
          ...failures.map((failure) => make("li", {}, failure)),
        ),
      ]
    : [];
  byId("try-found").replaceChildren(
    ...broken,
    make("div", { className: "paper" }, ...marked(text, findings)),
    ...findings.map(offered),
  );
}

/** @param {string} text @param {Finding[]} findings */
function marked(text, findings) {
  let done = 0;
  const pieces = findings.flatMap(({ start, end }) => {
    const piece = [
      text.slice(done, start),
      make("mark", {}, text.slice(Math.max(start, done), end)),
    ];
    done = Math.max(done, end);
    return piece;
  });
  return [...pieces, text.slice(done)];
}

/** @param {Finding} finding */
function offered({ message, suggestions }) {
  const labels = suggestions.map(({ label, edits }) =>
    edits.length ? `“${label}”` : label,
  );
  return make(
    "p",
    { className: "govuk-body" },
    [message, ...labels].join(" · "),
  );
}

/** @param {HTMLTextAreaElement} rule @param {number} line counted from 1 */
function selectLine(rule, line) {
  const lines = rule.value.split("\n");
  const start = lines
    .slice(0, line - 1)
    .reduce((sum, each) => sum + each.length + 1, 0);
  rule.focus();
  rule.setSelectionRange(start, start + (lines[line - 1]?.length ?? 0));
}
