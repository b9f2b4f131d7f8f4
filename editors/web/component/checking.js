/** Keeps what is known about one field up to date: asks the service when the writer pauses, and again when it was away. */

import { Checked } from "./checked.js";
import { Refusal, backOff } from "./service.js";

const PAUSE = 300; // milliseconds without typing until the note is checked
const LONGEST = 1500; // milliseconds of steady typing until it is checked all the same

/** @typedef {"empty" | "checking" | "ready" | Refusal["kind"]} State */

/** Sends `change` whenever findings or state are others, and `report` when the service has answered. */
export class Checking extends EventTarget {
  checked = new Checked();
  /** @type {State} */
  state = "empty";
  /** @type {import("./types.d.ts").Report | null} */
  last = null;
  #field;
  #service;
  #uri = `fsm-language:${crypto.getRandomValues(new Uint32Array(4)).join("-")}`;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #waitingSince = 0;
  #tries = 0;
  #busy = false;
  #ended = new AbortController();

  /**
   * @param {import("./types.d.ts").Field} field
   * @param {import("./service.js").Service} service
   */
  constructor(field, service) {
    super();
    this.#field = field;
    this.#service = service;
  }

  start() {
    this.#service.join();
    this.#service.addEventListener("back", () => this.#recover(), { signal: this.#ended.signal });
    window.addEventListener("online", () => this.#recover(), { signal: this.#ended.signal });
    this.#field.watch(() => this.look());
    this.look();
    this.#soon(0);
  }

  stop() {
    clearTimeout(this.#timer);
    this.#ended.abort();
    this.#service.part(this.#uri);
  }

  /** Whether what is known is about the text as it is at this moment. */
  get current() {
    return this.#field.text() === this.checked.text;
  }

  /** Look at the field now. */
  look() {
    const text = this.#field.text();
    if (text === this.checked.text && this.state !== "empty") return;
    this.checked.change(text);
    this.#waitingSince ||= performance.now();
    this.#soon(Math.max(0, Math.min(PAUSE, LONGEST - (performance.now() - this.#waitingSince))));
    this.#become(text.trim() ? (this.state === "empty" ? "checking" : this.state) : "empty");
  }

  #recover() {
    if (this.state === "away" || this.state === "busy") this.#soon(0);
  }

  /** @param {number} milliseconds */
  #soon(milliseconds) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#check(), milliseconds);
  }

  async #check() {
    const text = this.#field.text();
    this.#waitingSince = 0;
    if (this.#busy || this.#ended.signal.aborted) return;
    if (!text.trim()) return this.#become("empty");
    this.#busy = true;
    try {
      this.#answer(text, await this.#service.check(this.#uri, text));
    } catch (refusal) {
      this.#refused(/** @type {Refusal} */ (refusal));
    } finally {
      this.#busy = false;
    }
    if (this.#field.text() !== text && this.state !== "away") this.#soon(PAUSE);
  }

  /** @param {string} text @param {import("./types.d.ts").Report} report */
  #answer(text, report) {
    if (this.#ended.signal.aborted) return;
    this.#tries = 0;
    this.last = report;
    this.checked.report(text, report);
    this.checked.change(this.#field.text());
    this.#become(this.checked.text.trim() ? "ready" : "empty");
    this.dispatchEvent(new Event("report"));
  }

  /** @param {Refusal} refusal */
  #refused(refusal) {
    if (this.#ended.signal.aborted) return;
    if (!(refusal instanceof Refusal)) throw refusal;
    this.#become(refusal.kind);
    if (refusal.kind !== "tooLong") this.#soon((refusal.wait ?? backOff(this.#tries++)) * 1000);
  }

  /** @param {State} state */
  #become(state) {
    this.state = state;
    this.dispatchEvent(new Event("change"));
  }
}
