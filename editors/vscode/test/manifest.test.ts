/** The manifest and the code name the same commands. */

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { describe, it } from "node:test";

interface Manifest {
  readonly icon: string;
  readonly contributes: {
    readonly commands: { readonly command: string; readonly title: string }[];
    readonly configuration: { readonly properties: Record<string, { readonly markdownDescription?: string }> };
  };
}

const manifest = JSON.parse(readFileSync("package.json", "utf8")) as Manifest;
const named = [...readFileSync("src/commands.ts", "utf8").matchAll(/^ {4}(\w+)[:,]/gm)].map(([, name]) => name);

describe("the manifest", () => {
  it("offers each command that the code carries out, and no other", () => {
    const offered = manifest.contributes.commands.map(({ command }) => command);
    assert.deepEqual(new Set(offered), new Set(named.map((name) => `fsm-language.${name ?? ""}`)));
  });

  it("describes every setting", () => {
    for (const [name, setting] of Object.entries(manifest.contributes.configuration.properties)) {
      assert.match(setting.markdownDescription ?? "", /\.$/, name);
    }
  });

  it("has the icon it names", () => {
    assert.ok(existsSync(manifest.icon));
  });
});
