/** Findings follow a text as it changes: whatever is typed, pasted or deleted, they stand on the same words or go. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { Checked } from "../component/checked.js";

const NOTE = "Mum failed to attend. 😀 She was hard to reach. Dad failed to ring.";
const WORDS = ["failed to attend", "hard to reach", "failed to ring"];
const PIECES = ["", "a", " ", "\n", "😀", "failed to ", "Mum failed to attend. "];

function finding(words) {
  const start = NOTE.indexOf(words);
  const end = start + words.length;
  return { start, end, fingerprint: words, suggestions: [{ label: "", edits: [{ start, end, text: "" }] }] };
}

function checked() {
  const known = new Checked();
  known.change(NOTE);
  known.report(NOTE, { findings: WORDS.map(finding), measures: {}, error: null });
  return known;
}

/** The same numbers in each run. */
function* numbers(seed) {
  for (let state = seed; ; state = (state * 1103515245 + 12345) % 2147483648) yield state / 2147483648;
}

test("after any changes, a finding and its edits stand on the words they were about, or are gone", () => {
  const random = numbers(7);
  const below = (most) => Math.floor(random.next().value * most);
  let kept = 0;
  for (let round = 0; round < 2000; round++) {
    const known = checked();
    let text = NOTE;
    for (let change = 0; change < 4; change++) {
      const start = below(text.length + 1);
      const end = Math.min(text.length, start + below(12));
      text = text.slice(0, start) + PIECES[below(PIECES.length)] + text.slice(end);
      known.change(text);
      for (const { start: from, end: to, fingerprint, suggestions } of known.findings) {
        assert.equal(text.slice(from, to), fingerprint);
        assert.deepEqual(suggestions[0].edits, [{ start: from, end: to, text: "" }]);
        kept++;
      }
    }
  }
  assert.ok(kept > 1000, "most changes leave some findings alone");
});

for (const [what, text, left] of [
  ["typed before", `Today. ${NOTE}`, WORDS],
  ["typed after", `${NOTE} We met.`, WORDS],
  ["typed into one", NOTE.replace("hard to", "harder to"), ["failed to attend", "failed to ring"]],
  ["deleted", NOTE.replace("hard to reach", ""), ["failed to attend", "failed to ring"]],
  ["all of it replaced", "All is well.", []],
]) {
  test(`what is underlined when something is ${what}`, () => {
    const known = checked();
    known.change(text);
    assert.deepEqual(
      known.findings.map(({ fingerprint }) => fingerprint),
      left,
    );
  });
}

test("a report that comes late is about the text it was asked for, and moves to the text of now", () => {
  const known = new Checked();
  known.change(`Today. ${NOTE}`);
  known.report(NOTE, { findings: WORDS.map(finding), measures: {}, error: null });
  assert.deepEqual(
    known.findings.map(({ start }) => start),
    WORDS.map((words) => NOTE.indexOf(words) + 7),
  );
});
