/** An editable element as a field: marked by highlights, changed as by typing. */

import { rectsOf } from "./frame.js";
import { Highlights } from "./highlights.js";
import { TextMap } from "./textmap.js";
import { typeOver } from "./typing.js";

/** @typedef {import("./types.d.ts").Field} Field */

/** @implements {Field} */
export class EditableField {
  #highlights;
  #observer = new MutationObserver(() => this.#changed());
  #changed = () => {};
  /** @type {TextMap | null} */
  #map = null;

  /** @param {HTMLElement} element */
  constructor(element) {
    this.element = element;
    this.#highlights = new Highlights(element);
  }

  get writable() {
    return this.element.isContentEditable;
  }

  text() {
    return this.#read().text;
  }

  #read() {
    if (this.#observer.takeRecords().length) this.#map = null;
    return (this.#map ??= new TextMap(this.element));
  }

  /** @param {() => void} changed */
  watch(changed) {
    this.#changed = () => {
      this.#map = null;
      changed();
    };
    this.#observer.observe(this.element, { childList: true, characterData: true, subtree: true });
  }

  /** @param {import("./types.d.ts").Mark[]} marks */
  mark(marks) {
    const map = this.#read();
    this.#highlights.draw(marks, (start, end) => map.range(start, end));
  }

  /** @param {number} start @param {number} end */
  rects(start, end) {
    return rectsOf(this.#read().range(start, end), this.element);
  }

  caret() {
    const selection = this.#selection();
    if (!selection?.rangeCount) return null;
    const { startContainer, startOffset, endContainer, endOffset } = selection.getRangeAt(0);
    if (!this.element.contains(startContainer) || !this.element.contains(endContainer)) return null;
    const map = this.#read();
    return { start: map.offset(startContainer, startOffset), end: map.offset(endContainer, endOffset) };
  }

  /** @returns {Selection | null} */
  #selection() {
    const root = /** @type {(Document | ShadowRoot) & {getSelection?: () => Selection | null}} */ (
      this.element.getRootNode()
    );
    return root.getSelection?.() ?? this.element.ownerDocument.getSelection();
  }

  /** @param {number} start @param {number} end */
  select(start, end) {
    const range = this.#read().range(start, end);
    if (!range) return;
    this.element.focus({ preventScroll: true });
    this.#selection()?.setBaseAndExtent(range.startContainer, range.startOffset, range.endContainer, range.endOffset);
    range.startContainer.parentElement?.scrollIntoView({ block: "nearest" });
  }

  /** @param {import("./types.d.ts").Edit[]} edits */
  replace(edits) {
    if (!this.writable) return false;
    let made = true;
    // from the last to the first, so that the places of those to come still hold
    for (const { start, end, text } of [...edits].sort((a, b) => b.start - a.start)) {
      this.select(start, end);
      made = typeOver(this.element.ownerDocument, text) && made;
    }
    return made;
  }

  release() {
    this.#observer.disconnect();
    this.#highlights.remove();
  }
}
