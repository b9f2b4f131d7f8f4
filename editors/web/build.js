/** Puts the component into one file, `dist/fsm-language.js`, for a recording system that wants no more than that. */

import { copyFile } from "node:fs/promises";
import { build } from "esbuild";

await build({
  entryPoints: ["component/fsm-language.js"],
  outdir: "dist",
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  banner: { js: "/* fsm-language, MIT licence */" },
});
await copyFile("component/types.d.ts", "dist/types/types.d.ts");
