/** The rules to read: search them, and open one to see why it is there and what proves it. */

import { make } from "../component/dom.js";
import { WORDS } from "../component/words.js";
import { ask } from "./asking.js";
import { byId } from "./find.js";

const AT_ONCE = 25;

/**
 * A rule as the service tells it.
 * @typedef {object} Rule
 * @property {string} id
 * @property {string} category
 * @property {string} topic
 * @property {boolean} enabled
 * @property {string} message
 * @property {string} why
 * @property {import("../component/types.d.ts").Source[]} sources
 * @property {string[]} phrases
 * @property {string[]} suggest
 * @property {string[]} ask
 * @property {{note: string, becomes: string | null, fine: string | null}[]} examples
 */

/** @type {Rule[]} */
let rules = [];
let shown = AT_ONCE;

/** Fetch the rules and make the search work. */
export async function startRules() {
  const words = /** @type {HTMLInputElement} */ (byId("rules-words"));
  const category = /** @type {HTMLSelectElement} */ (byId("rules-category"));
  byId("rules-said").textContent = "Fetching the rules…";
  try {
    ({ rules } = await ask("rules"));
  } catch (reason) {
    byId("rules-said").textContent = /** @type {Error} */ (reason).message;
    return;
  }
  for (const [field, event] of /** @type {const} */ ([
    [words, "input"],
    [category, "change"],
  ])) {
    field.addEventListener(event, () => {
      shown = AT_ONCE;
      draw(words.value, category.value);
    });
  }
  byId("rules-search").addEventListener("submit", (event) =>
    event.preventDefault(),
  );
  byId("rules-more").addEventListener("click", () => {
    const next = shown;
    shown += AT_ONCE;
    draw(words.value, category.value);
    /** @type {HTMLElement | undefined} */ (
      byId("rules-found").querySelectorAll("summary")[next]
    )?.focus();
  });
  draw(words.value, category.value);
}

/** @param {string} words @param {string} category */
function draw(words, category) {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  const found = rules.filter(
    (rule) =>
      (!category || rule.category === category) &&
      wanted.every((word) => said(rule).includes(word)),
  );
  byId("rules-said").textContent =
    found.length === 1 ? "1 rule" : `${found.length} rules`;
  byId("rules-found").replaceChildren(
    ...found.slice(0, shown).map(ruleElement),
  );
  byId("rules-more").hidden = found.length <= shown;
}

/** @param {Rule} rule everything of it that a search looks through */
function said(rule) {
  const notes = rule.examples
    .filter((example) => !example.fine)
    .map((example) => example.note);
  return [
    rule.id,
    rule.topic,
    rule.message,
    ...rule.phrases,
    ...rule.suggest,
    ...notes,
  ]
    .join(" ")
    .toLowerCase();
}

/** @param {Rule} rule */
function ruleElement(rule) {
  const found = rule.examples.find((example) => !example.fine);
  const words = found?.note ?? rule.id;
  const element = make(
    "details",
    { className: "rule" },
    make(
      "summary",
      {},
      make("span", {}, words),
      make("span", {}, WORDS.categories[rule.category] ?? rule.category),
    ),
  );
  // written only when it is opened: there are many
  element.addEventListener("toggle", () => element.append(inside(rule)), {
    once: true,
  });
  return element;
}

/** @param {Rule} rule */
function inside(rule) {
  const right = rule.examples.filter((example) => example.fine).slice(0, 2);
  const becomes = rule.examples.find((example) => example.becomes);
  return make(
    "div",
    {},
    paragraph(rule.message, "govuk-!-font-weight-bold"),
    paragraph(rule.why),
    ...(rule.suggest.length
      ? [
          paragraph(
            `Try: ${rule.suggest.map((wording) => wording || "(leave it out)").join(" / ")}`,
          ),
        ]
      : []),
    ...rule.ask.map((question) => paragraph(`Ask yourself: ${question}`)),
    ...(becomes?.becomes
      ? [paragraph(`${becomes.note} → ${becomes.becomes}`)]
      : []),
    ...right.map((example) => paragraph(`Right as it stands: ${example.note}`)),
    sources(rule),
    make(
      "p",
      { className: "govuk-body-s" },
      `${rule.topic} · `,
      make("code", {}, rule.id),
      rule.enabled ? "" : " · off unless you switch it on",
    ),
  );
}

/** @param {string} text @param {string} [more] */
function paragraph(text, more = "") {
  return make("p", { className: `govuk-body ${more}`.trim() }, text);
}

/** @param {Rule} rule */
function sources(rule) {
  const links = rule.sources.flatMap(({ title, publisher, url }, number) => [
    number ? "; " : "",
    make(
      "a",
      {
        className: "govuk-link",
        href: url,
        rel: "noopener noreferrer",
        target: "_blank",
      },
      title,
    ),
    `, ${publisher}`,
  ]);
  return make(
    "p",
    { className: "govuk-body-s" },
    "Who recommends it: ",
    ...links,
  );
}
