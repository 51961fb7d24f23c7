/**
 * Whether a comparison says the same twice: runs the default one two times in a row and counts the
 * scenarios whose intervals overlap.
 *
 *   npm run bench:repeat
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { median } from "simple-statistics";
import { describe } from "../src/trial/scenario.js";
import type { ScenarioResult } from "../src/trial/result.js";
import { loadResults } from "../src/studies/compare/load.js";

const MAIN = fileURLToPath(new URL("../src/cli/main.js", import.meta.url));
const out = mkdtempSync(join(tmpdir(), "hellfact-repeat-"));

function compare(): ScenarioResult[] {
  const { status } = spawnSync(process.execPath, [MAIN, "bench", "--out", out, "--json"], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  if (status !== 0) throw new Error(`hellfact bench ended with ${status}`);
  const { scenarios } = loadResults(join(out, "latest.json"));
  return scenarios.filter((scenario) => scenario.status === "ok");
}

const first = compare();
const second = compare();
rmSync(out, { recursive: true });

let overlapping = 0;
for (const [index, scenario] of first.entries()) {
  const [a, b] = [scenario.factsPerSecond, second[index]?.factsPerSecond];
  if (a === null || b === null || b === undefined)
    throw new Error(`${describe(scenario)}: no rate`);
  const overlaps = a.low <= (b.high ?? Infinity) && b.low <= (a.high ?? Infinity);
  if (overlaps) overlapping += 1;
  else
    console.log(
      `apart: ${describe(scenario)} ${a.median.toFixed(0)} and ${b.median.toFixed(0)} facts/s`,
    );
}
const changes = first.map((scenario, index) =>
  Math.abs(
    Math.log(
      (second[index]?.factsPerSecond?.median ?? NaN) / (scenario.factsPerSecond?.median ?? NaN),
    ),
  ),
);
console.log(
  `${overlapping} of ${first.length} intervals overlap, ${((overlapping / first.length) * 100).toFixed(0)} % ` +
    `(wanted: 90 %); medians differ by ${(Math.expm1(median(changes)) * 100).toFixed(1)} % at the median.`,
);
