/** An audit with a report that has everything in it, made by the real program. */

import { execFile } from "node:child_process";
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { COMMAND } from "./serving.js";

const PLAIN = "We met at home and Sam showed me the drawing that he made at school. ";
const FOUND = "Mum failed to attend the review with the CIN team. ";

/** A new folder of audits: `new`, of the notes `now`, is compared with `old`, of those that `was` holds. */
export async function audited(was = sixty(3), now = sixty(1)) {
  const folder = await mkdtemp(join(tmpdir(), "fsm-language-report-"));
  await audit(folder, "old", was, "--group-by", "area");
  await audit(folder, "new", now, "--group-by", "area", "--compare", join(folder, "old"));
  return folder;
}

/** Sixty notes, with so many sentences in two of three that are worth a second thought. */
function sixty(worse) {
  return Array.from({ length: 60 }, (_, number) => ({
    id: `n${number}`,
    text: PLAIN.repeat(6) + FOUND.repeat(number % 3 ? worse : 0),
    team: number % 2 ? "North" : "South & <b>East</b>",
    area: number % 4 < 2 ? "Hills" : "Coast",
    date: `2026-0${1 + (number % 3)}-15`,
  }));
}

async function audit(folder, name, notes, ...options) {
  const file = join(folder, `${name}.jsonl`);
  await writeFile(file, notes.map((note) => JSON.stringify(note)).join("\n"));
  const command = ["audit", file, "--output", join(folder, name), "--no-context", "--no-tone", "--quiet", ...options];
  await promisify(execFile)(COMMAND, command);
}
