/**
 * What measuring costs: the same repetitions of writing JSON with the sampler and the counters around
 * them, and bare, by turns in one process.
 *
 *   npm run bench:overhead [-- pairs]
 */
import { collectPool } from "../src/payload/pool.js";
import { measureRepetitions } from "../src/trial/measurement.js";
import { Writing } from "../src/trial/writing.js";
import { loadParts } from "../src/pipeline/parts.js";
import { generatorSource } from "../src/sources/generator.js";
import { medianInterval } from "../src/stats/median-interval.js";

const PAIRS = Number(process.argv[2] ?? 200);
const REPETITIONS = 2;

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
  for (let repetition = 0; repetition < REPETITIONS; repetition++)
    for (const _ of workload.repetition());
  return (performance.now() - start) / 1000;
}

/** What the samples say it took, which is what a rate comes from, and what really passed. */
async function measuredSeconds(): Promise<{ sampled: number; passed: number }> {
  const start = performance.now();
  const measuring = measureRepetitions(workload, (done) => done === REPETITIONS);
  const passed = (performance.now() - start) / 1000;
  const { samples } = await measuring;
  return { sampled: samples.reduce((sum, { seconds }) => sum + seconds, 0), passed };
}

for (let warmUp = 0; warmUp < 5; warmUp++) {
  bareSeconds();
  await measuredSeconds();
}
const inRate: number[] = [];
const inAll: number[] = [];
for (let pair = 0; pair < PAIRS; pair++) {
  // The order changes from pair to pair, so that what drifts cancels.
  const early = pair % 2 === 0 ? bareSeconds() : undefined;
  const { sampled, passed } = await measuredSeconds();
  const bare = early ?? bareSeconds();
  inRate.push(sampled / bare);
  inAll.push(passed / bare);
}
const facts = REPETITIONS * pool.size.facts;
const kilobytes = (pool.size.jsonBytes / pool.size.facts / 1000).toFixed(1);
console.log(`${facts} JSON encodes of ${kilobytes} kB, measured and bare, ${PAIRS} pairs:`);
console.log(` in the rate that is reported   ${added(inRate)}   wanted: under 1 %`);
console.log(` with reading the counters      ${added(inAll)}   before and after the window`);

function added(ratios: readonly number[]): string {
  const { median, low, high } = medianInterval(ratios);
  const share = (ratio: number) => `${((ratio - 1) * 100).toFixed(2)} %`;
  return `${share(median)} (95 %: ${share(low)} to ${share(high)})`;
}
