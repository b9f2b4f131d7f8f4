/** The element `<fsm-language for="…">`: shows suggestions for the field with that id. */

import { Companion } from "./companion.js";
import { fieldFor, mayHelp } from "./fields.js";
import { serviceAt } from "./service.js";
import { componentSheet } from "./style.js";

/** @typedef {import("./types.d.ts").Field} Field */

const WATCHED = ["id", "contenteditable", "data-fsm-language", "data-gramm", "data-gramm_editor"];

/**
 * Sends `fsm-language-report` when a note has been checked, `fsm-language-take` and `fsm-language-leave` when the writer
 * has taken a wording or left one; all three bubble.
 */
export class FsmLanguage extends HTMLElement {
  static observedAttributes = ["for", "server", "audience"];

  #root = this.attachShadow({ mode: "open" });
  #observer = new MutationObserver(() => this.#look());
  /** @type {Field | null} */
  #field = null;
  /** What comes before the element that `for` names. @type {Field | HTMLElement | null} */
  #given = null;
  /** @type {Companion | null} */
  #companion = null;

  constructor() {
    super();
    this.#root.adoptedStyleSheets = [componentSheet()];
  }

  connectedCallback() {
    this.#observer.observe(this.getRootNode(), {
      childList: true,
      subtree: true,
      attributes: true,
      attributeFilter: WATCHED,
    });
    this.#look();
  }

  disconnectedCallback() {
    this.#observer.disconnect();
    this.#detach();
  }

  attributeChangedCallback() {
    if (!this.isConnected) return;
    this.#detach();
    this.#look();
  }

  /**
   * The field that is watched. Give one here to watch an editor through an adapter, or an element that no id reaches.
   * @returns {Field | HTMLElement | null}
   */
  get field() {
    return this.#field;
  }

  set field(field) {
    this.#detach();
    this.#given = field;
    if (this.isConnected) this.#look();
  }

  /** The findings that are shown now, in the order of the text. */
  get findings() {
    return this.#companion?.checked.findings ?? [];
  }

  /** Find the field, which may come later than this element, go, or be another one. */
  #look() {
    const found = this.#given ?? this.#named();
    if (found && !(found instanceof HTMLElement)) return this.#field ?? this.#attach(found);
    const wanted = found && mayHelp(found) ? found : null;
    if (wanted === (this.#field?.element ?? null)) return;
    this.#detach();
    if (wanted) this.#attach(fieldFor(wanted, this.#root));
  }

  #named() {
    const root = /** @type {Document | ShadowRoot} */ (this.getRootNode());
    return root.getElementById?.(this.getAttribute("for") ?? "");
  }

  /** @param {Field} field */
  #attach(field) {
    this.#field = field;
    const server = new URL(this.getAttribute("server") ?? import.meta.resolve("../"), document.baseURI).href;
    const service = serviceAt({
      server: server.endsWith("/") ? server : `${server}/`,
      audience: this.getAttribute("audience") ?? undefined,
    });
    const companion = new Companion(field, this.#root, service, this.hasAttribute("open"));
    this.#companion = companion;
    companion.addEventListener("report", () => this.#reported(companion));
    companion.addEventListener("take", (event) => this.#send("take", /** @type {CustomEvent} */ (event).detail));
    companion.addEventListener("leave", (event) => this.#send("leave", /** @type {CustomEvent} */ (event).detail));
  }

  #detach() {
    this.#companion?.stop();
    this.#companion = this.#field = null;
    this.#root.replaceChildren();
  }

  /** @param {Companion} companion */
  #reported({ checked, measures }) {
    this.#send("report", { text: checked.text, findings: checked.findings, measures });
  }

  /** @param {string} name @param {unknown} detail */
  #send(name, detail) {
    this.dispatchEvent(new CustomEvent(`fsm-language-${name}`, { detail, bubbles: true, composed: true }));
  }
}
