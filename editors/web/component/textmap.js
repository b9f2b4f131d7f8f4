/** The text of an editable element as a person reads it, and where each letter of it stands in the document. */

/** What starts a line of its own, and what a paragraph, with a blank line around it. */
const LINES = new Set(
  "ADDRESS ARTICLE ASIDE BLOCKQUOTE DD DIV DL DT FIGURE FOOTER FORM HEADER HR LI MAIN NAV OL PRE SECTION TABLE TD TH TR UL".split(
    " ",
  ),
);
const PARAGRAPHS = new Set("H1 H2 H3 H4 H5 H6 P".split(" "));
const UNREAD = new Set("SCRIPT STYLE TEMPLATE NOSCRIPT".split(" "));

/**
 * A text node, and where its first letter stands in the text.
 * @typedef {{node: Text, start: number}} Piece
 */

export class TextMap {
  text = "";
  /** @type {Piece[]} */
  #pieces = [];
  #breaks = 0;
  /** What a browser shows as a space. */
  #blank = /\u00a0/g;

  /** @param {HTMLElement} root */
  constructor(root) {
    if (!getComputedStyle(root).whiteSpace.startsWith("pre")) this.#blank = /[\u00a0\n\r\t]/g;
    this.#read(root);
  }

  /** @param {Node} parent */
  #read(parent) {
    for (const node of parent.childNodes) {
      if (node.nodeType === Node.TEXT_NODE) this.#add(/** @type {Text} */ (node));
      else if (node.nodeType === Node.ELEMENT_NODE) this.#enter(/** @type {HTMLElement} */ (node));
    }
  }

  /** @param {Text} node */
  #add(node) {
    const atBoundary = !this.text || this.#breaks > 0;
    if (!node.data || (atBoundary && /^\s*$/.test(node.data))) return;
    if (this.text) this.text += "\n".repeat(Math.max(0, this.#breaks - trailingBreaks(this.text)));
    this.#breaks = 0;
    this.#pieces.push({ node, start: this.text.length });
    this.text += node.data.replace(this.#blank, " ");
  }

  /** @param {HTMLElement} element */
  #enter(element) {
    const { tagName } = element;
    if (UNREAD.has(tagName) || element.hidden) return;
    if (tagName === "BR") {
      this.text += "\n";
      return;
    }
    const breaks = PARAGRAPHS.has(tagName) ? 2 : LINES.has(tagName) ? 1 : 0;
    this.#breaks = Math.max(this.#breaks, breaks);
    this.#read(element);
    this.#breaks = Math.max(this.#breaks, breaks);
  }

  /**
   * The stretch as a range of the document.
   * @param {number} start
   * @param {number} end
   * @returns {Range | null} null where there is nothing but line ends
   */
  range(start, end) {
    const first = this.#pieces.find((piece) => piece.start + piece.node.length > start);
    const last = this.#pieces.findLast((piece) => piece.start < end);
    if (!first || !last || first.start > last.start) return null;
    const range = first.node.ownerDocument.createRange();
    range.setStart(first.node, Math.max(0, start - first.start));
    range.setEnd(last.node, Math.min(last.node.length, end - last.start));
    return range;
  }

  /**
   * How much text stands before a place in the document.
   * @param {Node} node
   * @param {number} offset
   */
  offset(node, offset) {
    const own = this.#pieces.find((piece) => piece.node === node);
    if (own) return own.start + offset;
    const place = node.ownerDocument?.createRange();
    place?.setStart(node, offset);
    return this.#pieces.find((piece) => place && place.comparePoint(piece.node, 0) >= 0)?.start ?? this.text.length;
  }
}

/** @param {string} text */
function trailingBreaks(text) {
  return text.endsWith("\n\n") ? 2 : text.endsWith("\n") ? 1 : 0;
}
