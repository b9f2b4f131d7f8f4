/** Where the server is looked for, and in which order. */

import assert from "node:assert/strict";
import { chmodSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import * as path from "node:path";
import { beforeEach, describe, it } from "node:test";

import { PROGRAM, find } from "../src/program";

const SCRIPTS = process.platform === "win32" ? "Scripts" : "bin";
let folder = "";

/** Puts a program below the test's folder. */
function program(...parts: string[]): string {
  const file = path.join(folder, ...parts, PROGRAM);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, "", { mode: 0o755 });
  return file;
}

describe("the server is found", () => {
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "find-"));
  });

  it("where the setting says, before all else", () => {
    const chosen = program("chosen");
    program(".venv", SCRIPTS);
    assert.equal(find({ setting: chosen, folders: [folder], path: "" }), chosen);
  });

  it("where the setting says with the workspace folder put in", () => {
    const chosen = program("tools");
    assert.equal(find({ setting: `\${workspaceFolder}/tools/${PROGRAM}`, folders: [folder], path: "" }), chosen);
  });

  it("nowhere else when the setting names nothing that is there", () => {
    program(".venv", SCRIPTS);
    assert.equal(find({ setting: "~/not there", folders: [folder], path: "" }), undefined);
  });

  it("below the home folder when the setting begins with a tilde", () => {
    const chosen = program("at home");
    const setting = `~/${path.relative(homedir(), chosen)}`;
    assert.equal(find({ setting, folders: [], path: "" }), chosen);
  });

  for (const environment of [".venv", "venv", "env"]) {
    it(`in the folder's virtual environment ${environment}`, () => {
      const there = program(environment, SCRIPTS);
      const onPath = program("on the path");
      assert.equal(find({ setting: "", folders: [folder], path: path.dirname(onPath) }), there);
    });
  }

  it("in the first folder that has it", () => {
    program("two", ".venv", SCRIPTS);
    const first = program("one", ".venv", SCRIPTS);
    const folders = ["none", "one", "two"].map((name) => path.join(folder, name));
    assert.equal(find({ setting: "", folders, path: "" }), first);
  });

  it("beside the interpreter of the Python extension, before the PATH", () => {
    const beside = program("python");
    const onPath = program("on the path");
    const interpreter = path.join(folder, "python", "python3");
    assert.equal(find({ setting: "", folders: [], interpreter, path: path.dirname(onPath) }), beside);
  });

  it("on the PATH, past folders that do not have it and those that are not absolute", () => {
    const onPath = program("on the path");
    const search = ["relative", path.join(folder, "empty"), path.dirname(onPath)].join(path.delimiter);
    assert.equal(find({ setting: "", folders: [], path: search }), onPath);
  });

  it("nowhere when only a folder or a file that cannot be run has its name", () => {
    mkdirSync(path.join(folder, "one", PROGRAM), { recursive: true });
    chmodSync(program("two"), 0o644);
    const search = ["one", "two"].map((name) => path.join(folder, name)).join(path.delimiter);
    assert.equal(find({ setting: "", folders: [], path: search }), undefined);
  });
});
