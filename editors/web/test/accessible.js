/** What axe, which knows the rules of accessibility that a program can test, finds in a page. */

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { readFile } from "node:fs/promises";

const AXE = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Fail on anything axe finds against WCAG 2.2 AA or its own good practice. */
export async function accessible(page, state) {
  await page.evaluate(AXE);
  const found = await page.evaluate(() =>
    window.axe.run({ resultTypes: ["violations"], rules: { "target-size": { enabled: true } } }),
  );
  const told = found.violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 120)).join(" | ")}`,
  );
  assert.deepEqual(told, [], state);
}
