/**
 * Whether every runtime makes the same facts: the SHA-256 of the first thousand under Node 22, 24
 * and 26, Bun and Deno, beside this one. What is not in the cache of `out` is installed into it.
 *
 *   npm run bench:runtimes
 */
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { cacheFolder } from "../src/runtimes/cache.js";
import { identify } from "../src/runtimes/identify.js";
import { resolveRuntimes } from "../src/runtimes/resolve.js";
import type { Runtime } from "../src/runtimes/runtime.js";

const RUNTIMES = ["node@22", "node@24", "node@26", "bun", "deno"];
const DIGEST = fileURLToPath(new URL("./digest.js", import.meta.url));

const cache = cacheFolder("out");
const { runtimes, problems } = await resolveRuntimes(RUNTIMES, {
  cache,
  onInstall: (name) => console.log(`installing ${name} into ${cache}`),
});
for (const problem of problems) console.error(`hellfact: ${problem}`);
const own = await identify(process.execPath);
const expected = digestUnder(own);
console.log(`${own.name.padEnd(14)} ${expected}`);
const others = runtimes.map((runtime) => {
  const digest = digestUnder(runtime);
  const differs = digest === expected ? "" : "   DIFFERENT";
  console.log(`${runtime.name.padEnd(14)} ${digest}${differs}`);
  return digest;
});
const agree = others.every((digest) => digest === expected);
console.log(agree ? "All make the same facts." : "They do not make the same facts.");
process.exitCode = agree ? 0 : 1;

function digestUnder({ binary, flags }: Runtime): string {
  return execFileSync(binary, [...flags, DIGEST], { encoding: "utf8" }).trim();
}
