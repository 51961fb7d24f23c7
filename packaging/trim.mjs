/**
 * Leaves in a built `dist` what a user of the package needs: code in few files and without comments, the
 * declarations of what the package offers, which keep theirs, and the manual page, from the source of `--help`.
 *
 *   node packaging/trim.mjs [folder of the package]
 */
import { execFileSync } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { bundle } from "./bundle.mjs";

const root = resolve(process.argv[2] ?? ".");
const main = resolve(import.meta.dirname, "../dist/src/cli/main.js");
const manual = execFileSync(process.execPath, [main, "man"]);
await bundle(root);
writeFileSync(join(root, "dist/hellfact.1"), manual);
// What was built has changed: the next build is not to take it for its own.
rmSync(join(root, "dist/.tsbuildinfo"), { force: true });
