/**
 * Runs a short comparison, the tests and a short gate on several versions of Node, one after the other. Versions that
 * are not in the cache of `out` are installed into it; what is not to be had is said, and the others go on. Native
 * packages were built for the Node that installed them: where they do not load, tests of them are skipped visibly.
 *
 *   npm run check:runtimes [-- --runtime node@24,node@26] [--tests src/core,src/codecs] [--budget 15s] [--gate 3m]
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { cacheFolder } from "../dist/src/runtimes/cache.js";
import { resolveRuntimes } from "../dist/src/runtimes/resolve.js";

const TAIL_LINES = 30;
const CODEC = `export default {
  name: "own", format: "json", fileExtension: "ndjson", framing: "newline", layout: "row",
  needsSchema: false, npmPackage: null, mode: "", losses: ["negative-zero"], abilities: ["encode", "decode"],
  open: () => ({
    encode: (fact, out) => out.utf8(JSON.stringify(fact)),
    decode: (bytes) => JSON.parse(new TextDecoder().decode(bytes)),
  }),
};
`;

const { values } = parseArgs({
  options: {
    runtime: { type: "string", default: "node@20,node@22,node@24,node@26" },
    tests: { type: "string", default: "" },
    budget: { type: "string", default: "15s" },
    gate: { type: "string", default: "3m" },
  },
});
const list = (text) => text.split(",").filter((part) => part !== "");
const { tests, budget, gate } = values;
const folder = resolve("out", "check-runtimes");
const cache = cacheFolder("out");
const { runtimes, problems } = await resolveRuntimes(list(values.runtime), {
  cache,
  onInstall: (name) => console.log(`installing ${name} into ${cache}`),
});
for (const problem of problems) console.log(`skipped: ${problem}`);

const MAIN = "dist/src/cli/main.js";
let failed = 0;
for (const { name, binary } of runtimes) {
  const out = join(folder, name);
  mkdirSync(out, { recursive: true });
  const [old, copy] = ["old.mjs", "copy.mjs"].map((file) => join(out, file));
  for (const file of [old, copy]) writeFileSync(file, CODEC);
  const arms = ["--baseline", old, "--candidate", copy, "--fact-size", "4KB"];
  const steps = {
    start: [MAIN, "bench", "--budget", budget, "--quiet", "--out", out],
    // A gate that is so short mostly cannot tell; it must not find a difference between a file and its copy.
    gate: [MAIN, "gate", ...arms, "--budget", gate, "--quiet", "--out", out],
    tests: ["node_modules/vitest/vitest.mjs", "run", ...list(tests)],
  };
  for (const [step, words] of Object.entries(steps)) {
    const log = join(out, `${step}.log`);
    const { status, stdout, stderr } = spawnSync(binary, words, {
      encoding: "utf8",
      maxBuffer: 2 ** 28,
      env: {
        ...process.env,
        PATH: [dirname(binary), process.env.PATH].join(delimiter),
        NO_COLOR: "1",
      },
    });
    writeFileSync(log, stdout + stderr);
    const isFine = status === 0 || (step === "gate" && status === 3);
    failed += isFine ? 0 : 1;
    console.log(
      `${name.padEnd(14)} ${step.padEnd(6)} ${isFine ? "ok" : "FAILED"}   ${resultOf(step, log)}`,
    );
    if (!isFine) console.log(readFileSync(log, "utf8").split("\n").slice(-TAIL_LINES).join("\n"));
  }
}
process.exitCode = failed === 0 ? 0 : 1;

/** What a step has to say for itself, in a few words. */
function resultOf(step, log) {
  const text = readFileSync(log, "utf8");
  const said = {
    start: /^with zstd.*$/m,
    gate: /\b(?:PASS|FAIL|INCONCLUSIVE)\b/,
    tests: /^\d+ passed, \d+ failed.*$/m,
  };
  return said[step].exec(text.replaceAll(/^ /gm, ""))?.[0] ?? "";
}
