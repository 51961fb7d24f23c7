import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";

const KERNEL = "src/fast-gzip/kernel";
const BUILT_KERNEL = "dist/src/fast-gzip/kernel.wasm";

/** Builds `dist/`, because tests that start processes start what users start; what is built already is left. */
export default function setup(): void {
  const npm = (...words: string[]) => execFileSync("npm", words, { stdio: "inherit" });
  if (!kernelIsBuilt()) npm("run", "--silent", "build:gzip");
  npm("run", "--silent", "build:types");
  npm("run", "--silent", "build:typebox");
  npm("run", "--silent", "build:page");
}

function kernelIsBuilt(): boolean {
  if (!existsSync(BUILT_KERNEL)) return false;
  const { mtimeMs: built } = statSync(BUILT_KERNEL);
  return readdirSync(KERNEL).every((name) => statSync(join(KERNEL, name)).mtimeMs < built);
}
