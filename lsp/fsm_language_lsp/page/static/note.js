/** The form of a case note, and how the note reads. */

import { EXAMPLE } from "./example.js";
import { byId, component } from "./find.js";

const EASY = 12;
const FAIR = 15;

/** Make the form work. */
export function startNote() {
  const note = /** @type {HTMLTextAreaElement} */ (byId("note"));
  const audience = /** @type {HTMLSelectElement} */ (byId("audience"));
  component().addEventListener("fsm-language-report", (event) =>
    figures(/** @type {CustomEvent} */ (event).detail.measures),
  );
  audience.addEventListener("change", () =>
    component().setAttribute("audience", audience.value),
  );
  note.addEventListener("input", () => {
    if (!note.value.trim()) figures({});
  });
  byId("print").addEventListener("click", () => print());
  byId("example").addEventListener("click", () => write(note, EXAMPLE));
  byId("clear").addEventListener("click", () => {
    /** @type {HTMLFormElement} */ (byId("form")).reset();
    component().setAttribute("audience", audience.value);
    write(note, "");
  });
  // a textarea prints no more than it shows
  addEventListener("beforeprint", () => {
    /** @type {HTMLElement} */ (
      document.querySelector(".note__printed")
    ).textContent = note.value;
  });
}

/** @param {HTMLTextAreaElement} note @param {string} text */
function write(note, text) {
  note.value = text;
  note.dispatchEvent(new Event("input", { bubbles: true }));
  note.focus();
  note.setSelectionRange(0, 0);
  note.scrollTop = 0;
}

/** @param {Record<string, number>} measures */
function figures(measures) {
  byId("words").textContent = String(measures.words ?? 0);
  byId("sentences").textContent = String(measures.sentences ?? 0);
  byId("words-per-sentence").textContent = String(
    measures.words_per_sentence ?? 0,
  );
  const age = measures.reading_age;
  byId("reading-age").textContent =
    age === undefined ? "…" : `${Math.round(age)} years`;
  byId("reading-said").textContent = saying(age);
}

/** @param {number | undefined} age */
function saying(age) {
  if (age === undefined) return "Thirty words or more give a reading age.";
  if (age <= EASY)
    return "The age a reader needs to follow it. Most people can, and many children too.";
  if (age <= FAIR)
    return "The age a reader needs to follow it. Shorter sentences would let more people in.";
  return "The age a reader needs to follow it. That is hard for many adults: try shorter sentences and everyday words.";
}
