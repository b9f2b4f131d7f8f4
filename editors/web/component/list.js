/** All suggestions of a note in a list that needs neither eyes nor a mouse. */

import { make } from "./dom.js";
import { kindOf, reason } from "./reason.js";
import { WORDS } from "./words.js";

/** @typedef {import("./types.d.ts").Finding} Finding */

const AT_ONCE = 25; // a long note may have hundreds

/**
 * What the list asks of its surroundings.
 * @typedef {import("./reason.js").Choices & {find: (finding: Finding) => void, back: () => void, restore: () => void, words: (finding: Finding) => string}} Actions
 */

export class List {
  #actions;
  #toggle = make("button", {
    type: "button",
    className: "action toggle",
    "aria-expanded": "false",
    "aria-controls": "items",
  });
  #restore = make("button", { type: "button", className: "action restore", hidden: true });
  #notice = make("p", { className: "notice", role: "status" });
  #told = make("p", { className: "told", role: "status" });
  #items = make("ol", { id: "items", role: "list", hidden: true });
  #more = make("button", { type: "button", className: "action more", hidden: true });
  #region = make(
    "section",
    { className: "list", part: "list" },
    make("div", { className: "head" }, this.#toggle, this.#restore),
    this.#notice,
    this.#told,
    this.#items,
    this.#more,
  );
  /** @type {Finding[]} */
  #findings = [];
  #shown = AT_ONCE;
  /** The finding whose reason is shown. @type {string | null} */
  #unfolded = null;

  /**
   * @param {ShadowRoot} root
   * @param {Actions} actions
   */
  constructor(root, actions) {
    this.#actions = actions;
    root.append(this.#region);
    this.#toggle.onclick = () => (this.open = !this.open);
    this.#restore.onclick = () => actions.restore();
    this.#more.onclick = () => {
      const first = this.#shown;
      this.#shown += AT_ONCE;
      this.#draw();
      this.#stops()[first]?.focus();
    };
    this.#region.addEventListener("keydown", (event) => this.#key(event));
  }

  /** @param {string} label of the field the list belongs to */
  set label(label) {
    this.#region.setAttribute("aria-label", WORDS.region(label));
  }

  get open() {
    return !this.#items.hidden;
  }

  set open(open) {
    this.#items.hidden = !open;
    this.#toggle.setAttribute("aria-expanded", String(open));
    this.#draw();
  }

  /**
   * @param {Finding[]} findings
   * @param {number} left how many more were left as they are
   * @param {string} notice what the writer should know besides; often nothing
   */
  show(findings, left, notice) {
    this.#findings = findings;
    this.#toggle.textContent = WORDS.count(findings.length);
    this.#toggle.hidden = notice !== "" && findings.length === 0;
    this.#restore.hidden = left === 0;
    this.#restore.textContent = WORDS.showLeft(left);
    if (this.#notice.textContent !== notice) this.#notice.textContent = notice;
    this.#draw();
  }

  /** @param {string} sentence said to those who listen to the page */
  tell(sentence) {
    this.#told.textContent = sentence;
  }

  /** Whether the writer is in the list now. */
  get focused() {
    return this.#region.contains(/** @type {ShadowRoot} */ (this.#region.getRootNode()).activeElement);
  }

  /** Put the focus where the next suggestion is, after the one at `number` has gone. @param {number} number */
  focusNear(number) {
    const stops = this.#stops();
    const next = stops[Math.min(number, stops.length - 1)];
    if (next) next.focus();
    else this.#actions.back();
  }

  /** @returns {HTMLElement[]} */
  #stops() {
    return [...this.#items.querySelectorAll(".item")].map((item) => /** @type {HTMLElement} */ (item));
  }

  #draw() {
    if (!this.open) {
      this.#items.replaceChildren();
      this.#more.hidden = true;
      return;
    }
    const active = /** @type {ShadowRoot} */ (this.#region.getRootNode()).activeElement;
    const focused = active ? this.#stops().indexOf(/** @type {HTMLElement} */ (active)) : -1;
    const shown = this.#findings.slice(0, this.#shown);
    this.#items.replaceChildren(...shown.map((finding) => this.#item(finding)));
    const hidden = this.#findings.length - shown.length;
    this.#more.hidden = hidden === 0;
    this.#more.textContent = WORDS.more(Math.min(hidden, AT_ONCE));
    if (focused >= 0) this.focusNear(focused);
  }

  /** @param {Finding} finding */
  #item(finding) {
    const name = key(finding);
    const unfolded = this.#unfolded === name;
    const item = make(
      "button",
      { type: "button", className: `item ${finding.level}`, "aria-expanded": String(unfolded) },
      make("span", { className: "said" }, this.#actions.words(finding)),
      make("span", { className: "kind" }, kindOf(finding)),
    );
    item.onclick = () => {
      this.#unfolded = unfolded ? null : name;
      this.#draw();
    };
    if (!unfolded) return make("li", {}, item);
    const find = make(
      "button",
      { type: "button", className: "action find", onclick: () => this.#actions.find(finding) },
      WORDS.find,
    );
    return make("li", {}, item, make("div", { className: "reason" }, ...reason(finding, this.#actions, find)));
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const target = /** @type {HTMLElement} */ (event.target);
    if (event.key === "Escape" && this.open) {
      event.preventDefault();
      event.stopPropagation();
      if (this.#unfolded === null) return this.#actions.back();
      const unfolded = this.#findings.findIndex((finding) => key(finding) === this.#unfolded);
      this.#unfolded = null;
      this.#draw();
      return this.focusNear(unfolded);
    }
    const stops = this.#stops();
    const at = stops.indexOf(/** @type {HTMLElement} */ (target.closest("li")?.querySelector(".item") ?? target));
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: stops.length - 1 }[event.key];
    if (to === undefined || !stops[to] || (at < 0 && event.key !== "ArrowDown")) return;
    event.preventDefault();
    stops[to].focus();
  }
}

/** @param {Finding} finding what tells it from the others while the note changes */
function key({ fingerprint, start }) {
  return `${fingerprint} ${start}`;
}
