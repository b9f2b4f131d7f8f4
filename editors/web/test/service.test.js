/** The service at the other end: two tabs, a long note, gone and back, busy, closed to this page. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { take, clickWording } from "./acting.js";
import { open, origin, service, suggestions, underlined, until } from "./harness.js";

const AWAY = "Suggestions are paused";

test("two tabs have their own notes", async (t) => {
  const one = await open(t, "textarea.html");
  const other = await one.context().newPage();
  await other.goto(one.url());
  await one.locator("#note").fill("Mum failed to attend.");
  await other.locator("#note").fill("Dad was hard to reach. He is in denial.");
  await suggestions(one, 1);
  await suggestions(other, 2);
  assert.deepEqual(await underlined(one), ["failed to attend"]);
  assert.deepEqual(await underlined(other), ["hard to reach", "is in denial"]);
});

test("notes go over one WebSocket, as the language server protocol has it, and by POST where there is none", async (t) => {
  const page = await open(t, "textarea.html");
  const sent = [];
  const received = [];
  const posted = [];
  page.on("request", (request) => request.url().endsWith("/check") && posted.push(request.url()));
  page.on("websocket", (socket) => {
    socket.on("framesent", ({ payload }) => sent.push(JSON.parse(payload).method));
    socket.on("framereceived", ({ payload }) => received.push(JSON.parse(payload)));
  });
  await page.reload();
  await until(() => sent.includes("initialized"));
  await page.locator("#note").pressSequentially("Mum failed to attend. 😀 She was hard to reach.");
  await suggestions(page, 2);
  assert.deepEqual(await underlined(page), ["failed to attend", "hard to reach"]);
  assert.deepEqual(posted, []);
  assert.ok(received.some(({ result }) => result?.unit === "utf-16"));
  await page.routeWebSocket("**/lsp", (other) => other.close());
  await page.reload();
  await page.locator("#note").fill("Mum failed to attend.");
  await suggestions(page, 1);
  assert.equal(posted.length, 1);
});

test("when the service goes, the writer is told kindly and goes on; when it is back, so are the suggestions", async (t) => {
  const page = await open(t, "textarea.html");
  await page.locator("#note").fill("Mum failed to attend.");
  await suggestions(page, 1);
  await service.stop();
  t.after(() => service.start(origin()));
  await page.locator("#note").press("End");
  await page.locator("#note").pressSequentially(" She was hard to reach.");
  await page.locator("fsm-language").getByText(AWAY).waitFor();
  assert.deepEqual(await underlined(page), ["failed to attend"]);
  await clickWording(page, "failed to attend");
  await take(page, "did not attend");
  assert.equal(await page.inputValue("#note"), "Mum did not attend. She was hard to reach.");
  await service.start(origin());
  await suggestions(page, 1);
  assert.deepEqual(await underlined(page), ["hard to reach"]);
  assert.equal(await page.locator("fsm-language").getByText(AWAY).count(), 0);
});

for (const [status, words, headers] of [
  [429, "The service is busy", { "Retry-After": "1" }],
  [503, "The service is busy", { "Retry-After": "1" }],
  [403, "The service did not let this page in", {}],
  [413, "This note is too long", {}],
  [500, AWAY, {}],
]) {
  test(`an answer of ${status} is told in plain words, and got over`, async (t) => {
    const page = await open(t, "textarea.html");
    let refuse = true;
    await page.routeWebSocket("**/lsp", (socket) => socket.close());
    await page.route("**/check", (route) => {
      const head = { ...headers, "Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": "Retry-After" };
      return refuse ? route.fulfill({ status, headers: head, body: "{}" }) : route.fallback();
    });
    await page.reload();
    await page.locator("#note").fill("Mum failed to attend.");
    await page.locator("fsm-language").getByText(words).waitFor();
    refuse = false;
    await page.locator("#note").fill("Mum failed to attend. Dad came.");
    await suggestions(page, 1);
  });
}

test("a note of 20,000 words is read, underlined and still pleasant to write in", async (t) => {
  const page = await open(t, "textarea.html", { timeout: 60_000 });
  page.setDefaultTimeout(90_000);
  const paragraph =
    "We talked about school and about the summer. Theo showed me his garden and the beans he has grown. " +
    "Mum failed to attend the review, and she rang me the day after to say why. Amber drew a picture of the dog. ";
  const note = `${paragraph}\n`.repeat(500);
  assert.ok(note.split(/\s+/).length > 20_000);
  await page.locator("#note").fill(note);
  await suggestions(page, 500);
  const spans = await page
    .locator("fsm-language")
    .evaluate((element) => element.shadowRoot.querySelectorAll(".page span").length);
  assert.ok(spans >= 500);
  const slowest = await page.evaluate(async () => {
    const area = document.querySelector("#note");
    area.focus();
    area.setSelectionRange(60_000, 60_000);
    let most = 0;
    for (let i = 0; i < 20; i++) {
      const start = performance.now();
      document.execCommand("insertText", false, "a");
      await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
      most = Math.max(most, performance.now() - start);
    }
    return most;
  });
  console.log(
    `20,000 words, 500 suggestions: the slowest of 20 key strokes took ${Math.round(slowest)} ms until it was drawn`,
  );
  await page.locator("fsm-language .toggle").click();
  assert.equal(await page.locator("fsm-language .item").count(), 25);
  await page.getByRole("button", { name: "Show 25 more" }).click();
  assert.equal(await page.locator("fsm-language .item").count(), 50);
});
