/** Real VS Code, as it runs in a browser, with the packed extension: started, looked at and typed into. */

import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";

import { type Browser, type Locator, type Page, chromium } from "playwright-core";

const ENTRY = path.resolve(process.env.CODE_SERVER ?? "", "node_modules/code-server/out/node/entry.js");
const CHROMIUM_FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
const SETTINGS = {
  "fsm-language.server.path": path.resolve(process.env.LANGUAGE_SERVER ?? ""),
  "fsm-language.trace.server": "verbose",
  "workbench.startupEditor": "none",
  "workbench.colorTheme": "Default Light Modern",
  "security.workspace.trust.enabled": false,
  "telemetry.telemetryLevel": "off",
  "editor.wordWrap": "on",
  "editor.minimap.enabled": false,
  "editor.fontSize": 15,
  "editor.lineHeight": 1.7,
  "editor.lineNumbers": "off",
  "editor.hover.above": false,
  "window.commandCenter": false,
  "workbench.layoutControl.enabled": false,
};

export class Window {
  private constructor(
    private readonly home: string,
    private readonly running: ChildProcess,
    private readonly browser: Browser,
    readonly page: Page,
  ) {}

  /** Installs the extension, starts VS Code on a free port and opens a copy of the folder `notes` with `more` files. */
  static async open(notes: string, more: Record<string, string>): Promise<Window> {
    const home = mkdtempSync(path.join(tmpdir(), "fsm-language-vscode-"));
    const folder = path.join(home, "notes");
    const settings = path.join(home, "data", "User");
    cpSync(notes, folder, { recursive: true });
    for (const [name, text] of Object.entries(more)) {
      writeFileSync(path.join(folder, name), text);
    }
    mkdirSync(settings, { recursive: true });
    writeFileSync(path.join(settings, "settings.json"), JSON.stringify(SETTINGS));
    const [running, address] = await startServer(home, folder);
    const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: CHROMIUM_FLAGS });
    const page = await browser.newPage({ viewport: { width: 1080, height: 720 } });
    page.setDefaultTimeout(120_000);
    await page.goto(`${address}/?folder=${folder}`);
    await page.locator(".explorer-folders-view .monaco-list-row").first().waitFor();
    return new Window(home, running, browser, page);
  }

  async close(): Promise<void> {
    await this.browser.close();
    const gone = new Promise((resolve) => this.running.once("exit", resolve));
    this.running.kill();
    await gone;
    rmSync(this.home, { recursive: true, force: true, maxRetries: 5 });
  }

  /** Writes the settings of the folder. */
  set(settings: object): void {
    writeFileSync(path.join(this.home, "notes", ".vscode", "settings.json"), JSON.stringify(settings));
  }

  async openNote(name: string): Promise<void> {
    await this.page.locator(".explorer-folders-view .monaco-list-row", { hasText: name }).dblclick();
    await this.page.locator(".tab.active", { hasText: name }).waitFor();
  }

  async command(name: string): Promise<void> {
    await this.page.keyboard.press("F1");
    await this.page.locator(".quick-input-widget input").fill(`>${name}`);
    await this.page.locator(".quick-input-list .monaco-list-row", { hasText: name }).first().click();
  }

  status(text: string): Locator {
    return this.page.locator(".statusbar-item", { hasText: text });
  }

  /** Waits until a line of the editor shows `words`, and returns where on the screen their middle is. */
  async place(words: string): Promise<{ x: number; y: number }> {
    const found = await this.page.waitForFunction(placeOf, words);
    const place = await found.jsonValue();
    if (place === null) {
      throw new Error(`not on the screen: ${words}`);
    }
    return place;
  }

  /** All that VS Code and its extensions wrote into logs so far. */
  logs(): string {
    const folder = path.join(this.home, "data", "logs");
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    return files.map((entry) => readFileSync(path.join(entry.parentPath, entry.name), "utf8")).join("\n");
  }
}

/** Installs the packed extension below `home` and starts VS Code there; returns the process and its address. */
async function startServer(home: string, folder: string): Promise<[ChildProcess, string]> {
  const folders = ["--user-data-dir", path.join(home, "data"), "--extensions-dir", path.join(home, "extensions")];
  const flags = ["--bind-addr", "127.0.0.1:0", "--auth", "none", "--disable-telemetry", "--disable-update-check"];
  const env = { ...process.env, HOME: home, XDG_CONFIG_HOME: path.join(home, "config") };
  execFileSync(process.execPath, [ENTRY, ...folders, "--install-extension", "dist/fsm-language.vsix"], { env });
  const running = spawn(process.execPath, [ENTRY, ...folders, ...flags, folder], { env });
  const address = await new Promise<string>((found, failed) => {
    let said = "";
    running.stdout.on("data", (part: Buffer) => {
      said += part.toString();
      const listening = /listening on (http:\S+?)\/?\s/.exec(said)?.[1];
      if (listening !== undefined) {
        found(listening);
      }
    });
    running.once("exit", () => {
      failed(new Error(`VS Code did not start: ${said}`));
    });
  });
  return [running, address];
}

/** Runs in the page. VS Code draws spaces as no-break spaces, and a line as several pieces of text. */
function placeOf(words: string): { x: number; y: number } | null {
  for (const line of document.querySelectorAll(".view-line")) {
    const start = line.textContent.replaceAll("\u00a0", " ").indexOf(words);
    if (start < 0) {
      continue;
    }
    let before = start + words.length / 2;
    const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
    while (walker.nextNode() !== null) {
      const length = walker.currentNode.textContent?.length ?? 0;
      if (before < length) {
        const range = document.createRange();
        range.setStart(walker.currentNode, before);
        range.setEnd(walker.currentNode, before + 1);
        const { x, y, height } = range.getBoundingClientRect();
        return { x, y: y + height / 2 };
      }
      before -= length;
    }
  }
  return null;
}
