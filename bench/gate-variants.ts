/**
 * Which variants are quietest: the SD of a pair's log ratio between two copies of one codec, for the
 * ways in which a pair can be made, and for the ways in which its turns can become one number.
 *
 *   npm run bench:gate-variants [-- seconds [codec [loaded]]]
 *
 * `loaded` starts a competitor that burns a core half of the time. Pairs are kept under `out/`, and
 * those of earlier runs count again. Read the lines of one machine against each other.
 */
import { fork } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, mkdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { mean, median, sampleStandardDeviation } from "simple-statistics";
import { DEFAULT_PROFILE } from "../generators/profile.js";
import { VariantBench } from "../src/studies/gate/measure/variant-bench.js";
import { VariantProcess } from "../src/studies/gate/measure/variant.js";
import { inRandomOrder, runPair, type PairReading } from "../src/studies/gate/measure/pair.js";
import type { VariantName, VariantPlan, Turn } from "../src/studies/gate/measure/plan.js";
import { openPayload } from "../src/payload/payload.js";
import { collectPool } from "../src/payload/pool.js";
import { seededUniform, shuffled } from "../src/stats/random.js";
import { competitor } from "./competitor.js";

const seconds = Number(process.argv[2] ?? 50);
const codec = process.argv[3] ?? "json";
const isLoaded = process.argv[4] === "loaded";
const kept = `out/gate-variants-${codec}-${isLoaded ? "loaded" : "alone"}.ndjson`;

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
    const variant = new VariantProcess(signal);
    const ready = await variant.open(planOf(warmUpPasses));
    const done: Turn[] = [];
    for (let turn = 0; turn < turns; turn++) done.push(await variant.turn(poolSize.facts));
    variant.close();
    found[name] = { ready, turns: done };
  }
  return found as PairReading;
}

function byTurns(warmUpPasses: number, turns: number, turnSeconds: number): Promise<PairReading> {
  const plan = planOf(warmUpPasses);
  const shape = { turns, turnSeconds };
  return runPair({ baseline: plan, candidate: plan }, shape, uniform, signal);
}

/** Both variants in one process, by turns. */
async function inOneProcess(warmUpPasses: number, turns: number): Promise<PairReading> {
  const child = fork(import.meta.filename, ["both", codec, String(warmUpPasses), String(turns)]);
  const [pair] = (await once(child, "message")) as [PairReading];
  child.kill("SIGKILL");
  return pair;
}

async function both(warmUpPasses: number, turns: number): Promise<PairReading> {
  const benches = {} as Record<VariantName, VariantBench>;
  const opened = inRandomOrder(uniform);
  for (const name of opened) benches[name] = await VariantBench.open(planOf(warmUpPasses));
  const done: Record<VariantName, Turn[]> = { baseline: [], candidate: [] };
  for (let block = 0; block < turns / 2; block++) {
    const [outer, inner] = inRandomOrder(uniform);
    for (const name of [outer, inner, inner, outer])
      done[name].push(benches[name].turn(Math.round(poolSize.facts / 2)));
  }
  return {
    baseline: { ready: benches.baseline.ready(), turns: done.baseline },
    candidate: { ready: benches.candidate.ready(), turns: done.candidate },
  };
}

const WAYS: Readonly<Record<string, () => Promise<PairReading>>> = {
  "whole processes, one after the other, 8 turns each": () => oneAfterTheOther(4, 8),
  "two processes, 32 turns of 25 ms each": () => byTurns(4, 32, 0.025),
  "two processes, 16 turns of 50 ms each": () => byTurns(4, 16, 0.05),
  "two processes, 8 turns of 100 ms each": () => byTurns(4, 8, 0.1),
  "both variants in one process, 16 half passes each": () => inOneProcess(4, 16),
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

if (process.argv[2] === "both") {
  process.send?.(await both(Number(process.argv[4]), Number(process.argv[5])));
  await once(process, "disconnect");
  process.exit();
}

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
console.log(`${codec} write, ${where}: SD of a pair's log ratio, in %`);
for (const way of Object.keys(WAYS)) {
  const found = all.filter((one) => one.way === way);
  const each = mean(found.map((one) => one.seconds));
  console.log(`${way}: ${found.length} pairs, ${each.toFixed(1)} s each`);
  for (const [statistic, of] of Object.entries(STATISTICS)) {
    const ratios = found.map(({ pair }) => of(pair));
    const deviation = sampleStandardDeviation(ratios);
    const robust = 1.4826 * median(ratios.map((value) => Math.abs(value)));
    const text = [deviation, robust].map((share) => (100 * share).toFixed(2).padStart(7));
    console.log(`   ${statistic.padEnd(14)} SD ${text[0]}   by the median ${text[1]}`);
  }
}
