/** The real service, a recording system of our own to put the component into, and a browser to write with. */

import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { after, before } from "node:test";
import { build } from "esbuild";
import { Service, launch } from "./serving.js";

const PAGES = new URL("pages/", import.meta.url);

export const service = new Service();
let browser;
let system;
const bundles = new Map();

/** Where the recording system is. */
export function origin() {
  return `http://127.0.0.1:${system.address().port}`;
}

before(async () => {
  system = createServer((request, response) => serve(request.url.slice(1), response)).listen(0, "127.0.0.1");
  await once(system, "listening");
  await service.start(origin());
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await service.stop();
  system.close();
  system.closeAllConnections();
});

async function serve(name, response) {
  try {
    const script = name.endsWith(".js");
    const text = script
      ? await bundle(name)
      : (await readFile(new URL(name, PAGES), "utf8")).replaceAll("{{service}}", service.address);
    response.writeHead(200, { "Content-Type": `text/${script ? "javascript" : "html"}; charset=utf-8` }).end(text);
  } catch {
    response.writeHead(404).end();
  }
}

/** A page's script with the packages it imports. */
async function bundle(name) {
  if (!bundles.has(name)) {
    const entry = new URL(name.replace(/\.js$/, name.startsWith("react") ? ".jsx" : ".js"), PAGES).pathname;
    const options = {
      bundle: true,
      write: false,
      format: "esm",
      jsx: "automatic",
      loader: { ".css": "text" },
      define: { "process.env.NODE_ENV": '"production"' },
    };
    bundles.set(name, (await build({ entryPoints: [entry], ...options })).outputFiles[0].text);
  }
  return bundles.get(name);
}

/**
 * Open a page of the recording system (a file of `pages/`), the service's own with "/", or any by its address.
 * Whatever the page's scripts throw makes the test fail.
 */
export async function open(test, name, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1000, height: 800 }, ...options });
  const faults = [];
  test.after(async () => {
    await context.close();
    if (faults.length) throw new Error(faults.join("\n"));
  });
  context.on("weberror", (fault) => faults.push(fault.error().stack));
  context.setDefaultTimeout(60_000);
  const page = await context.newPage();
  const own = name.startsWith("/") ? service.address + name.slice(1) : `${origin()}/${name}`;
  await page.goto(name.startsWith("file:") ? name : own);
  return page;
}

/** Wait until the component says that it has this many suggestions. */
export async function suggestions(page, count, scope = "fsm-language") {
  const said = count === 1 ? "1 suggestion" : count === 0 ? "No suggestions" : `${count} suggestions`;
  await page.locator(scope).first().locator(".toggle").getByText(said, { exact: true }).waitFor();
}

/** Wait until something holds that no page can be asked about. */
export async function until(holds) {
  for (let tries = 0; !holds(); tries++) {
    if (tries > 600) throw new Error("It never held.");
    await new Promise((done) => setTimeout(done, 25));
  }
}

/** Wait until the component says that it has some. */
export async function withSuggestions(page) {
  await page
    .locator("fsm-language .toggle")
    .getByText(/^\d+ suggestions?$/)
    .waitFor();
}

/** The words that are underlined, in the order of the text. */
export function underlined(page, scope = "fsm-language") {
  return page
    .locator(scope)
    .first()
    .evaluate((element) => {
      const text = element.field.text();
      return element.findings.map(({ start, end }) => text.slice(start, end));
    });
}
