/** An editable element: the same as in a textarea, through formatting and paragraphs. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { clickWording, take } from "./acting.js";
import { open, suggestions, underlined } from "./harness.js";

const inner = (page) => page.locator("#note").evaluate((note) => note.innerHTML);

test("a note is read as its paragraphs, and underlined without a change to the page", async (t) => {
  const page = await open(t, "editable.html");
  const before = await page.content();
  await suggestions(page, 3);
  assert.deepEqual(await underlined(page), ["failed to attend", "hard to reach", "is in denial"]);
  const text = await page.evaluate(() => document.querySelector("fsm-language").field.text());
  assert.match(
    text,
    /^Visit on Monday\n\nMum failed to attend the review\. 😀 She was\s+hard to reach\.\n\nDad is in denial\.\nWe talked\.$/,
  );
  const marked = await page.evaluate(() =>
    ["warning", "suggestion"].flatMap((kind) => [...(CSS.highlights.get(`fsm-language-${kind}`) ?? [])].map(String)),
  );
  assert.deepEqual(marked.sort(), ["failed to attend", "hard to reach", "is in denial"]);
  assert.equal(await page.content(), before);
});

test("a suggestion is taken across formatting, and undone", async (t) => {
  const page = await open(t, "editable.html");
  await suggestions(page, 3);
  const before = await inner(page);
  await page.evaluate(() => {
    window.heard = [];
    document.querySelector("#note").addEventListener("input", (event) => window.heard.push(event.inputType));
  });
  await clickWording(page, "failed to attend");
  await take(page, "did not attend");
  assert.match(await page.locator("#note").innerText(), /Mum did not attend\sthe review/);
  assert.deepEqual(await page.evaluate(() => window.heard), ["insertText"]);
  await page.keyboard.press("Control+z");
  assert.equal(await inner(page), before);
});

test("typing moves what comes after it along, at once", async (t) => {
  const page = await open(t, "editable.html");
  await suggestions(page, 3);
  await page.locator("#note h2").click();
  await page.keyboard.press("Home");
  await page.keyboard.type("Our ");
  assert.deepEqual(await underlined(page), ["failed to attend", "hard to reach", "is in denial"]);
});

test("typing into underlined wording takes the line away until it is read again", async (t) => {
  const page = await open(t, "editable.html");
  await suggestions(page, 3);
  await page.locator("#note i").click();
  await page.keyboard.type("er");
  await suggestions(page, 2);
});

test("an element that stops being editable is let be", async (t) => {
  const page = await open(t, "editable.html");
  await suggestions(page, 3);
  await page.locator("#note").evaluate((note) => (note.contentEditable = "false"));
  await page.waitForFunction(() => document.querySelector("fsm-language").field === null);
  assert.equal(
    await page.evaluate(() => [...CSS.highlights.values()].reduce((sum, highlight) => sum + highlight.size, 0)),
    0,
  );
});

test("without the browser's highlights the list and the cards still work", async (t) => {
  const page = await open(t, "editable.html");
  await page.addInitScript(() => Object.defineProperty(CSS, "highlights", { value: undefined }));
  await page.reload();
  await suggestions(page, 3);
  await page.locator("#note").press("Control+.");
  await take(page, "did not attend");
  assert.match(await page.locator("#note").innerText(), /Mum did not attend/);
});
