/**
 * The packed extension in real VS Code, driven in Chromium as by a person. It needs Debian's chromium, and
 *
 *   test/vscode/install.sh FOLDER && npm run package
 *   CODE_SERVER=FOLDER LANGUAGE_SERVER=.venv/bin/fsm-language-server npm run test:vscode
 *
 * PICTURE=FILE keeps a picture of the window.
 */

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import * as path from "node:path";
import { after, before, describe, it } from "node:test";

import { Window } from "./window";

const CANARY = "Zebulon Quillfeather";

/** How much the command line finds in a note: VS Code is to show the same. */
function found(note: string): number {
  const program = path.join(path.dirname(process.env.LANGUAGE_SERVER ?? ""), "fsm-language");
  const report = execFileSync(program, ["check", "--fail-on", "never", "--format", "jsonl", note], { encoding: "utf8" });
  return (JSON.parse(report) as { findings: unknown[] }).findings.length;
}

const marked = (count: number) => window.status(`Case notes: ${String(count)}`);
const count = found("../../docs/examples/visit.txt");
let window: Window;
let failed = false;

/** One thing a person does. What comes after it rests on it, so a failure is kept as a picture and ends the test. */
function step(name: string, act: () => Promise<void>): void {
  it(name, async () => {
    assert.ok(!failed, "an earlier step failed");
    try {
      await act();
    } catch (error) {
      failed = true;
      await window.page.screenshot({ path: "dist/failed.png" });
      throw error;
    }
  });
}

describe("in VS Code", () => {
  before(async () => {
    window = await Window.open("../../docs/examples", { "second.txt": `${CANARY} rang. Dad was hard to reach all week.\n` });
  });

  after(() => window.close());

  step("opening a note marks it and counts the marks", async () => {
    await window.openNote("visit.txt");
    await window.page.locator(".squiggly-warning").first().waitFor();
    await marked(count).waitFor();
  });

  step("resting the pointer on marked words says why", async () => {
    const { x, y } = await window.place("failed to attend");
    await window.page.mouse.move(x, y);
    const hover = window.page.locator(".monaco-hover:visible", { hasText: "reads as a verdict" });
    await hover.waitFor();
    if (process.env.PICTURE !== undefined) {
      await hover.evaluate((shown) => Promise.all(shown.getAnimations({ subtree: true }).map(({ finished }) => finished)));
      await window.page.screenshot({ path: process.env.PICTURE });
    }
  });

  step("a quick fix writes the better words", async () => {
    const { x, y } = await window.place("failed to attend");
    await window.page.mouse.click(x, y);
    await window.page.keyboard.press("Control+.");
    await window.page.locator(".action-widget .monaco-list-row.focused", { hasText: "Write “did not attend”" }).waitFor();
    await window.page.keyboard.press("Enter");
    await window.place("Mum did not attend");
    await marked(count - 1).waitFor();
  });

  step("words are marked as they are typed", async () => {
    await window.page.keyboard.press("Control+End");
    await window.page.keyboard.type("Dad refused to engage.");
    await marked(count).waitFor();
  });

  step("the whole workspace is checked when asked for", async () => {
    const other = window.page.locator(".markers-panel .monaco-list-row", { hasText: "second.txt" });
    await window.command("View: Toggle Problems");
    await window.page.locator(".markers-panel .monaco-list-row", { hasText: "visit.txt" }).waitFor();
    assert.equal(await other.count(), 0);
    await window.command("Case notes: Check the Whole Workspace");
    await other.waitFor();
  });

  step("it can be switched off and on again", async () => {
    await window.command("Case notes: Switch Off for This Workspace");
    await window.status("Case notes: off").waitFor();
    await window.page.locator(".squiggly-warning").first().waitFor({ state: "detached" });
    await window.command("Case notes: Switch On for This Workspace");
    await marked(count).waitFor();
  });

  step("the log holds no words of a note", async () => {
    await window.openNote("second.txt");
    await window.place(CANARY);
    await marked(1).waitFor();
    assert.match(window.logs(), /Starting .*fsm-language-server/);
    assert.ok(!window.logs().includes(CANARY));
  });

  step("a program that is not there is said to be, with the way to install it", async () => {
    window.set({ "fsm-language.server.path": "/nowhere/fsm-language-server" });
    await window.status("Case notes: not set up").waitFor();
    await window.page.locator(".notification-toast").getByText("Show me how to install it").click();
    await window.page.locator(".tab.active", { hasText: "install.md" }).waitFor();
  });
});
