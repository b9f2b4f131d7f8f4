/** Makes the pictures of docs/component.md and docs/audit-report.md from the real pages: `npm run pictures`. */

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { audited } from "./test/audited.js";
import { Service, launch } from "./test/serving.js";

const FOLDER = new URL("../../docs/images/", import.meta.url).pathname;
const PICTURES = [
  { name: "page", viewport: { width: 1000, height: 760 }, act: card },
  { name: "page-dark", viewport: { width: 1000, height: 760 }, colorScheme: "dark", act: list },
  {
    name: "page-phone",
    viewport: { width: 375, height: 760 },
    deviceScaleFactor: 2,
    isMobile: true,
    hasTouch: true,
    act: card,
  },
  { name: "page-compare", viewport: { width: 1000, height: 620 }, act: compare },
];

const REPORT = [
  { name: "audit-report", from: "header", viewport: { width: 1100, height: 1560 } },
  {
    name: "audit-report-phone",
    from: "#by-team",
    viewport: { width: 360, height: 740 },
    deviceScaleFactor: 2,
    isMobile: true,
  },
];
const NOTES = new URL("../../benchmarks/notes_maker.py", import.meta.url).pathname;
const MORE = "Mum failed to attend the CIN meeting. Dad is hostile and manipulative. He was placed in a new placement.";
const AREAS = ["Hills", "Coast", "Town"];

/** Invented notes, always the same for a seed. */
function made(folder, count, seed) {
  const file = join(folder, `${seed}.jsonl`);
  execFileSync("python3", [NOTES, String(count), file, "--seed", String(seed)]);
  const notes = readFileSync(file, "utf8").trimEnd().split("\n").map(JSON.parse);
  return notes.map((note, number) => ({ ...note, area: AREAS[number % AREAS.length] }));
}

/** The same notes, with more that is worth a second thought in every fourth. */
function worse(notes) {
  return notes.map((note, number) => (number % 4 ? note : { ...note, text: `${note.text} ${MORE}` }));
}

async function example(page) {
  await page.getByRole("button", { name: "Use an example" }).click();
  await page
    .locator("fsm-language .toggle")
    .getByText(/\d suggestions/)
    .waitFor();
  await page.locator("#note").evaluate((note) => scrollTo(0, note.getBoundingClientRect().top + scrollY - 150));
}

async function card(page) {
  await example(page);
  await page.locator("#note").press("Control+Home");
  await page.locator("#note").press("Control+.");
  await page.keyboard.press("Escape");
  await page.locator("#note").press("ArrowRight");
  await page.locator("#note").press("Control+.");
}

async function list(page) {
  await example(page);
  await page.locator("fsm-language .toggle").click();
  await page.locator("fsm-language .item").nth(1).click();
  await page
    .locator("fsm-language .toggle")
    .evaluate((toggle) => scrollTo(0, toggle.getBoundingClientRect().top + scrollY - 300));
}

async function compare(page) {
  await example(page);
  await page.getByRole("link", { name: "Before and after", exact: true }).click();
}

const service = new Service();
await service.start();
const browser = await launch();
for (const { name, act, ...look } of PICTURES) {
  const context = await browser.newContext(look);
  context.setDefaultTimeout(120_000);
  const page = await context.newPage();
  await page.goto(service.address);
  await act(page);
  await page.screenshot({ path: `${FOLDER}${name}.png` });
  await context.close();
}

const notes = await mkdtemp(join(tmpdir(), "fsm-language-notes-"));
const folder = await audited(worse(made(notes, 1200, 1)), made(notes, 1500, 2));
for (const { name, from, ...look } of REPORT) {
  const page = await browser.newPage(look);
  await page.goto(pathToFileURL(join(folder, "new", "report.html")).href);
  await page.locator(from).evaluate((place) => place.scrollIntoView());
  await page.screenshot({ path: `${FOLDER}${name}.png` });
  await page.close();
}
await Promise.all([notes, folder].map((place) => rm(place, { recursive: true })));
await browser.close();
await service.stop();
