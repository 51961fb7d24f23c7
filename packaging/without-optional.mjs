/**
 * Runs tests where no optional package is found, in processes that they start, too.
 *
 *   node packaging/without-optional.mjs FOLDER…
 */
import { spawnSync } from "node:child_process";
import { pathToFileURL } from "node:url";
import { resolve } from "node:path";

const hooks = resolve(import.meta.dirname, "../src/testing/without-optional.mjs");
const { status } = spawnSync("npx", ["vitest", "run", ...process.argv.slice(2)], {
  stdio: "inherit",
  env: { ...process.env, NODE_OPTIONS: `--import ${pathToFileURL(hooks).href}` },
});
process.exitCode = status ?? 1;
