/** Changes the focused field as typing would: the browser can undo it, and the page hears `input`. */

/**
 * Put `text` in place of what is selected.
 * @param {Document} document
 * @param {string} text
 * @returns {boolean} whether the browser did it
 */
export function typeOver(document, text) {
  // deprecated, and still the only call that keeps the browser's undo
  return text ? document.execCommand("insertText", false, text) : document.execCommand("delete");
}

/**
 * Put several edits of one text together: the stretch from the first to the last, and what it says with all made.
 * @param {string} whole
 * @param {import("./types.d.ts").Edit[]} edits
 * @returns {import("./types.d.ts").Edit}
 */
export function asOne(whole, edits) {
  const sorted = [...edits].sort((a, b) => a.start - b.start);
  const start = sorted[0].start;
  let done = start;
  let text = "";
  for (const edit of sorted) {
    text += whole.slice(done, edit.start) + edit.text;
    done = edit.end;
  }
  return { start, end: done, text };
}
