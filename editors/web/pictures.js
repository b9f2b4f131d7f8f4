/** Makes the pictures of docs/component.md from the real page: `npm run pictures`. */

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
await browser.close();
await service.stop();
