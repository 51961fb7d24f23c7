/**
 * Leaves in a built `dist` what a user of the package needs: code in few files and without comments, and the
 * declarations of what the package offers, which keep theirs; and in README.md no link to pages that stay in the
 * repository, until packaging/readme.mjs puts it back.
 *
 *   node packaging/trim.mjs [folder of the package]
 */
import { rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { bundle } from "./bundle.mjs";
import { readmeForPackage } from "./readme.mjs";

const root = resolve(process.argv[2] ?? ".");
await bundle(root);
readmeForPackage(root);
// What was built has changed: the next build is not to take it for its own.
rmSync(join(root, "dist/.tsbuildinfo"), { force: true });
