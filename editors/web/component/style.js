/** How everything of the component looks. Colours are plain enough to be seen on light and on dark ground alike. */

const UNDERLINE = `
  text-decoration-line: underline;
  text-decoration-thickness: max(2px, 0.12em);
  text-underline-offset: 0.18em;
  text-decoration-skip-ink: none;`;
const SUGGESTION = "var(--fsm-language-suggestion, #2878c8)";
const WARNING = "var(--fsm-language-warning, #b8621b)";
const CURRENT = "var(--fsm-language-current, rgb(255 201 60 / 40%))";

/** For text that is not ours: underlines only. */
export const HIGHLIGHTS = `
::highlight(fsm-language-suggestion) { ${UNDERLINE} text-decoration-style: dotted; text-decoration-color: ${SUGGESTION}; }
::highlight(fsm-language-warning), ::highlight(fsm-language-error) { ${UNDERLINE} text-decoration-color: ${WARNING}; }
::highlight(fsm-language-current) { background-color: ${CURRENT}; }
@media (forced-colors: active) {
  ::highlight(fsm-language-suggestion), ::highlight(fsm-language-warning), ::highlight(fsm-language-error) { text-decoration-color: LinkText; }
  ::highlight(fsm-language-current) { background-color: Highlight; color: HighlightText; }
}`;

/** For the component's own shadow root. */
export const COMPONENT = `
:host { display: block; position: relative; color: inherit; font: inherit; line-height: 1.4; text-align: start; }
:host([hidden]), [hidden] { display: none !important; }
* { box-sizing: border-box; }

.origin { position: relative; height: 0; }
.mirror { position: absolute; overflow: hidden; pointer-events: none; z-index: var(--fsm-language-layer, 1); }
.page { position: absolute; inset: 0 auto auto 0; width: 100%; color: transparent; border: 0; margin: 0; user-select: none; }
.page div:not(:first-child) { text-indent: 0; }
.page span { ${UNDERLINE} }
.page .suggestion { text-decoration-style: dotted; text-decoration-color: ${SUGGESTION}; }
.page .warning, .page .error { text-decoration-color: ${WARNING}; }
.page .current { background-color: ${CURRENT}; }

.list { margin-block-start: 0.5em; }
.head { display: flex; flex-wrap: wrap; gap: 0.5em 1em; align-items: center; }
.notice { margin: 0.25em 0; max-width: 65ch; }
.notice:empty { display: none; }
.told { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; margin: 0; }
ol { list-style: none; margin: 0.5em 0 0; padding: 0; border-block-start: 1px solid var(--line); }
li { border-block-end: 1px solid var(--line); }
.item { display: flex; gap: 0.75em; align-items: baseline; width: 100%; min-height: 2.75em; padding: 0.5em 0.25em; text-align: start; border: 0; background: none; }
.item .said { font-weight: 600; text-decoration: underline 2px ${WARNING}; text-underline-offset: 0.2em; text-decoration-skip-ink: none; overflow-wrap: anywhere; }
.item.suggestion .said { text-decoration: underline 2px dotted ${SUGGESTION}; }
.item .kind { margin-inline-start: auto; color: var(--quiet); white-space: nowrap; }
.reason { padding: 0 0.25em 0.75em; }

.card {
  position: fixed; inset: auto; margin: 0; padding: 1em; width: min(26em, 100vw - 16px); max-height: min(28em, 100vh - 16px); overflow: auto;
  color: CanvasText; background: Canvas; border: 1px solid var(--line); border-radius: 6px;
  box-shadow: 0 6px 24px rgb(0 0 0 / 25%);
}
.card .top { display: flex; gap: 1em; align-items: start; }
.card .top .kind { flex: 1; color: var(--quiet); }
p { margin: 0 0 0.6em; max-width: 65ch; }
.message { font-weight: 600; }
.choices { display: flex; flex-wrap: wrap; gap: 0.5em; margin: 0.6em 0; }
ul { margin: 0 0 0.6em; padding-inline-start: 1.2em; }
.sources { font-size: 0.875em; color: var(--quiet); }
.sources a { color: inherit; }

button { font: inherit; color: inherit; cursor: pointer; }
.action { min-height: 2.25em; padding: 0.3em 0.8em; border: 1px solid currentColor; border-radius: 4px; background: transparent; overflow-wrap: anywhere; }
.action.first { background: var(--fsm-language-button, #1d5ea8); border-color: var(--fsm-language-button, #1d5ea8); color: var(--fsm-language-button-text, #fff); }
.action:hover { text-decoration: underline; }
.close { border: 0; background: none; min-width: 1.75em; min-height: 1.75em; font-size: 1.1em; line-height: 1; }
:focus-visible { outline: 3px solid var(--fsm-language-focus, #0b5cad); outline-offset: 2px; border-radius: 2px; }
:host, .card { --line: color-mix(in srgb, currentColor 30%, transparent); --quiet: color-mix(in srgb, currentColor 78%, transparent); }

@media (max-width: 30em) {
  .card { left: 8px; right: 8px; top: auto; bottom: 8px; width: auto; }
}
@media (prefers-contrast: more) {
  :host, .card { --line: currentColor; --quiet: currentColor; }
}
@media (forced-colors: active) {
  .page { forced-color-adjust: none; }
  .page span { text-decoration-color: LinkText; }
  .page .current { background: none; outline: 2px solid Highlight; }
  .action.first { forced-color-adjust: none; background: ButtonText; color: ButtonFace; border-color: ButtonText; }
}
@media print {
  .card, .mirror, .choices, .head button { display: none; }
}`;

/** @type {CSSStyleSheet | undefined} */
let sheet;

/** The sheet of the component's shadow roots, made once. */
export function componentSheet() {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(COMPONENT);
  }
  return sheet;
}
