/** Without a mouse: from the note to a suggestion and back, and through the list. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { focused } from "./acting.js";
import { open, suggestions } from "./harness.js";

const NOTE = "Mum failed to attend. She was hard to reach. Dad is in denial.";

async function written(t) {
  const page = await open(t, "textarea.html");
  await page.locator("#note").focus();
  await page.keyboard.type(NOTE);
  await suggestions(page, 3);
  return page;
}

test("Control and full stop opens the next suggestion; arrows choose; Enter takes; the writer is back in the note", async (t) => {
  const page = await written(t);
  await page.keyboard.press("Control+Home");
  await page.keyboard.press("Control+.");
  assert.equal(await focused(page), "Write “did not attend”");
  await page.keyboard.press("ArrowDown");
  assert.equal(await focused(page), "Leave it");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Enter");
  assert.equal(await focused(page), "note");
  assert.equal(await page.inputValue("#note"), NOTE.replace("failed to attend", "did not attend"));
  assert.equal(await page.locator("#note").evaluate((note) => note.selectionStart), "Mum did not attend".length);
});

test("Escape closes the card and leaves the wording selected", async (t) => {
  const page = await written(t);
  await page.keyboard.press("Control+Home");
  await page.keyboard.press("Control+.");
  await page.keyboard.press("Escape");
  assert.equal(await focused(page), "note");
  assert.equal(
    await page.locator("#note").evaluate((note) => note.value.slice(note.selectionStart, note.selectionEnd)),
    "failed to attend",
  );
  assert.equal(await page.locator("fsm-language .card").isVisible(), false);
});

test("Tab leads from the note to the list, arrows through it, Enter unfolds, and what is taken leaves the focus there", async (t) => {
  const page = await written(t);
  await page.keyboard.press("Tab");
  assert.equal(await focused(page), "3 suggestions");
  await page.keyboard.press("Enter");
  await page.keyboard.press("ArrowDown");
  assert.match(await focused(page), /^failed to attend/);
  await page.keyboard.press("ArrowDown");
  assert.match(await focused(page), /^hard to reach/);
  await page.keyboard.press("End");
  assert.match(await focused(page), /^is in denial/);
  await page.keyboard.press("Home");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  assert.equal(await focused(page), "Write “did not attend”");
  await page.keyboard.press("Enter");
  assert.match(await focused(page), /^hard to reach/);
  assert.match(await page.inputValue("#note"), /^Mum did not attend/);
  await page.getByRole("status").getByText("Now says “did not attend”.").waitFor();
  await suggestions(page, 2);
  assert.match(await focused(page), /^hard to reach/);
});

test("Escape folds an entry up, and then goes back to the note", async (t) => {
  const page = await written(t);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Escape");
  assert.match(await focused(page), /^failed to attend/);
  await page.keyboard.press("Escape");
  assert.equal(await focused(page), "note");
});

test("leaving the last suggestion brings the writer back to the note", async (t) => {
  const page = await written(t);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  for (const left of [2, 1, 0]) {
    await page.locator("fsm-language .item").first().focus();
    await page.keyboard.press("Enter");
    await page.locator("fsm-language .reason .leave").focus();
    await page.keyboard.press("Enter");
    await suggestions(page, left);
  }
  assert.equal(await focused(page), "note");
});

test("those who listen hear how many suggestions there are once the writer rests", async (t) => {
  const page = await written(t);
  await page.getByRole("status").getByText("3 suggestions").waitFor({ state: "attached" });
});
