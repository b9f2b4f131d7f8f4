/** The page that the service shows at `/`. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { accessible } from "./accessible.js";
import { clickWording, focused, take } from "./acting.js";
import { open, service, suggestions, withSuggestions } from "./harness.js";

const LOOKS = [{}, { colorScheme: "dark" }, { viewport: { width: 375, height: 700 } }, { contrast: "more" }];

async function withExample(t, look = {}) {
  const page = await open(t, "/", look);
  await page.getByRole("button", { name: "Use an example" }).click();
  await withSuggestions(page);
  return page;
}

for (const look of LOOKS) {
  test(`nobody is shut out: ${JSON.stringify(look)}`, async (t) => {
    const page = await open(t, "/", look);
    await accessible(page, "empty");
    await page.getByRole("button", { name: "Use an example" }).click();
    await withSuggestions(page);
    await accessible(page, "with suggestions");
    await page.locator("fsm-language .toggle").click();
    await page.locator("fsm-language .item").first().click();
    await accessible(page, "with the list open");
    await page.locator("#note").focus();
    await page.keyboard.press("Control+.");
    await accessible(page, "with a card open");
    for (const view of ["Before and after", "Rules", "Glossary", "Try a rule"]) {
      await page.getByRole("link", { name: view, exact: true }).click();
      await page.waitForFunction(() => !document.querySelector("main").textContent.includes("Fetching"));
      if (view === "Rules") await page.locator(".rule summary").first().click();
      if (view === "Try a rule") await page.getByRole("button", { name: "Try it" }).click();
      await accessible(page, view);
    }
  });
}

test("nothing is asked of any other machine, and the page's rules for itself are kept", async (t) => {
  const page = await open(t, "/");
  const asked = [];
  const said = [];
  page.on("request", (request) => asked.push(request.url()));
  page.on("console", (message) => message.type() === "error" && said.push(message.text()));
  await page.reload();
  await page.getByRole("button", { name: "Use an example" }).click();
  await withSuggestions(page);
  for (const view of ["Before and after", "Rules", "Glossary", "Try a rule"])
    await page.getByRole("link", { name: view, exact: true }).click();
  await page.getByRole("button", { name: "Try it" }).click();
  await page.getByText("Its examples hold.").waitFor();
  assert.deepEqual(
    asked.filter((url) => !url.startsWith(service.address)),
    [],
  );
  assert.deepEqual(said, []);
});

test("nothing is stored in the browser", async (t) => {
  const page = await withExample(t);
  const kept = await page.evaluate(async () => [
    localStorage.length,
    sessionStorage.length,
    document.cookie,
    (await indexedDB.databases()).length,
    (await caches.keys()).length,
  ]);
  assert.deepEqual(kept, [0, 0, "", 0, 0]);
  await page.reload();
  assert.equal(await page.inputValue("#note"), "");
});

test("the reading age and the counts follow the note", async (t) => {
  const page = await open(t, "/");
  await page.locator("#note").fill("Mum came.");
  await page.locator("#words").getByText("2", { exact: true }).waitFor();
  assert.equal(await page.locator("#reading-age").innerText(), "…");
  await page.getByRole("button", { name: "Use an example" }).click();
  await page
    .locator("#reading-age")
    .getByText(/^\d+ years$/)
    .waitFor();
});

test("before and after shows what the first suggestions would change, and nothing of what was left", async (t) => {
  const page = await withExample(t);
  await clickWording(page, "failed to attend");
  await page.getByRole("button", { name: "Leave it" }).click();
  await page.getByRole("link", { name: "Before and after", exact: true }).click();
  assert.equal(await focused(page), "compare-title");
  assert.match(await page.locator("#before").innerText(), /Mum failed to attend/);
  assert.match(await page.locator("#after").innerText(), /Mum failed to attend/);
  assert.match(await page.locator("#after ins").first().innerText(), /Child in Need/);
});

test("who will read the note decides what is found", async (t) => {
  const page = await open(t, "/");
  await page.locator("#note").fill("We commenced the course. Mum failed to attend.");
  await suggestions(page, 1);
  await page.locator("#audience").selectOption("family");
  await suggestions(page, 2);
});

test("rules are searched by their words, and read", async (t) => {
  const page = await open(t, "/#rules");
  await page.locator("#rules-words").fill("hard to reach");
  await page.locator(".rule summary").first().click();
  await page.getByText("Who recommends it:").first().waitFor();
  const all = await page.locator("#rules-said").innerText();
  await page.locator("#rules-category").selectOption("acronym");
  assert.notEqual(await page.locator("#rules-said").innerText(), all);
});

test("letters are looked up", async (t) => {
  const page = await open(t, "/#glossary");
  await page.locator("#glossary-words").fill("CIN");
  await page.locator("dt").getByText("CIN", { exact: true }).waitFor();
  await page.locator("dd").getByText("Child in Need").first().waitFor();
});

test("a rule is tried; a mistake in it is told with its line", async (t) => {
  const page = await open(t, "/#try");
  await page.getByRole("button", { name: "Try it" }).click();
  await page.getByText("1 found. Its examples hold.").waitFor();
  assert.equal(await page.locator("#try-found mark").innerText(), "was a no-show");
  const rule = await page.inputValue("#try-rule");
  await page.locator("#try-rule").fill(rule.replace("category: blaming", "category: blame"));
  await page.getByRole("button", { name: "Try it" }).click();
  await page.getByText("did you mean “blaming”?").waitFor();
  const selected = await page
    .locator("#try-rule")
    .evaluate((area) => area.value.slice(area.selectionStart, area.selectionEnd));
  assert.match(selected, /category: blame/);
});

test("the note prints in full, without what is not of the note", async (t) => {
  const page = await withExample(t);
  const pdf = (await page.pdf()).toString("latin1");
  assert.ok(pdf.startsWith("%PDF"));
  await page.emulateMedia({ media: "print" });
  assert.match(await page.locator(".note__printed").innerText(), /Kelly and I will ring the housing office together/);
  for (const hidden of [".site", "fsm-language", ".figures", "#print"])
    assert.equal(await page.locator(hidden).isVisible(), false, hidden);
});

test("a suggestion is taken in the form", async (t) => {
  const page = await withExample(t);
  await clickWording(page, "failed to attend");
  await take(page, "did not attend");
  assert.match(await page.inputValue("#note"), /Mum did not attend the last/);
});
