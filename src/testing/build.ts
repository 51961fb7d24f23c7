import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";

const KERNEL = "src/fast-gzip/kernel";
const BUILT_KERNELS = ["dist/src/fast-gzip/kernel.wasm", "dist/src/fast-gzip/inflate.wasm"];

/** Builds `dist/`, because tests that start processes start what users start; what is built already is left. */
export default function setup(): void {
  const npm = (...words: string[]) => execFileSync("npm", words, { stdio: "inherit" });
  if (!kernelsAreBuilt()) npm("run", "--silent", "build:gzip");
  npm("run", "--silent", "build:types");
  npm("run", "--silent", "build:typebox");
  npm("run", "--silent", "build:page");
}

function kernelsAreBuilt(): boolean {
  if (!BUILT_KERNELS.every((path) => existsSync(path))) return false;
  const built = Math.min(...BUILT_KERNELS.map((path) => statSync(path).mtimeMs));
  return readdirSync(KERNEL, { recursive: true, encoding: "utf8" }).every(
    (name) => statSync(join(KERNEL, name)).mtimeMs < built,
  );
}
