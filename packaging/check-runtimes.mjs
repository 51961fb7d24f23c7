/**
 * Runs `npm start` (shortened to `--budget`), a gate between a codec's file and its copy (on facts of 4 KB) and
 * the tests on several versions of Node, one after the other, and says how long each took. Versions that
 * are not in the cache of `out` are installed into it; what is not to be had is said, and the others go on. Native
 * packages were built for the Node that installed them: where they do not load, tests of them are skipped visibly.
 *
 *   npm run check:runtimes [-- --runtime node@24,node@26] [--steps start,gate,tests] [--tests src/core,src/codecs]
 *                          [--budget 15s] [--gate 10m]
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
    steps: { type: "string", default: "start,gate,tests" },
    tests: { type: "string", default: "" },
    budget: { type: "string", default: "15s" },
    // It ends when it is decided; a busy machine takes long for a pair, and it refuses what has no time for twelve.
    gate: { type: "string", default: "10m" },
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
    // Where it cannot tell (3) that is no fault; it must not find a difference between a file and its copy.
    gate: [MAIN, "gate", ...arms, "--budget", gate, "--quiet", "--out", out],
    tests: ["node_modules/vitest/vitest.mjs", "run", ...list(tests)],
  };
  for (const step of list(values.steps)) {
    const words = steps[step];
    if (words === undefined) throw new Error(`--steps: ${Object.keys(steps).join(", ")}`);
    const start = performance.now();
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
      `${name.padEnd(14)} ${step.padEnd(6)} ${isFine ? "ok" : "FAILED"} ${seconds(start)}   ${resultOf(step, log)}`,
    );
    if (!isFine) console.log(readFileSync(log, "utf8").split("\n").slice(-TAIL_LINES).join("\n"));
  }
}
process.exitCode = failed === 0 ? 0 : 1;

function seconds(start) {
  return `${Math.round((performance.now() - start) / 1000)} s`.padStart(7);
}

/** What a step has to say for itself, in a few words. */
function resultOf(step, log) {
  const text = readFileSync(log, "utf8");
  const said = {
    start: /^with zstd.*$/m,
    gate: /^(?:PASS|FAIL|\?{4}) .*$/m,
    tests: /^\d+ passed, \d+ failed.*$/m,
  };
  return said[step].exec(text.replaceAll(/^ /gm, ""))?.[0] ?? "";
}
