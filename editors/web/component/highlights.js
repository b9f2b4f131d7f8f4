/** Underlines stretches of a document without touching it, by the CSS Custom Highlight API. */

import { HIGHLIGHTS } from "./style.js";

/** @typedef {import("./types.d.ts").Level | "current"} Kind */

const KINDS = /** @type {const} */ (["suggestion", "warning", "error", "current"]);

/** The highlights of each window, shared by all fields in it. @type {WeakMap<Window, Map<Kind, Highlight>>} */
const drawn = new WeakMap();
/** The sheet that each document or shadow root was given, and how many fields in it need it. @type {WeakMap<Document | ShadowRoot, {sheet: CSSStyleSheet, users: number}>} */
const dressed = new WeakMap();

export class Highlights {
  #root;
  #window;
  /** @type {[Kind, Range][]} */
  #own = [];

  /** @param {Document | ShadowRoot} root where the text stands */
  constructor(root) {
    this.#root = root;
    this.#window = /** @type {Window & typeof globalThis} */ (
      (root instanceof Node ? (root.ownerDocument ?? root) : root).defaultView
    );
    const dress = dressed.get(root) ?? { sheet: sheetFor(this.#window), users: 0 };
    if (dress.users++ === 0) root.adoptedStyleSheets = [...root.adoptedStyleSheets, dress.sheet];
    dressed.set(root, dress);
  }

  /** @param {[Kind, Range][]} marks what is underlined from now on; nothing else of this field is */
  draw(marks) {
    const highlights = highlightsOf(this.#window);
    for (const [kind, range] of this.#own) highlights?.get(kind)?.delete(range);
    for (const [kind, range] of marks) highlights?.get(kind)?.add(range);
    this.#own = marks;
  }

  remove() {
    this.draw([]);
    const dress = dressed.get(this.#root);
    if (!dress || --dress.users > 0) return;
    dressed.delete(this.#root);
    this.#root.adoptedStyleSheets = this.#root.adoptedStyleSheets.filter((sheet) => sheet !== dress.sheet);
  }
}

/** @param {Window & typeof globalThis} window @returns {Map<Kind, Highlight> | undefined} undefined where the browser has none */
function highlightsOf(window) {
  if (!window.CSS.highlights) return undefined;
  let own = drawn.get(window);
  if (!own) {
    own = new Map(KINDS.map((kind) => [kind, new window.Highlight()]));
    for (const [kind, highlight] of own) window.CSS.highlights.set(`fsm-language-${kind}`, highlight);
    drawn.set(window, own);
  }
  return own;
}

/** @param {Window & typeof globalThis} window */
function sheetFor(window) {
  const sheet = new window.CSSStyleSheet();
  sheet.replaceSync(HIGHLIGHTS);
  return sheet;
}
