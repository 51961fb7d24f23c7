/**
 * Whether a comparison says the same twice, and how precisely: runs the default one two times in a row. Prints how
 * wide intervals are, whether every pair of rows that differs by 15 % is significantly different, and how many
 * intervals of the one overlap those of the other. Exits with 1 where less holds than is wanted.
 *
 *   npm run bench:repeat                        two times 80 s
 *   npm run bench:repeat -- --codec json,msgpackr --budget 30s     with options of hellfact bench
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
import { halfWidth } from "../src/studies/compare/report/marks.js";
import { ratioOf } from "../src/studies/compare/report/rows.js";
import { isUndecided } from "../src/stats/compare.js";

const MAIN = fileURLToPath(new URL("../src/cli/main.js", import.meta.url));
const WANTED = { overlap: 0.95, halfWidth: 0.04, difference: 1.15 };
/** What a default comparison is shown by; the rest is not on its first screen. */
const SHOWN = new Set(["write", "read"]);

const out = mkdtempSync(join(tmpdir(), "hellfact-repeat-"));

function compare(): ScenarioResult[] {
  const words = ["bench", "--out", out, "--json", ...process.argv.slice(2)];
  const { status } = spawnSync(process.execPath, [MAIN, ...words], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  if (status !== 0) throw new Error(`hellfact bench ended with ${status}`);
  const { scenarios } = loadResults(join(out, "latest.json"));
  return scenarios.filter(({ status: made, direction }) => made === "ok" && SHOWN.has(direction));
}

const first = compare();
const second = compare();
rmSync(out, { recursive: true });

const widths = [...first, ...second].map(halfWidth);
const trials = [...first, ...second].map((scenario) => scenario.trials.length);
const usualWidth = median(widths);
console.log(
  `${first.length} scenarios, ${Math.min(...trials)} to ${Math.max(...trials)} trials each: half-widths ` +
    `${percent(Math.min(...widths))} to ${percent(Math.max(...widths))}, at the median ${percent(usualWidth)} ` +
    `(wanted: ${percent(WANTED.halfWidth)})`,
);

let different = 0;
let decided = 0;
for (const run of [first, second]) {
  for (const [a, b] of pairsOf(run)) {
    const ratio = ratioOf(a, b);
    if (ratio === undefined) continue;
    if (Math.max(ratio.median, 1 / ratio.median) < WANTED.difference) continue;
    different += 1;
    if (isUndecided(ratio)) {
      console.log(`not decided: ${describe(a)} is ${ratio.median.toFixed(2)} × ${describe(b)}`);
    } else decided += 1;
  }
}
console.log(
  `${decided} of ${different} pairs that differ by 15 % or more are significantly different (wanted: all)`,
);

const places = first.map((scenario) => describe(scenario));
let overlapping = 0;
const changes: number[] = [];
for (const scenario of second) {
  const before = first[places.indexOf(describe(scenario))]?.factsPerSecond;
  const after = scenario.factsPerSecond;
  // What there was no time for in one of them.
  if (before == null || after === null) continue;
  changes.push(Math.abs(Math.log(after.median / before.median)));
  const overlaps = before.low <= (after.high ?? Infinity) && after.low <= (before.high ?? Infinity);
  if (overlaps) overlapping += 1;
  else {
    const medians = `${before.median.toFixed(0)} and ${after.median.toFixed(0)}`;
    console.log(`apart: ${describe(scenario)} ${medians} facts/s`);
  }
}
const overlap = overlapping / changes.length;
console.log(
  `${overlapping} of ${changes.length} intervals overlap, ${percent(overlap)} (wanted: ${percent(WANTED.overlap)}); ` +
    `medians differ by ${percent(Math.expm1(median(changes)))} at the median.`,
);
const holds = overlap >= WANTED.overlap && decided === different && usualWidth <= WANTED.halfWidth;
process.exitCode = holds ? 0 : 1;

/** Every two that are compressed alike and go the same way. */
function pairsOf(scenarios: readonly ScenarioResult[]): [ScenarioResult, ScenarioResult][] {
  return scenarios.flatMap((a, index) =>
    scenarios
      .slice(index + 1)
      .filter((b) => a.direction === b.direction && a.compressor === b.compressor)
      .map((b): [ScenarioResult, ScenarioResult] => [a, b]),
  );
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
