/** A textarea: type, see, take, undo, leave. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { clickWording, take } from "./acting.js";
import { open, suggestions, underlined } from "./harness.js";

const NOTE = "Mum failed to attend on Monday. 😀 She was hard to reach.";

async function written(t, note = NOTE, count = 2) {
  const page = await open(t, "textarea.html");
  await page.locator("#note").pressSequentially(note);
  await suggestions(page, count);
  return page;
}

test("what is typed is underlined where it stands", async (t) => {
  const page = await written(t);
  assert.deepEqual(await underlined(page), ["failed to attend", "hard to reach"]);
});

test("a suggestion is taken, the page hears of it, and undo brings back what was typed", async (t) => {
  const page = await written(t);
  await page.evaluate(() => {
    window.heard = [];
    document.querySelector("#note").addEventListener("input", (event) => window.heard.push(event.inputType));
  });
  await clickWording(page, "failed to attend");
  await take(page, "did not attend");
  assert.equal(await page.inputValue("#note"), NOTE.replace("failed to attend", "did not attend"));
  assert.deepEqual(await page.evaluate(() => window.heard), ["insertText"]);
  assert.ok(await page.locator("#note").evaluate((note) => note === document.activeElement));
  await page.keyboard.press("Control+z");
  assert.equal(await page.inputValue("#note"), NOTE);
  await suggestions(page, 2);
});

test("what is left stays left while the note grows, and can be shown again", async (t) => {
  const page = await written(t);
  await clickWording(page, "hard to reach");
  await page.getByRole("button", { name: "Leave it" }).click();
  await suggestions(page, 1);
  await page.locator("#note").press("Home");
  await page.locator("#note").pressSequentially("Today: ");
  await page.waitForFunction(() => document.querySelector("fsm-language").findings[0]?.start === 11);
  assert.deepEqual(await underlined(page), ["failed to attend"]);
  await page.getByRole("button", { name: "Show 1 left as it is" }).click();
  await suggestions(page, 2);
});

test("the mirror breaks its lines where the textarea does", async (t) => {
  const page = await written(t);
  for (const change of [
    "",
    "width: 300px",
    "padding: 20px",
    "font: 22px monospace",
    "box-sizing: content-box",
    "border: 1px solid; line-height: 2.2",
    "zoom: 1.3",
    "direction: rtl",
  ]) {
    await page.evaluate((style) => document.querySelector("#note").setAttribute("style", style), change);
    const heights = await page.evaluate(async () => {
      await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
      const note = document.querySelector("#note");
      note.value = "She was hard to reach and failed to attend. ".repeat(12).trim();
      note.dispatchEvent(new Event("input"));
      const copy = document.querySelector("fsm-language").shadowRoot.querySelector(".page");
      return { copy: copy.scrollHeight, note: note.scrollHeight };
    });
    assert.ok(Math.abs(heights.copy - heights.note) <= 1, `${change || "as it was"}: ${JSON.stringify(heights)}`);
  }
});

test("underlines follow when the field scrolls, grows, or is pushed down", async (t) => {
  const page = await open(t, "textarea.html");
  await page.locator("#note").fill(`${"A line.\n".repeat(20)}Mum failed to attend.`);
  await suggestions(page, 1);
  const place = () =>
    page.evaluate(() => {
      const element = document.querySelector("fsm-language");
      const [{ start, end }] = element.findings;
      const span = element.shadowRoot.querySelector(".page span").getBoundingClientRect();
      const note = document.querySelector("#note");
      return {
        top: Math.round(span.top - note.getBoundingClientRect().top + note.scrollTop),
        words: note.value.slice(start, end),
      };
    });
  const first = await place();
  for (const act of [
    () => page.locator("#note").evaluate((note) => note.scrollTo(0, 90)),
    () => page.evaluate(() => scrollTo(0, 50)),
    () =>
      page.evaluate(() =>
        document.body.prepend(Object.assign(document.createElement("h1"), { textContent: "A heading" })),
      ),
    () => page.setViewportSize({ width: 700, height: 500 }),
  ]) {
    await act();
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    assert.deepEqual(await place(), first);
  }
});

test("nothing of the page is touched", async (t) => {
  const page = await open(t, "textarea.html");
  const before = await page.content();
  await page.locator("#note").fill(NOTE);
  await suggestions(page, 2);
  assert.equal(await page.content(), before);
});

test("a value that a script sets is noticed", async (t) => {
  const page = await written(t);
  await page.evaluate(() => (document.querySelector("#note").value = "All is well."));
  await suggestions(page, 0);
});

test("a box that would be overfull is left as it is", async (t) => {
  const page = await open(t, "textarea.html");
  await page.locator("#note").evaluate((note) => (note.maxLength = 20));
  await page.locator("#note").fill("See the CIN plan.");
  await suggestions(page, 1);
  await clickWording(page, "CIN");
  await take(page, "Child in Need (CIN)");
  await page.getByText("Nothing was changed").waitFor();
  assert.equal(await page.inputValue("#note"), "See the CIN plan.");
});

test("a note that cannot be changed shows why, and offers no wording", async (t) => {
  const page = await open(t, "textarea.html");
  await page.locator("#note").fill(NOTE);
  await suggestions(page, 2);
  await page.locator("#note").evaluate((note) => (note.readOnly = true));
  await clickWording(page, "failed to attend");
  await page.getByText("This note cannot be changed now.").waitFor();
  assert.equal(await page.getByRole("button", { name: /^Write/ }).count(), 0);
});

test("a field that the page keeps for itself is let be", async (t) => {
  const page = await open(t, "textarea.html");
  for (const [attribute, value, watched] of [
    ["data-fsm-language", "false", false],
    ["data-gramm", "false", false],
    ["spellcheck", "false", true],
  ]) {
    await page.locator("#note").evaluate((note, [name, text]) => note.setAttribute(name, text), [attribute, value]);
    await page.waitForFunction((wanted) => (document.querySelector("fsm-language").field !== null) === wanted, watched);
    await page.locator("#note").evaluate((note, name) => note.removeAttribute(name), attribute);
  }
});
