/** Goes along with one field while it is written in: brings findings, underlines, the card and the list together. */

import { Card } from "./card.js";
import { Checking } from "./checking.js";
import { labelOf } from "./fields.js";
import { shiftOf } from "./frame.js";
import { List } from "./list.js";
import { innermost } from "./spans.js";
import { WORDS } from "./words.js";

/**
 * @typedef {import("./types.d.ts").Field} Field
 * @typedef {import("./types.d.ts").Finding} Finding
 * @typedef {import("./types.d.ts").Suggestion} Suggestion
 */

const REST = 1500; // milliseconds without change until the count is read out
const LONGEST = 80; // characters of the note that the list repeats

/** @type {Partial<Record<import("./checking.js").State, string>>} */
const NOTICES = {
  empty: WORDS.empty,
  checking: WORDS.checking,
  away: WORDS.away,
  busy: WORDS.busy,
  refused: WORDS.refused,
  tooLong: WORDS.tooLong,
};

/** Sends `report` when the service has answered, `take` and `leave` with the finding as the writer decides. */
export class Companion extends EventTarget {
  #field;
  #checking;
  #list;
  #card;
  #ended = new AbortController();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #rest;

  /**
   * @param {Field} field
   * @param {ShadowRoot} root where the card and the list are shown
   * @param {import("./service.js").Service} service
   * @param {boolean} open whether the list is open at first
   */
  constructor(field, root, service, open) {
    super();
    this.#field = field;
    this.#checking = new Checking(field, service);
    this.#list = new List(root, this.#actions());
    this.#list.label = labelOf(field.element);
    this.#list.open = open;
    this.#card = new Card(root, (back) => this.#close(back));
    const { signal } = this.#ended;
    this.#checking.addEventListener("change", () => this.#draw(), { signal });
    this.#checking.addEventListener("report", () => this.dispatchEvent(new Event("report")), { signal });
    field.element.addEventListener("click", (event) => this.#clicked(event), { signal });
    field.element.addEventListener("keydown", (event) => this.#key(event), { signal, capture: true });
    for (const event of ["scroll", "resize"]) {
      window.addEventListener(event, () => this.#placeCard(), { signal, capture: true, passive: true });
    }
    this.#checking.start();
  }

  /** What is known about the field's text. */
  get checked() {
    return this.#checking.checked;
  }

  /** The figures of the last report. */
  get measures() {
    return this.#checking.last?.measures ?? {};
  }

  stop() {
    clearTimeout(this.#rest);
    this.#card.close();
    this.#checking.stop();
    this.#field.release();
    this.#ended.abort();
  }

  #draw() {
    const { findings, left } = this.checked;
    const open = this.#card.finding;
    const still = open && findings.find((finding) => same(finding, open));
    if (open && !still) this.#card.close();
    this.#field.mark(
      findings.map((finding) => ({
        start: finding.start,
        end: finding.end,
        level: finding.level,
        current: finding === still,
      })),
    );
    this.#list.show(findings, left, NOTICES[this.#checking.state] ?? this.#checking.last?.error ?? "");
    clearTimeout(this.#rest);
    if (this.#checking.state === "ready")
      this.#rest = setTimeout(() => this.#list.tell(WORDS.count(findings.length)), REST);
  }

  /** @returns {import("./list.js").Actions} */
  #actions() {
    const field = this.#field;
    return {
      take: (finding, suggestion) => this.#take(finding, suggestion),
      leave: (finding) => this.#leave(finding),
      find: (finding) => this.#show(finding),
      back: () => field.element.focus(),
      restore: () => {
        this.checked.restore();
        this.#draw();
      },
      words: (finding) => this.#words(finding),
      get writable() {
        return field.writable;
      },
    };
  }

  /** @param {Finding} finding what stands in the note, or the beginning of it */
  #words({ start, end }) {
    const words = this.checked.text.slice(start, end).replace(/\s+/g, " ");
    return words.length > LONGEST ? `${words.slice(0, LONGEST).trimEnd()}…` : words;
  }

  /** @param {Finding} finding @param {Suggestion} suggestion */
  #take(finding, suggestion) {
    const number = this.checked.findings.findIndex((known) => same(known, finding));
    if (number < 0 || !this.#checking.current) return this.#list.tell(WORDS.moved);
    const inList = this.#list.focused;
    this.#card.close();
    const made = this.#field.replace(suggestion.edits);
    this.#checking.look();
    this.#list.tell(made ? WORDS.taken(suggestion.label) : WORDS.notTaken);
    if (!made) return;
    if (inList) this.#list.focusNear(number);
    this.dispatchEvent(new CustomEvent("take", { detail: { finding, suggestion } }));
  }

  /** @param {Finding} finding */
  #leave(finding) {
    const number = this.checked.findings.findIndex((known) => same(known, finding));
    const inList = this.#list.focused;
    this.checked.leave(finding);
    this.#close(!inList);
    this.#draw();
    if (inList) this.#list.focusNear(number);
    this.#list.tell(WORDS.left);
    this.dispatchEvent(new CustomEvent("leave", { detail: { finding } }));
  }

  /** @param {Finding} finding bring it into view, and say there why it was found */
  #show(finding) {
    this.#field.select(finding.start, finding.end);
    this.#open(finding);
    this.#card.focus();
  }

  /** @param {Finding} finding */
  #open(finding) {
    this.#card.open(finding, this.#words(finding), this.#actions(), this.#field.rects(finding.start, finding.end));
    this.#draw();
  }

  /** @param {boolean} back whether the focus goes back to the field */
  #close(back) {
    this.#card.close();
    this.#draw();
    if (back) this.#field.element.focus({ preventScroll: true });
  }

  #placeCard() {
    const { finding } = this.#card;
    if (finding) this.#card.place(this.#field.rects(finding.start, finding.end));
  }

  /** @param {MouseEvent} event */
  #clicked({ clientX, clientY }) {
    if (!this.#checking.current) return;
    const shift = shiftOf(this.#field.element);
    const [x, y] = [clientX + shift.x, clientY + shift.y];
    const under = this.checked.findings.filter(({ start, end }) =>
      this.#field.rects(start, end).some((box) => box.left <= x && x <= box.right && box.top <= y && y <= box.bottom),
    );
    const meant = innermost(under);
    if (meant) this.#open(meant);
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.key === "Escape" && this.#card.finding) {
      event.preventDefault();
      event.stopPropagation();
      this.#close(true);
    } else if (event.key === "." && (event.ctrlKey || event.metaKey)) {
      const { findings } = this.checked;
      const at = this.#field.caret()?.start ?? 0;
      const next = findings.find(({ end }) => end >= at) ?? findings[0];
      if (!next) return;
      event.preventDefault();
      this.#show(next);
    }
  }
}

/** @param {Finding} one @param {Finding} other */
function same(one, other) {
  return one.fingerprint === other.fingerprint && one.start === other.start;
}
