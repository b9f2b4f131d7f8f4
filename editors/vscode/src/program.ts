/** Finds the language server among the places where people have it. */

import { accessSync, constants, statSync } from "node:fs";
import { homedir } from "node:os";
import * as path from "node:path";

const WINDOWS = process.platform === "win32";
export const PROGRAM = WINDOWS ? "fsm-language-server.exe" : "fsm-language-server";
const SCRIPTS = WINDOWS ? "Scripts" : "bin";
const ENVIRONMENTS = [".venv", "venv", "env"];

/** Where to look. */
export interface Places {
  /** The setting `fsm-language.server.path`; empty when it is not set. */
  readonly setting: string;
  /** The folders that are open and trusted, in order. */
  readonly folders: readonly string[];
  /** The Python that the Python extension uses, if there is one. */
  readonly interpreter?: string | undefined;
  /** The environment variable `PATH`. */
  readonly path: string;
}

/**
 * Returns the language server's path: what the setting names and nothing else if it is set, otherwise the first that is
 * there in a folder's virtual environment, beside the interpreter, or on the PATH; undefined if there is none.
 */
export function find(places: Places): string | undefined {
  return candidates(places).find(isProgram);
}

function candidates({ setting, folders, interpreter, path: search }: Places): string[] {
  if (setting.trim() !== "") {
    return [filledIn(setting.trim(), folders[0])];
  }
  return [
    ...folders.flatMap((folder) => ENVIRONMENTS.map((name) => path.join(folder, name, SCRIPTS, PROGRAM))),
    ...(interpreter === undefined ? [] : [path.join(path.dirname(interpreter), PROGRAM)]),
    ...search
      .split(path.delimiter)
      .filter((folder) => path.isAbsolute(folder))
      .map((folder) => path.join(folder, PROGRAM)),
  ];
}

/** Returns the setting with the home folder and the workspace folder put in. */
function filledIn(setting: string, folder: string | undefined): string {
  const whole = setting.replace(/^~(?=[/\\]|$)/, homedir()).replaceAll("${workspaceFolder}", folder ?? ".");
  return path.normalize(whole);
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
