/** The card that opens beside wording: why it was found, and what to do. */

import { make } from "./dom.js";
import { kindOf, reason } from "./reason.js";
import { WORDS } from "./words.js";

/** @typedef {import("./types.d.ts").Finding} Finding */

const GAP = 6; // pixels between the wording and the card

export class Card {
  /** @type {Finding | null} */
  finding = null;
  #closed;
  #element = make("div", { className: "card", popover: "manual", role: "dialog", tabIndex: -1 });
  #end = new AbortController();

  /**
   * @param {ShadowRoot} root where it belongs; what is shown comes above everything, dialogs included
   * @param {(back: boolean) => void} closed called when the writer closes it, with whether the writer wants back into the note
   */
  constructor(root, closed) {
    this.#closed = closed;
    root.append(this.#element);
    this.#element.addEventListener("keydown", (event) => this.#key(event));
    this.#element.addEventListener("focusout", ({ relatedTarget }) => {
      if (relatedTarget && !this.#element.contains(/** @type {Node} */ (relatedTarget))) this.#closed(false);
    });
  }

  /**
   * @param {Finding} finding
   * @param {string} words what stands in the note
   * @param {import("./reason.js").Choices} choices
   * @param {DOMRect[]} rects where the wording is on the screen
   */
  open(finding, words, choices, rects) {
    this.finding = finding;
    const close = make(
      "button",
      { type: "button", className: "close", "aria-label": WORDS.close, onclick: () => this.#closed(true) },
      "×",
    );
    this.#element.setAttribute("aria-label", `${kindOf(finding)}: ${words}`);
    this.#element.replaceChildren(
      make("div", { className: "top" }, make("span", { className: "kind" }, kindOf(finding)), close),
      ...reason(finding, choices),
    );
    this.#element.showPopover();
    this.place(rects);
    this.#end.abort();
    this.#end = new AbortController();
    const { signal } = this.#end;
    document.addEventListener(
      "pointerdown",
      (event) => {
        if (!event.composedPath().includes(this.#element)) this.#closed(false);
      },
      { signal, capture: true },
    );
  }

  /** @param {DOMRect[]} rects where the wording is now */
  place(rects) {
    const beside = rects[0];
    if (!beside || !this.finding || matchMedia("(max-width: 30em)").matches) return;
    const { offsetWidth: width, offsetHeight: height, style } = this.#element;
    const below = rects[rects.length - 1].bottom + GAP;
    const above = beside.top - GAP - height;
    const top = below + height <= innerHeight || above < 0 ? Math.min(below, innerHeight - height - GAP) : above;
    style.top = `${Math.max(GAP, top)}px`;
    style.left = `${Math.max(GAP, Math.min(beside.left, innerWidth - width - GAP))}px`;
  }

  focus() {
    /** @type {HTMLElement | null} */ (this.#element.querySelector(".action"))?.focus();
  }

  close() {
    if (!this.finding) return;
    this.finding = null;
    this.#end.abort();
    this.#element.hidePopover();
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      this.#closed(true);
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const stops = /** @type {HTMLElement[]} */ ([...this.#element.querySelectorAll("button, a")]);
      const at = stops.indexOf(/** @type {HTMLElement} */ (event.target));
      stops.at((at + (event.key === "ArrowDown" ? 1 : -1)) % stops.length)?.focus();
    }
  }
}
