/** A CodeMirror 6 editor as a field: `element.field = new CodeMirrorField(view)`. */

import { rectsOf } from "./frame.js";
import { Highlights } from "./highlights.js";

/** @typedef {import("./types.d.ts").Field} Field */

/**
 * What is asked of an `EditorView`.
 * @typedef {object} View
 * @property {HTMLElement} contentDOM
 * @property {{from: number, to: number}} viewport
 * @property {{doc: {toString: () => string}, readOnly: boolean, selection: {main: {from: number, to: number}}}} state
 * @property {(position: number) => {node: Node, offset: number}} domAtPos
 * @property {(change: any) => void} dispatch
 * @property {() => void} focus
 */

const LOOK_AGAIN = 500; // milliseconds; what is out of sight is not in the document

/** @implements {Field} */
export class CodeMirrorField {
  #view;
  #highlights;
  /** @type {import("./types.d.ts").Mark[]} */
  #marks = [];
  #changed = () => {};
  #observer = new MutationObserver(() => this.#look());
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #timer;
  /** @type {unknown} */
  #doc;

  /** @param {View} view */
  constructor(view) {
    this.#view = view;
    this.#highlights = new Highlights(view.contentDOM);
  }

  get element() {
    return this.#view.contentDOM;
  }

  get writable() {
    return !this.#view.state.readOnly;
  }

  text() {
    return this.#view.state.doc.toString();
  }

  /** @param {() => void} changed */
  watch(changed) {
    this.#changed = changed;
    this.#doc = this.#view.state.doc;
    this.#observer.observe(this.element, { childList: true, characterData: true, subtree: true });
    this.#timer = setInterval(() => this.#look(), LOOK_AGAIN);
  }

  #look() {
    const { doc } = this.#view.state;
    if (doc === this.#doc) return this.mark(this.#marks); // it was scrolled: other lines are in the document now
    this.#doc = doc;
    this.#changed();
  }

  /** @param {import("./types.d.ts").Mark[]} marks */
  mark(marks) {
    const { from, to } = this.#view.viewport;
    this.#marks = marks;
    this.#highlights.draw(marks, (start, end) =>
      end <= from || to <= start ? null : this.#range(Math.max(start, from), Math.min(end, to)),
    );
  }

  /** @param {number} start @param {number} end */
  #range(start, end) {
    const range = document.createRange();
    const first = this.#view.domAtPos(start);
    const last = this.#view.domAtPos(end);
    range.setStart(first.node, first.offset);
    range.setEnd(last.node, last.offset);
    return range;
  }

  /** @param {number} start @param {number} end */
  rects(start, end) {
    return rectsOf(this.#range(start, end), this.element);
  }

  caret() {
    const { from, to } = this.#view.state.selection.main;
    return { start: from, end: to };
  }

  /** @param {number} start @param {number} end */
  select(start, end) {
    this.#view.focus();
    this.#view.dispatch({ selection: { anchor: start, head: end }, scrollIntoView: true });
  }

  /** @param {import("./types.d.ts").Edit[]} edits */
  replace(edits) {
    const changes = edits.map(({ start, end, text }) => ({ from: start, to: end, insert: text }));
    this.#view.dispatch({ changes, userEvent: "input.replace" });
    this.#view.focus();
    return true;
  }

  release() {
    clearInterval(this.#timer);
    this.#observer.disconnect();
    this.#highlights.remove();
  }
}
