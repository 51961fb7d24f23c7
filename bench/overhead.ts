/**
 * What measuring costs: the same laps of writing JSON with the sampler and the counters around
 * them, and bare, by turns in one process.
 *
 *   npm run bench:overhead [-- pairs]
 */
import { collectPool } from "../src/measure/pool.js";
import { measureLaps } from "../src/measure/window.js";
import { Writing } from "../src/measure/writing.js";
import { loadParts } from "../src/pipeline/parts.js";
import { generatorSource } from "../src/sources/generator.js";
import { medianInterval } from "../src/stats/median-interval.js";

const PAIRS = Number(process.argv[2] ?? 80);
const LAPS = 2;

const source = generatorSource({ seed: 42, from: 0 });
const pool = await collectPool(source, null);
const workload = new Writing({
  parts: await loadParts("json", "none"),
  pool,
  schema: source.schema,
  file: null,
  sync: "none",
});

function bareSeconds(): number {
  const start = performance.now();
  for (let lap = 0; lap < LAPS; lap++) for (const _ of workload.lap());
  return (performance.now() - start) / 1000;
}

/** Everything that a trial does around its window, the reading of counters included. */
async function measuredSeconds(): Promise<number> {
  const start = performance.now();
  const measured = measureLaps(workload, LAPS);
  const seconds = (performance.now() - start) / 1000;
  await measured;
  return seconds;
}

for (let warmUp = 0; warmUp < 5; warmUp++) {
  bareSeconds();
  await measuredSeconds();
}
const ratios: number[] = [];
for (let pair = 0; pair < PAIRS; pair++) {
  // ABBA: what drifts within a pair of pairs cancels.
  const measuredFirst = pair % 2 === 0;
  const early = measuredFirst ? await measuredSeconds() : bareSeconds();
  const late = measuredFirst ? bareSeconds() : await measuredSeconds();
  ratios.push(measuredFirst ? early / late : late / early);
}
const { median, low, high } = medianInterval(ratios);
const share = (ratio: number) => `${((ratio - 1) * 100).toFixed(2)} %`;
console.log(
  `Measuring adds ${share(median)} to ${LAPS * pool.facts.length} JSON encodes of ` +
    `${(pool.size.jsonBytes / pool.facts.length / 1000).toFixed(1)} kB ` +
    `(95 %: ${share(low)} to ${share(high)}; ${PAIRS} pairs; wanted: under 1 %).`,
);
