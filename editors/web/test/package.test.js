/** What is packed: one small file, types, and styles that are what their source says. */

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { compile } from "sass";

const MOST = 20_000; // bytes, gzipped

test("the component is one file of less than 20 KB gzipped that imports nothing", async () => {
  const file = await readFile(new URL("../dist/fsm-language.js", import.meta.url));
  const size = gzipSync(file, { level: 9 }).length;
  console.log(`dist/fsm-language.js: ${size} bytes gzipped`);
  assert.ok(size < MOST, `${size} bytes`);
  assert.doesNotMatch(file.toString(), /\bimport\s*[({"']|\bfrom\s*["']/);
});

test("the page's GOV.UK styles are those of govuk.scss", async () => {
  const page = new URL("../../../lsp/fsm_language_lsp/page/static/govuk.css", import.meta.url);
  const source = new URL("../govuk.scss", import.meta.url);
  const { css } = compile(source.pathname, { style: "compressed" });
  assert.equal((await readFile(page, "utf8")).trim(), css.trim(), "run npm run page");
});

test("the page asks nothing of anybody else", async () => {
  for (const name of ["index.html", "static/page.css", "static/govuk.css"]) {
    const text = await readFile(new URL(`../../../lsp/fsm_language_lsp/page/${name}`, import.meta.url), "utf8");
    assert.doesNotMatch(text, /(src|href)="https?:|url\(|@import|<style|style=|<script>|\son[a-z]+="/);
  }
});
