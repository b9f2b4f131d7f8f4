/** The report of an audit, as a browser shows and prints it. */

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { accessible } from "./accessible.js";
import { open } from "./harness.js";
import { COMMAND } from "./serving.js";

const PLAIN = "We met at home and Sam showed me the drawing that he made at school. ";
const FOUND = "Mum failed to attend the review with the CIN team. ";
let folder;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "fsm-language-report-"));
  await audit("old", 3);
  await audit("new", 1, "--group-by", "area", "--compare", join(folder, "old"));
});

after(() => rm(folder, { recursive: true }));

/** Audit sixty notes, the worse the more of them are worth a second thought. */
async function audit(name, worse, ...options) {
  const notes = Array.from({ length: 60 }, (_, number) => ({
    id: `n${number}`,
    text: PLAIN.repeat(6) + FOUND.repeat(number % 3 ? worse : 0),
    team: number % 2 ? "North" : "South & <b>East</b>",
    area: number % 4 < 2 ? "Hills" : "Coast",
    date: `2026-0${1 + (number % 3)}-15`,
  }));
  const file = join(folder, `${name}.jsonl`);
  await writeFile(file, notes.map((note) => JSON.stringify(note)).join("\n"));
  const command = ["audit", file, "--output", join(folder, name), "--no-context", "--no-tone", "--quiet", ...options];
  await promisify(execFile)(COMMAND, command);
}

function report(t, look) {
  return open(t, pathToFileURL(join(folder, "new", "report.html")).href, look);
}

for (const look of [{}, { viewport: { width: 375, height: 700 } }, { contrast: "more" }, { reducedMotion: "reduce" }]) {
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
