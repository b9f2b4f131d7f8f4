// Lints text files with Harper: node harper.mjs FILE...
import { readFileSync } from "node:fs";
import { join } from "node:path";

const place = join(process.env.PEERS, "node_modules", "harper.js", "dist");
const { LocalLinter } = await import(join(place, "index.js"));
const { binary } = await import(join(place, "binary.js"));
const linter = new LocalLinter({ binary });
let found = 0;
for (const file of process.argv.slice(2)) found += (await linter.lint(readFileSync(file, "utf8"))).length;
console.log(`${found} found`);
