/** Which field an element of a page is. */

import { EditableField } from "./editable.js";
import { TextareaField } from "./textarea.js";

/**
 * @param {HTMLElement} element
 * @param {ShadowRoot} root where a mirror may be put
 * @returns {import("./types.d.ts").Field}
 */
export function fieldFor(element, root) {
  return element instanceof HTMLTextAreaElement ? new TextareaField(element, root) : new EditableField(element);
}

/**
 * Whether suggestions may be shown for an element: it can be written in, and the page does not keep it for itself.
 * @param {HTMLElement} element
 */
export function mayHelp(element) {
  return (element instanceof HTMLTextAreaElement || element.isContentEditable) && !optedOut(element);
}

/**
 * Whether a page has said that this element is to be let be: by our own attribute or, where that says nothing, by the one
 * made for Grammarly. `spellcheck="false"` is about spelling, which a note full of names may well do without.
 * @param {Element} element
 */
function optedOut(element) {
  const own = element.closest("[data-fsm-language]");
  if (own) return own.getAttribute("data-fsm-language") === "false";
  return element.closest('[data-gramm="false"], [data-gramm_editor="false"]') !== null;
}

/**
 * What a field is called on its page.
 * @param {HTMLElement & {labels?: NodeListOf<HTMLLabelElement> | null}} element
 */
export function labelOf(element) {
  const root = /** @type {Document | ShadowRoot} */ (element.getRootNode());
  const named = (element.getAttribute("aria-labelledby") ?? "")
    .split(/\s+/)
    .map((id) => root.getElementById(id)?.textContent ?? "");
  const label = named.join(" ").trim() || element.getAttribute("aria-label") || element.labels?.[0]?.textContent || "";
  return label.replace(/\s+/g, " ").trim();
}
