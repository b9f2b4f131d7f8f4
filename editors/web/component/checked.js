/** What is known about a text: the findings of the last report, moved along as the text changes. */

/**
 * @typedef {import("./types.d.ts").Finding} Finding
 * @typedef {import("./types.d.ts").Report} Report
 */

export class Checked {
  text = "";
  /** @type {Finding[]} */
  #findings = [];
  /** @type {Set<string>} */
  #left = new Set();

  /** The findings to show, in the order of the text. */
  get findings() {
    return this.#findings.filter((finding) => !this.#left.has(finding.fingerprint));
  }

  /** How many findings the writer has left as they are. */
  get left() {
    return this.#findings.length - this.findings.length;
  }

  /**
   * Take a report on `text`, which is not necessarily the present text.
   * @param {string} text
   * @param {Report} report
   */
  report(text, report) {
    const now = this.text;
    this.text = text;
    this.#findings = [...report.findings].sort((a, b) => a.start - b.start);
    this.change(now);
  }

  /**
   * Follow a change of the text: what stands outside the changed stretch moves with it, what it touched is dropped.
   * @param {string} text
   */
  change(text) {
    if (text === this.text) return;
    const { start, end, grown } = difference(this.text, text);
    this.text = text;
    this.#findings = this.#findings.flatMap((finding) => moved(finding, start, end, grown) ?? []);
  }

  /** @param {Finding} finding */
  leave(finding) {
    this.#left.add(finding.fingerprint);
  }

  /** Show again what was left. */
  restore() {
    this.#left.clear();
  }
}

/**
 * Say which stretch of `before` is another in `after`, and by how much the text grew.
 * @param {string} before
 * @param {string} after
 */
export function difference(before, after) {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  let same = 0;
  while (same < shorter - start && before.at(-1 - same) === after.at(-1 - same)) same++;
  return { start, end: before.length - same, grown: after.length - before.length };
}

/**
 * @param {Finding} finding
 * @param {number} start
 * @param {number} end
 * @param {number} grown
 * @returns {Finding | null} the finding where it now stands, or null when the change touched it
 */
function moved(finding, start, end, grown) {
  const edits = finding.suggestions.flatMap((suggestion) => suggestion.edits);
  const first = Math.min(finding.start, ...edits.map((edit) => edit.start));
  const last = Math.max(finding.end, ...edits.map((edit) => edit.end));
  if (last <= start) return finding;
  if (first < end) return null;
  const suggestions = finding.suggestions.map((each) => ({
    ...each,
    edits: each.edits.map((edit) => ({ ...edit, start: edit.start + grown, end: edit.end + grown })),
  }));
  return { ...finding, start: finding.start + grown, end: finding.end + grown, suggestions };
}
