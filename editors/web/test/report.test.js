/** The report of an audit, as a browser shows and prints it. */

import assert from "node:assert/strict";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { accessible } from "./accessible.js";
import { audited } from "./audited.js";
import { open } from "./harness.js";

const PHONE = { viewport: { width: 360, height: 740 } };
const WIDE = { viewport: { width: 1000, height: 740 } };
const SMALLEST = 9; // pixels, of letters in a chart
let folder;

before(async () => {
  folder = await audited();
});

after(() => rm(folder, { recursive: true }));

function report(t, look) {
  return open(t, pathToFileURL(join(folder, "new", "report.html")).href, look);
}

for (const look of [{}, PHONE, { contrast: "more" }, { reducedMotion: "reduce" }]) {
  test(`the report shuts nobody out: ${JSON.stringify(look)}`, async (t) => {
    const page = await report(t, look);
    await accessible(page, "as it opens");
    const [wide, window] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
    assert.ok(wide <= window, `it is ${wide} pixels wide in a window of ${window}`);
  });
}

test("each chart has a name, words and a table behind it", async (t) => {
  const page = await report(t);
  const charts = await page.getByRole("img").all();
  assert.equal(charts.length, 7);
  for (const chart of charts) {
    assert.equal(await chart.locator("xpath=ancestor::section").getByRole("table").count(), 1);
  }
  await page.getByRole("img", { name: "By team" }).waitFor();
});

for (const look of [PHONE, WIDE]) {
  test(`each chart fits, and its letters can be read: ${JSON.stringify(look)}`, async (t) => {
    const page = await report(t, look);
    const charts = await page.getByRole("img").all();
    assert.equal(charts.length, 7);
    for (const chart of charts) {
      const { x, width } = await chart.boundingBox();
      assert.ok(x >= 0 && x + width <= look.viewport.width);
      const sizes = await chart.locator("text").evaluateAll((texts) =>
        texts.map((text) => {
          const { a, b } = text.getScreenCTM(); // some stand upright
          return parseFloat(getComputedStyle(text).fontSize) * Math.hypot(a, b);
        }),
      );
      assert.ok(Math.min(...sizes) >= SMALLEST, `letters of ${Math.min(...sizes)} pixels`);
    }
  });
}

test("the report asks nobody for anything, and runs nothing", async (t) => {
  const page = await report(t);
  const asked = [];
  page.on("request", (request) => asked.push(request.url()));
  await page.reload();
  assert.deepEqual(asked, [page.url()]);
  assert.equal(await page.locator("script").count(), 0);
});

test("what a record is called is text, never markup", async (t) => {
  const page = await report(t);
  await page.getByRole("rowheader", { name: "South & <b>East</b>" }).waitFor();
  assert.equal(await page.locator("b").count(), 0);
});

test("it prints on a few pages, with every table", async (t) => {
  const page = await report(t);
  await page.emulateMedia({ media: "print" });
  assert.equal(await page.locator("nav").isVisible(), false);
  const printed = await page.pdf({ format: "A4" });
  const pages = printed.toString("latin1").match(/\/Type\s*\/Page\b/g).length;
  assert.ok(pages > 2 && pages < 12, `${pages} pages`);
});
