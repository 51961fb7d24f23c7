/**
 * Which variants are quietest: the SD of a pair's log ratio between two copies of one codec, for the
 * ways in which a pair can be made, and for the ways in which its turns can become one number.
 *
 *   npm run bench:gate-variants [-- seconds [codec [alone|loaded [slowdown in %]]]]
 *
 * `loaded` starts a competitor that burns a core half of the time. With a slowdown, the candidate is slower by so
 * much: each way has to find it whole. Pairs are kept under `out/`, and those of earlier runs count again.
 * Read the lines of one machine against each other.
 */
import { appendFileSync, mkdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { mean, median, sampleStandardDeviation } from "simple-statistics";
import { DEFAULT_PROFILE } from "../generators/profile.js";
import { allowedCores } from "../src/studies/gate/measure/pinned.js";
import { VariantProcess } from "../src/studies/gate/measure/variant.js";
import { inRandomOrder, runPair, type PairReading } from "../src/studies/gate/measure/pair.js";
import type { VariantName, VariantPlan, Turn, Way } from "../src/studies/gate/measure/plan.js";
import { openPayload } from "../src/payload/payload.js";
import { collectPool } from "../src/payload/pool.js";
import { seededUniform, shuffled } from "../src/stats/random.js";
import { competitor } from "./competitor.js";

const seconds = Number(process.argv[2] ?? 50);
const codec = process.argv[3] ?? "json";
const isLoaded = process.argv[4] === "loaded";
const slowdown = Number(process.argv[5] ?? 0) / 100;
const slower = slowdown === 0 ? "" : `-${100 * slowdown}`;
const kept = `out/gate-variants-${codec}-${isLoaded ? "loaded" : "alone"}${slower}.ndjson`;

const payload = { kind: "generator", seed: 42, profile: DEFAULT_PROFILE } as const;
const { size: poolSize } = await collectPool(await openPayload(payload), null);
const { signal } = new AbortController();
const uniform = seededUniform(Date.now());

function planOf(warmUpPasses: number): VariantPlan {
  const file = resolve(import.meta.dirname, `../src/codecs/${codec}.js`);
  const place = { name: codec, file, exportName: "default", library: null, slowdown: 0 };
  return { place, direction: "write", payload, poolSize, warmUpPasses, checks: false };
}

/** One variant after the other, each alone: what most people do. */
async function oneAfterTheOther(warmUpPasses: number, turns: number): Promise<PairReading> {
  const found: Partial<Record<VariantName, PairReading[VariantName]>> = {};
  for (const name of inRandomOrder(uniform)) {
    const variant = new VariantProcess(false, null, signal);
    const ready = await variant.open(name, planOf(warmUpPasses));
    const done: Turn[] = [];
    for (let turn = 0; turn < turns; turn++) done.push(await variant.turn(name, poolSize.facts));
    variant.close();
    found[name] = { ready, turns: done };
  }
  return found as PairReading;
}

function byTurns(
  way: Way,
  cores: readonly number[],
  turns: number,
  turnSeconds: number,
): Promise<PairReading> {
  const plan = planOf(4);
  const plans = { baseline: plan, candidate: { ...plan, place: { ...plan.place, slowdown } } };
  return runPair(plans, way, { turns, turnSeconds, cores }, uniform, signal);
}

const cores = allowedCores();
const WAYS: Readonly<Record<string, () => Promise<PairReading>>> = {
  "whole processes, one after the other, 8 turns each": () => oneAfterTheOther(4, 8),
  "two processes on any core, 16 turns of 50 ms each": () => byTurns("two-processes", [], 16, 0.05),
  "two processes on one core, 16 turns of 50 ms each": () =>
    byTurns("two-processes", cores, 16, 0.05),
  "one process on any core, 16 turns of 50 ms each": () => byTurns("one-process", [], 16, 0.05),
  "one process on one core, 16 turns of 50 ms each": () => byTurns("one-process", cores, 16, 0.05),
  "one process on one core, 8 turns of 50 ms each": () => byTurns("one-process", cores, 8, 0.05),
};

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const ratio =
  (how: (values: number[]) => number, of: (turn: Turn) => number) =>
  ({ baseline, candidate }: PairReading) =>
    Math.log(how(candidate.turns.map(of)) / how(baseline.turns.map(of)));
const wall = ({ wallSeconds }: Turn) => wallSeconds;
const cpu = ({ cpuSeconds }: Turn) => cpuSeconds;
const STATISTICS: Readonly<Record<string, (pair: PairReading) => number>> = {
  "wall, total": ratio(sum, wall),
  "wall, median": ratio(median, wall),
  "CPU, total": ratio(sum, cpu),
  "CPU, median": ratio(median, cpu),
  "wall less wait": ratio(sum, ({ wallSeconds, waitSeconds }) => wallSeconds - waitSeconds),
  "reference workload": ratio(sum, ({ referenceSeconds }) => referenceSeconds),
};

interface Found {
  readonly way: string;
  readonly seconds: number;
  readonly pair: PairReading;
}

mkdirSync("out", { recursive: true });
const rival = isLoaded ? competitor() : undefined;
while (performance.now() < seconds * 1000) {
  for (const [way, make] of shuffled(Object.entries(WAYS), uniform)) {
    const start = performance.now();
    const pair = await make();
    const found: Found = { way, seconds: (performance.now() - start) / 1000, pair };
    appendFileSync(kept, `${JSON.stringify(found)}\n`);
  }
}
rival?.kill("SIGKILL");

const all = readFileSync(kept, "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as Found);
const where = isLoaded ? "beside a half-busy competitor" : "alone";
console.log(
  `${codec} write, ${where}: a pair's log ratio, in %; its truth is ${(100 * Math.log1p(slowdown)).toFixed(2)}`,
);
for (const way of Object.keys(WAYS)) {
  const found = all.filter((one) => one.way === way);
  const each = mean(found.map((one) => one.seconds));
  console.log(`${way}: ${found.length} pairs, ${each.toFixed(1)} s each`);
  for (const [statistic, of] of Object.entries(STATISTICS)) {
    const ratios = found.map(({ pair }) => of(pair));
    const deviation = sampleStandardDeviation(ratios);
    const middle = median(ratios);
    const robust = 1.4826 * median(ratios.map((value) => Math.abs(value - middle)));
    const error = deviation / Math.sqrt(ratios.length);
    const text = [deviation, robust, mean(ratios), error].map((share) =>
      (100 * share).toFixed(2).padStart(7),
    );
    console.log(
      `   ${statistic.padEnd(18)} SD ${text[0]}  by the median ${text[1]}  mean ${text[2]} ± ${text[3]}`,
    );
  }
}
