/** A TinyMCE editor as a field, in a frame or not: `element.field = new TinyMceField(editor)` once it is there. */

import { EditableField } from "./editable.js";

/**
 * What is asked of an `Editor`.
 * @typedef {object} Editor
 * @property {() => HTMLElement} getBody
 * @property {() => void} focus
 * @property {{transact: (change: () => void) => unknown}} undoManager
 */

export class TinyMceField extends EditableField {
  #editor;

  /** @param {Editor} editor */
  constructor(editor) {
    super(editor.getBody());
    this.#editor = editor;
  }

  /** @param {import("./types.d.ts").Edit[]} edits */
  replace(edits) {
    let made = false;
    this.#editor.focus();
    this.#editor.undoManager.transact(() => {
      made = super.replace(edits);
    });
    return made;
  }
}
