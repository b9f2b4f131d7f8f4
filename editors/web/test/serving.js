/** The programs that tests and pictures need: the real service and a browser. */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { chromium } from "playwright-core";

export const COMMAND = process.env.FSM_LANGUAGE ?? "fsm-language";
const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";
const QUIET =
  "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync";

/** A browser that asks nobody outside for anything. */
export function launch() {
  return chromium.launch({ executablePath: CHROMIUM, args: QUIET.split(" ") });
}

/** `fsm-language serve`, which can be stopped and started again at the same address. */
export class Service {
  #process = null;
  port = 0;

  async start(...origins) {
    if (this.#process) return;
    this.#process = spawn(
      COMMAND,
      ["serve", "--port", String(this.port), "--workers", "1", ...origins.flatMap((origin) => ["--origin", origin])],
      {
        stdio: ["ignore", "pipe", "pipe"],
      },
    );
    for await (const line of createInterface(this.#process.stdout)) {
      const ready = /http:\/\/127\.0\.0\.1:(\d+)\//.exec(line);
      if (!ready) continue;
      this.port = Number(ready[1]);
      return;
    }
    throw new Error("fsm-language serve ended before it was ready.");
  }

  async stop() {
    const process = this.#process;
    if (!process) return;
    this.#process = null;
    process.kill("SIGTERM");
    await once(process, "exit");
  }

  get address() {
    return `http://127.0.0.1:${this.port}/`;
  }
}
