/** Finds what the page's markup promises. */

/**
 * @template {HTMLElement} [Wanted=HTMLElement]
 * @param {string} id
 * @returns {Wanted}
 */
export function byId(id) {
  return /** @type {Wanted} */ (document.getElementById(id));
}

/** The element of the component. @returns {import("../component/element.js").FsmLanguage} */
export function component() {
  return /** @type {import("../component/element.js").FsmLanguage} */ (
    document.querySelector("fsm-language")
  );
}
