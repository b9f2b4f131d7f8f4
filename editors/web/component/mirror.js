/** A see-through copy of a textarea, laid exactly over it: its lines break where the textarea's do, so they can be underlined. */

import { make } from "./dom.js";
import { rectsOf } from "./frame.js";
import { innermost } from "./spans.js";

/** @typedef {import("./types.d.ts").Mark} Mark */

/** Everything that decides where a textarea breaks its lines. */
const COPIED = /** @type {const} */ ([
  "direction", "fontFamily", "fontFeatureSettings", "fontKerning", "fontOpticalSizing", "fontSize", "fontSizeAdjust",
  "fontStretch", "fontStyle", "fontVariant", "fontVariationSettings", "fontWeight", "hyphens", "letterSpacing",
  "lineBreak", "lineHeight", "overflowWrap", "paddingBottom", "paddingLeft", "paddingRight", "paddingTop", "tabSize",
  "textAlign", "textRendering", "textTransform", "unicodeBidi", "whiteSpace", "wordBreak", "wordSpacing", "writingMode",
]); // prettier-ignore

export class Mirror {
  #textarea;
  #page = make("div", { className: "page" });
  #window = make("div", { className: "mirror", "aria-hidden": "true" }, this.#page);
  #origin = make("div", { className: "origin" }, this.#window);
  /** @type {{key: string, element: HTMLElement}[]} */
  #lines = [];

  /**
   * @param {HTMLTextAreaElement} textarea
   * @param {ShadowRoot} root of an element that moves as the textarea does; the mirror is put into it
   */
  constructor(textarea, root) {
    this.#textarea = textarea;
    root.prepend(this.#origin);
  }

  /**
   * Show the textarea's present text with these stretches underlined.
   * @param {Mark[]} marks in the order of the text
   */
  draw(marks) {
    const lines = linesOf(this.#textarea.value, marks);
    const old = this.#lines;
    let start = 0;
    while (start < lines.length && old[start]?.key === lines[start].key) start++;
    let same = 0;
    const shorter = Math.min(lines.length, old.length) - start;
    while (same < shorter && old.at(-1 - same)?.key === lines.at(-1 - same)?.key) same++;
    const fresh = lines
      .slice(start, lines.length - same)
      .map((line) => ({ key: line.key, element: lineElement(line) }));
    const kept = old.slice(old.length - same);
    for (const { element } of old.slice(start, old.length - same)) element.remove();
    const next = kept[0]?.element ?? null;
    for (const { element } of fresh) this.#page.insertBefore(element, next);
    this.#lines = [...old.slice(0, start), ...fresh, ...kept];
    this.place();
  }

  /** Lay the mirror over the textarea as it now stands. */
  place() {
    const textarea = this.#textarea;
    const style = getComputedStyle(textarea);
    for (const name of COPIED) this.#page.style[name] = style[name];
    const outer = textarea.getBoundingClientRect();
    const from = this.#origin.getBoundingClientRect();
    const scale = outer.width / textarea.offsetWidth || 1;
    const [left, right, top, bottom] = [
      style.borderLeftWidth,
      style.borderRightWidth,
      style.borderTopWidth,
      style.borderBottomWidth,
    ].map(parseFloat);
    // whole pixels go to scroll bars only: sizes and borders may be broken ones
    const barX = Math.max(0, textarea.offsetWidth - textarea.clientWidth - Math.round(left + right));
    const barY = Math.max(0, textarea.offsetHeight - textarea.clientHeight - Math.round(top + bottom));
    const barLeft = Math.max(0, textarea.clientLeft - Math.round(left));
    const place = this.#window.style;
    place.left = `${(outer.left - from.left) / scale + left + barLeft}px`;
    place.top = `${(outer.top - from.top) / scale + top}px`;
    place.width = `${outer.width / scale - left - right - barX}px`;
    place.height = `${outer.height / scale - top - bottom - barY}px`;
    place.visibility = outer.width && style.visibility === "visible" ? "visible" : "hidden";
    this.scroll();
  }

  /** Follow the textarea's scrolling. */
  scroll() {
    this.#page.style.transform = `translate(${-this.#textarea.scrollLeft}px, ${-this.#textarea.scrollTop}px)`;
  }

  /** How tall the copy is, in CSS pixels: as tall as the textarea's content if their lines break alike. */
  get height() {
    return this.#page.offsetHeight;
  }

  /**
   * Where a stretch stands on the screen, seen or scrolled out of sight.
   * @param {number} start
   * @param {number} end
   */
  rects(start, end) {
    let line = 0;
    let at = 0;
    const lines = this.#textarea.value.split("\n");
    while (line < lines.length - 1 && at + lines[line].length < start) at += lines[line++].length + 1;
    const range = document.createRange();
    const from = textAt(this.#lines[line].element, start - at);
    while (line < lines.length - 1 && at + lines[line].length < end) at += lines[line++].length + 1;
    const to = textAt(this.#lines[line].element, end - at);
    range.setStart(...from);
    range.setEnd(...to);
    return rectsOf(range, this.#textarea);
  }

  remove() {
    this.#origin.remove();
  }
}

/**
 * @param {string} text
 * @param {Mark[]} marks
 * @returns {{key: string, text: string, marks: Mark[]}[]} each line with its marks, counted from its start
 */
function linesOf(text, marks) {
  let at = 0;
  let next = 0;
  return text.split("\n").map((line) => {
    const end = at + line.length;
    while (next < marks.length && marks[next].end <= at) next++;
    const own = [];
    for (let i = next; i < marks.length && marks[i].start < end; i++) {
      const { start, end: last } = marks[i];
      if (last > at) own.push({ ...marks[i], start: Math.max(0, start - at), end: Math.min(line.length, last - at) });
    }
    at = end + 1;
    return { key: JSON.stringify([line, own.map(Object.values)]), text: line, marks: own };
  });
}

/** @param {{text: string, marks: Mark[]}} line */
function lineElement({ text, marks }) {
  const places = marks.flatMap(({ start, end }) => [start, end]);
  const cuts = [...new Set([0, ...places, text.length])].sort((a, b) => a - b);
  const pieces = cuts.slice(1).map((end, i) => {
    const piece = text.slice(cuts[i], end);
    const mark = innermost(marks.filter((each) => each.start <= cuts[i] && end <= each.end));
    return mark ? make("span", { className: `${mark.level}${mark.current ? " current" : ""}` }, piece) : piece;
  });
  return make("div", {}, ...pieces, text ? "" : "\u200b");
}

/**
 * @param {HTMLElement} line
 * @param {number} offset
 * @returns {[Node, number]} the text node of a line that holds an offset, and the offset in it
 */
function textAt(line, offset) {
  const walk = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
  let left = offset;
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    const { length } = /** @type {Text} */ (node);
    if (left <= length) return [node, left];
    left -= length;
  }
  return [line, line.childNodes.length];
}
