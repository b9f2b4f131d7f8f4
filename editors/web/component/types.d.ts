/** The records that travel between a service, the component and a field. All offsets are UTF-16 units, half open. */

import type { FsmLanguage } from "./element.js";

declare global {
  interface HTMLElementTagNameMap {
    "fsm-language": FsmLanguage;
  }
}

export interface Edit {
  start: number;
  end: number;
  text: string;
}

/** A better wording; without edits it is a question that only the writer can answer. */
export interface Suggestion {
  label: string;
  edits: Edit[];
}

export interface Source {
  title: string;
  publisher: string;
  url: string;
}

export type Level = "suggestion" | "warning" | "error";

export interface Finding {
  rule: string;
  category: string;
  level: Level;
  start: number;
  end: number;
  message: string;
  why: string;
  sources: Source[];
  suggestions: Suggestion[];
  fingerprint: string;
}

/** What a service says about one text. */
export interface Report {
  findings: Finding[];
  measures: Record<string, number>;
  error: string | null;
}

/** A stretch of a field's text to underline. */
export interface Mark {
  start: number;
  end: number;
  level: Level;
  current: boolean;
}

/** A place where a note is written: a textarea, an editable element, or an editor through an adapter. */
export interface Field {
  /** What the writer sees and focuses. */
  readonly element: HTMLElement;
  /** Whether the text may be changed now. */
  readonly writable: boolean;
  text(): string;
  /** Call `changed` whenever the text may be another one, until `release`. */
  watch(changed: () => void): void;
  /** Underline these stretches of the present text, and no others. */
  mark(marks: Mark[]): void;
  /** Where a stretch stands on the screen, in CSS pixels of the component's window, one rectangle a line. */
  rects(start: number, end: number): DOMRect[];
  caret(): { start: number; end: number } | null;
  /** Focus the field, select a stretch and bring it into view. */
  select(start: number, end: number): void;
  /** Make edits as if they had been typed, so that they can be undone; say whether they were made. */
  replace(edits: Edit[]): boolean;
  /** Take everything away that was added. */
  release(): void;
}

/** How to reach a service. */
export interface ServiceOptions {
  /** The address of `fsm-language serve`, or of a path where the recording system passes requests on to it; ends in `/`. */
  server: string;
  /** Who will read the note: `family`, `professional` or `court`. */
  audience?: string;
}
