/** A `<textarea>` as a field: marked by a mirror, changed as by typing. */

import { Mirror } from "./mirror.js";
import { asOne, typeOver } from "./typing.js";

/** @typedef {import("./types.d.ts").Field} Field */

const LOOK_AGAIN = 500; // milliseconds; a page that sets the value by script tells nobody

/** @implements {Field} */
export class TextareaField {
  #end = new AbortController();
  #mirror;

  /**
   * @param {HTMLTextAreaElement} element
   * @param {ShadowRoot} root where the mirror may be put
   */
  constructor(element, root) {
    this.element = element;
    this.#mirror = new Mirror(element, root);
  }

  get writable() {
    return !this.element.disabled && !this.element.readOnly;
  }

  text() {
    return this.element.value;
  }

  /** @param {() => void} changed */
  watch(changed) {
    const { signal } = this.#end;
    const place = () => this.#mirror.place();
    const { element } = this;
    element.addEventListener("input", changed, { signal });
    element.addEventListener("scroll", () => this.#mirror.scroll(), { signal, passive: true });
    for (const event of ["scroll", "resize", "transitionend", "toggle"]) {
      window.addEventListener(event, place, { signal, passive: true, capture: true });
    }
    document.fonts.addEventListener("loadingdone", place, { signal });
    const sizes = new ResizeObserver(place);
    for (const sized of [element, document.documentElement, document.body]) sizes.observe(sized);
    const looks = new MutationObserver(place);
    looks.observe(element, { attributes: true });
    let value = element.value;
    const timer = setInterval(() => {
      if (element.value !== value) changed();
      value = element.value;
    }, LOOK_AGAIN);
    signal.addEventListener("abort", () => (sizes.disconnect(), looks.disconnect(), clearInterval(timer)));
  }

  /** @param {import("./types.d.ts").Mark[]} marks */
  mark(marks) {
    this.#mirror.draw(marks);
  }

  /** @param {number} start @param {number} end */
  rects(start, end) {
    return this.#mirror.rects(start, end);
  }

  caret() {
    const { selectionStart: start, selectionEnd: end } = this.element;
    return { start, end };
  }

  /** @param {number} start @param {number} end */
  select(start, end) {
    const { element } = this;
    element.focus({ preventScroll: true });
    element.setSelectionRange(start, end);
    const [seen] = this.rects(start, end);
    if (!seen) return;
    const box = element.getBoundingClientRect();
    if (seen.top < box.top || seen.bottom > box.bottom)
      element.scrollTop += seen.top - box.top - element.clientHeight / 3;
    const [now] = this.rects(start, end);
    if (now.top < 0 || now.bottom > innerHeight) element.scrollIntoView({ block: "center" });
  }

  /** @param {import("./types.d.ts").Edit[]} edits */
  replace(edits) {
    const { element } = this;
    const { start, end, text } = asOne(element.value, edits);
    const longest = element.maxLength;
    const before = element.value;
    if (!this.writable || (longest >= 0 && before.length + text.length - (end - start) > longest)) return false;
    element.focus({ preventScroll: true });
    element.setSelectionRange(start, end);
    if (typeOver(element.ownerDocument, text) && element.value !== before) return true;
    element.setRangeText(text, start, end, "end");
    element.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertText", data: text }));
    return true;
  }

  release() {
    this.#end.abort();
    this.#mirror.remove();
  }
}
