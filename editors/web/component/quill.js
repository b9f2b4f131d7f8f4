/** A Quill 2 editor as a field: `element.field = new QuillField(quill)`. */

import { rectsOf } from "./frame.js";
import { Highlights } from "./highlights.js";

/** @typedef {import("./types.d.ts").Field} Field */

/**
 * What is asked of a `Quill`.
 * @typedef {object} Quill
 * @property {HTMLElement} root
 * @property {{cutoff: () => void}} history
 * @property {() => boolean} isEnabled
 * @property {(index?: number, length?: number) => {ops: {insert?: unknown, attributes?: Record<string, unknown>}[]}} getContents
 * @property {(index: number) => [{domNode: Node} | null, number]} getLeaf
 * @property {(focus?: boolean) => {index: number, length: number} | null} getSelection
 * @property {(index: number, length: number, source: any) => void} setSelection
 * @property {(delta: any, source: any) => unknown} updateContents
 * @property {() => void} focus
 * @property {(event: any, listener: () => void) => unknown} on
 * @property {(event: any, listener: () => void) => unknown} off
 */

const SOMETHING = "\ufffc"; // stands for a picture or another thing that is not text

/** @implements {Field} */
export class QuillField {
  #quill;
  #highlights;
  #changed = () => {};

  /** @param {Quill} quill */
  constructor(quill) {
    this.#quill = quill;
    this.#highlights = new Highlights(quill.root);
  }

  get element() {
    return this.#quill.root;
  }

  get writable() {
    return this.#quill.isEnabled();
  }

  text() {
    return this.#quill
      .getContents()
      .ops.map(({ insert }) => (typeof insert === "string" ? insert : SOMETHING))
      .join("");
  }

  /** @param {() => void} changed */
  watch(changed) {
    this.#changed = changed;
    this.#quill.on("text-change", changed);
  }

  /** @param {import("./types.d.ts").Mark[]} marks */
  mark(marks) {
    this.#highlights.draw(marks, (start, end) => this.#range(start, end));
  }

  /** @param {number} start @param {number} end */
  #range(start, end) {
    const [first, from] = this.#quill.getLeaf(start);
    const [last, to] = this.#quill.getLeaf(end);
    if (first?.domNode.nodeType !== Node.TEXT_NODE || last?.domNode.nodeType !== Node.TEXT_NODE) return null;
    const range = document.createRange();
    range.setStart(first.domNode, from);
    range.setEnd(last.domNode, to);
    return range;
  }

  /** @param {number} start @param {number} end */
  rects(start, end) {
    return rectsOf(this.#range(start, end), this.element);
  }

  caret() {
    const selection = this.#quill.getSelection();
    return selection && { start: selection.index, end: selection.index + selection.length };
  }

  /** @param {number} start @param {number} end */
  select(start, end) {
    this.#quill.focus();
    this.#quill.setSelection(start, end - start, "user");
  }

  /** @param {import("./types.d.ts").Edit[]} edits */
  replace(edits) {
    this.#quill.history.cutoff(); // so that one undo takes back this and no more
    for (const { start, end, text } of [...edits].sort((a, b) => b.start - a.start)) {
      const [{ attributes }] = this.#quill.getContents(start, 1).ops;
      const ops = [{ retain: start }, { insert: text, attributes }, { delete: end - start }];
      this.#quill.updateContents(
        ops.filter((op) => Object.values(op)[0]),
        "user",
      );
      this.#quill.setSelection(start + text.length, 0, "user");
    }
    this.#quill.history.cutoff();
    return true;
  }

  release() {
    this.#quill.off("text-change", this.#changed);
    this.#highlights.remove();
  }
}
