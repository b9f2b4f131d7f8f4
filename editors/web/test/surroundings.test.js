/** Where a field may be: in a shadow root, in a dialog, under React, in an editor. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { clickWording, take } from "./acting.js";
import { open, suggestions, underlined } from "./harness.js";

test("fields in a shadow root are found, underlined and changed there", async (t) => {
  const page = await open(t, "shadow.html");
  await page.locator("#note").fill("Mum failed to attend.");
  await suggestions(page, 1, "fsm-language[for=note]");
  await clickWording(page, "failed to attend", "fsm-language[for=note]");
  await take(page, "did not attend");
  assert.equal(await page.inputValue("#note"), "Mum did not attend.");
  await suggestions(page, 1, "fsm-language[for=rich]");
  assert.deepEqual(await underlined(page, "fsm-language[for=rich]"), ["failed to come"]);
  await clickWording(page, "failed to come", "fsm-language[for=rich]");
  await take(page, "did not come");
  assert.equal(await page.locator("#rich").innerText(), "Dad did not come.");
});

test("behind a dialog's backdrop the card is on top, and Escape closes the card before the dialog", async (t) => {
  const page = await open(t, "modal.html");
  await page.locator("#open").click();
  await page.locator("#note").fill("Mum failed to attend.");
  await suggestions(page, 1);
  await page.locator("#note").press("Control+.");
  await page.locator("fsm-language .card").waitFor();
  await page.keyboard.press("Escape");
  assert.equal(await page.locator("fsm-language .card").isVisible(), false);
  assert.equal(await page.locator("dialog").isVisible(), true);
  await clickWording(page, "failed to attend");
  await take(page, "did not attend");
  assert.equal(await page.inputValue("#note"), "Mum did not attend.");
});

for (const [name, id, send, state] of [
  ["React", "controlled", null, "controlled-state"],
  ["Formik", "formik", "Send with Formik", "formik-state"],
  ["react-hook-form", "hooked", "Send with react-hook-form", "hooked-state"],
  ["a controller of react-hook-form", "more", "Send with react-hook-form", "hooked-state"],
]) {
  test(`the state of ${name} has what was taken, and what was undone`, async (t) => {
    const page = await open(t, "react.html");
    const scope = `fsm-language[for=${id}]`;
    await page.locator(`#${id}`).pressSequentially("Mum failed to attend.");
    await suggestions(page, 1, scope);
    await clickWording(page, "failed to attend", scope);
    await take(page, "did not attend");
    const holds = async (words) => {
      if (send) await page.getByRole("button", { name: send }).click();
      await page.locator(`#${state}`).getByText(words).waitFor();
      assert.equal(await page.inputValue(`#${id}`), words);
    };
    await holds("Mum did not attend.");
    await page.locator(`#${id}`).press("Control+z");
    await holds("Mum failed to attend.");
  });
}

test("a form that starts again starts the suggestions again", async (t) => {
  const page = await open(t, "react.html");
  await page.locator("#hooked").pressSequentially("Mum failed to attend.");
  await suggestions(page, 1, "fsm-language[for=hooked]");
  await page.getByRole("button", { name: "Start again" }).click();
  await page.locator("fsm-language[for=hooked]").getByText("Suggestions show here as you write.").waitFor();
});

const TEXTS = {
  codemirror: () => window.view.state.doc.toString(),
  quill: () => window.quill.getText().trimEnd(),
  tinymce: () => window.editor.getContent({ format: "text" }).trimEnd(),
};
for (const [name, type] of Object.entries({
  codemirror: (page) => page.locator(".cm-content"),
  quill: (page) => page.locator(".ql-editor"),
  tinymce: (page) => page.frameLocator("iframe").locator("body"),
})) {
  test(`${name}: typed, seen, taken and undone in one step`, async (t) => {
    const page = await open(t, "editors.html");
    const scope = `#for-${name}`;
    await page.waitForFunction((selector) => document.querySelector(selector).field, scope);
    await type(page).click();
    await page.keyboard.type("😀 Mum failed to attend.");
    await suggestions(page, 1, scope);
    assert.deepEqual(await underlined(page, scope), ["failed to attend"]);
    await clickWording(page, "failed to attend", scope);
    await take(page, "did not attend");
    await page.waitForFunction((text) => text === "😀 Mum did not attend.", await page.evaluate(TEXTS[name]));
    await page.keyboard.press("Control+z");
    assert.equal(await page.evaluate(TEXTS[name]), "😀 Mum failed to attend.");
    await suggestions(page, 1, scope);
    await page.keyboard.press("Control+.");
    await page.locator(`${scope} .card`).waitFor();
  });
}

test("in CodeMirror only lines in sight are in the document, and all are underlined when they come into it", async (t) => {
  const page = await open(t, "editors.html");
  await page.waitForFunction(() => document.querySelector("#for-codemirror").field);
  await page.evaluate(() => {
    document.querySelector("#codemirror .cm-editor").style.height = "200px";
    const insert = `${"We talked about school.\n".repeat(400)}Mum failed to attend.`;
    window.view.dispatch({ changes: { from: 0, insert } });
  });
  await suggestions(page, 1, "#for-codemirror");
  const drawn = () => page.evaluate(() => [...(CSS.highlights.get("fsm-language-warning") ?? [])].map(String));
  assert.deepEqual(await drawn(), []);
  await page.locator("#codemirror .cm-scroller").evaluate((scroller) => scroller.scrollTo(0, scroller.scrollHeight));
  await page.waitForFunction(() => CSS.highlights.get("fsm-language-warning")?.size === 1);
  assert.deepEqual(await drawn(), ["failed to attend"]);
});
