/**
 * Whether curves foretell what happens: watches processes for a while, predicts from their curves
 * what jobs of other lengths cost, where one codec overtakes another, and what recycling a worker
 * loses; then runs such jobs, in turns with the watched ones, and compares.
 *
 *   npm run bench:warmup [-- rounds]
 */
import { median } from "simple-statistics";
import { DEFAULT_PROFILE } from "../generators/profile.js";
import { ask } from "../src/process/ask.js";
import type { WatchOutcome, WatchPlan } from "../src/studies/warmup/measure/first-facts.js";
import { openPayload } from "../src/payload/payload.js";
import { collectPool } from "../src/payload/pool.js";
import { atUsualSpeed } from "../src/studies/warmup/measure/usual-speed.js";
import { curveOf, figuresOf, processCurve } from "../src/studies/warmup/measure/warmup-figures.js";
import type { WatchedProcess } from "../src/studies/warmup/document.js";
import { costOf, crossover, recycleLoss, type CostCurve } from "../src/stats/cost-curve.js";

const CODECS = ["json", "protobuf"] as const;
type Codec = (typeof CODECS)[number];
/** Lives of a worker that is started anew. */
const LIVES = [300, 1_000, 4_000];
const ROUNDS = Number(process.argv[2] ?? 12);
const WATCH_SECONDS = 1.5;

const payload = { kind: "generator", seed: 42, profile: DEFAULT_PROFILE } as const;
const { size: poolSize } = await collectPool(await openPayload(payload), null);

interface Found {
  readonly codec: Codec;
  /** `null` for one that is watched for a while. */
  readonly life: number | null;
  readonly watched: WatchedProcess[];
}
const found: Found[] = CODECS.flatMap((codec) =>
  [null, ...LIVES].map((life) => ({ codec, life, watched: [] })),
);
for (let round = 1; round <= ROUNDS; round++) {
  for (const { codec, life, watched } of found) {
    watched.push({ round, ...(await watch(codec, life)) });
  }
}
// The machine changes its speed from one process to the next, of which no curve can tell.
const even = atUsualSpeed(found);
const processesOf = (codec: Codec, life: number | null): WatchedProcess[] =>
  even[found.findIndex((one) => one.codec === codec && one.life === life)] ?? [];
const costsOf = (codec: Codec, life: number) => processesOf(codec, life).map(costIn);

const curves = Object.fromEntries(
  CODECS.map((codec) => [codec, curveOf(figuresOf(processesOf(codec, null)))]),
) as Record<Codec, CostCurve>;
console.log("codec     facts   CPU-s predicted   measured   off by     lost predicted   measured");
for (const codec of CODECS) {
  for (const life of LIVES) {
    const predicted = costOf(curves[codec], life);
    const measured = median(costsOf(codec, life));
    const lost = 1 - (life * curves[codec].steadySecondsPerFact) / measured;
    console.log(
      codec.padEnd(9),
      String(life).padStart(5),
      predicted.toFixed(3).padStart(17),
      measured.toFixed(3).padStart(10),
      percentText(offBy(codec, life)).padStart(8),
      percentText(recycleLoss(curves[codec], life)).padStart(18),
      percentText(lost).padStart(10),
    );
  }
}

const crossings = Array.from({ length: ROUNDS }, (_, round) => crossingsIn(round));
const both = crossings.flatMap(({ predicted, measured }) =>
  predicted === undefined || measured === undefined ? [] : [{ predicted, measured }],
);
const middle = (value: (pair: (typeof both)[number]) => number) => median(both.map(value));
console.log(`\nprotobuf overtakes json in ${both.length} of ${ROUNDS} rounds.`);
if (both.length > 0) {
  console.log(
    `At fact ${middle((pair) => pair.predicted).toFixed(0)} by the curves of whole lives, at fact ` +
      `${middle((pair) => pair.measured).toFixed(0)} by the jobs that were run; round by round off by ` +
      `${percentText(middle((pair) => pair.predicted / pair.measured) - 1)}.`,
  );
}

/** How far a round's own curve is off the job that was run in the same round, at the median. */
function offBy(codec: Codec, life: number): number {
  const costs = costsOf(codec, life);
  const ratios = processesOf(codec, null).map(
    (process, round) => costOf(processCurve(process), life) / (costs[round] ?? NaN),
  );
  return median(ratios) - 1;
}

/** Where the curves of a round cross, and the costs of its jobs, in straight lines between those. */
function crossingsIn(round: number) {
  const own = (codec: Codec) => processCurve(processesOf(codec, null)[round] as WatchedProcess);
  const ofJobs = (codec: Codec): CostCurve => ({
    startSeconds: 0,
    points: LIVES.map((life) => [life, costsOf(codec, life)[round] ?? NaN] as const),
    steadySecondsPerFact: own(codec).steadySecondsPerFact,
  });
  return {
    predicted: crossover(own("protobuf"), own("json")),
    measured: crossover(ofJobs("protobuf"), ofJobs("json")),
  };
}

async function watch(codec: Codec, facts: number | null): Promise<Omit<WatchedProcess, "round">> {
  const plan: WatchPlan = {
    ...{ codec, compressor: "none", file: null, payload, poolSize, facts },
    ...{ cpuSeconds: facts === null ? WATCH_SECONDS : 60, prewarmSeconds: 0, sharedWith: [] },
  };
  const asked = await ask<WatchOutcome>(
    new URL("../src/studies/warmup/measure/first-facts-process.js", import.meta.url),
    plan,
    { patienceSeconds: 60 },
  );
  if ("reason" in asked) throw new Error(asked.reason);
  if (asked.answer.status !== "ok") throw new Error(asked.answer.reason);
  return asked.answer.watched;
}

function costIn({
  startCpuSeconds,
  loadCpuSeconds,
  blocks,
}: Omit<WatchedProcess, "round">): number {
  const work = blocks.reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0);
  return startCpuSeconds + loadCpuSeconds + work;
}

function percentText(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
