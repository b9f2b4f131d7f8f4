/** Underlines stretches of a document without touching it, by the CSS Custom Highlight API. */

import { HIGHLIGHTS } from "./style.js";

/** @typedef {import("./types.d.ts").Mark} Mark */

export class Highlights {
  #root;
  #window;
  #sheet;
  /** @type {[string, Range][]} */
  #drawn = [];

  /** @param {Element} element that holds the text */
  constructor(element) {
    this.#root = /** @type {Document | ShadowRoot} */ (element.getRootNode());
    this.#window = /** @type {Window & typeof globalThis} */ (element.ownerDocument.defaultView);
    this.#sheet = new this.#window.CSSStyleSheet();
    this.#sheet.replaceSync(HIGHLIGHTS);
  }

  /**
   * Underline these and nothing else of this field.
   * @param {Mark[]} marks
   * @param {(start: number, end: number) => Range | null} rangeOf
   */
  draw(marks, rangeOf) {
    const sheets = this.#root.adoptedStyleSheets;
    if (marks.length && !sheets.includes(this.#sheet)) this.#root.adoptedStyleSheets = [...sheets, this.#sheet];
    for (const [kind, range] of this.#drawn) this.#highlight(kind)?.delete(range);
    this.#drawn = marks.flatMap(({ start, end, level, current }) => {
      const range = rangeOf(start, end);
      return range
        ? [level, ...(current ? ["current"] : [])].map((kind) => /** @type {[string, Range]} */ ([kind, range]))
        : [];
    });
    for (const [kind, range] of this.#drawn) this.#highlight(kind)?.add(range);
  }

  remove() {
    this.draw([], () => null);
    this.#root.adoptedStyleSheets = this.#root.adoptedStyleSheets.filter((sheet) => sheet !== this.#sheet);
  }

  /**
   * The highlight of a kind, which all fields of a window share.
   * @param {string} kind
   * @returns {Highlight | undefined} undefined where the browser has none; then the list and the card must do
   */
  #highlight(kind) {
    const { highlights } = this.#window.CSS;
    const name = `fsm-language-${kind}`;
    if (highlights && !highlights.has(name)) highlights.set(name, new this.#window.Highlight());
    return highlights?.get(name);
  }
}
