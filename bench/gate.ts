/**
 * How often the gate is right, live and replayed, beside the rules that others decide by.
 *
 *   npm run bench:gate [-- budget [alone|loaded [slowdowns in %]]]    such as: npm run bench:gate -- 10m loaded 0,5
 *
 * Live gates run until the budget ends: unchanged variants, a rebuilt copy, and variants of known slowdown.
 * `loaded` starts a competitor that burns a core half of the time. Every pair is kept under `out/`;
 * thousands of gates are then drawn anew from all pairs of unchanged variants that were ever kept there.
 */
import { appendFileSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { knownGate } from "../src/studies/gate/measure/self-test.js";
import { decide, type Answer, type DecidedPair } from "../src/studies/gate/decide/decide.js";
import { decidedPair } from "../src/studies/gate/measure/pair-figures.js";
import { CONFIRMING, INTERIM_ANALYSES } from "../src/studies/gate/decide/rules.js";
import { selfTestText } from "../src/studies/gate/report/self-test.js";
import type { GatePair } from "../src/studies/gate/document.js";
import { proportion } from "../src/stats/proportion.js";
import { seededUniform } from "../src/stats/random.js";
import { competitor } from "./competitor.js";
import { OTHER_RULES } from "./gate-rivals.js";

const [, digits = "5", unit = "m"] = /^(\d+)([sm])$/.exec(process.argv[2] ?? "5m") ?? [];
const budgetSeconds = Number(digits) * (unit === "m" ? 60 : 1);
const isLoaded = process.argv[3] === "loaded";
const where = isLoaded ? "loaded" : "alone";
const keptGates = `out/gates-${where}.ndjson`;
const keptPairs = `out/gate-pairs-${where}.ndjson`;
const GATES = 1000;
const SLOWDOWNS = (process.argv[4] ?? "0,5,0,10,0,-5").split(",").map((text) => Number(text) / 100);

interface KeptGate {
  readonly slowdown: number;
  readonly answer: Answer;
  readonly seconds: number;
}
interface KeptPair {
  readonly slowdown: number;
  readonly pair: GatePair;
}

mkdirSync("out", { recursive: true });
await runLive();
const gates = linesOf<KeptGate>(keptGates);
console.log(
  `live gates on this machine, ${isLoaded ? "beside a half-busy competitor" : "as it is"}`,
);
process.stdout.write(selfTestText([...new Set(gates.map((gate) => gate.slowdown))].map(counted)));
replay();

function linesOf<T>(file: string): T[] {
  if (!existsSync(file)) return [];
  return readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as T);
}

/** Gates one after the other, as long as another one fits into the budget. */
async function runLive(): Promise<void> {
  const rival = isLoaded ? competitor() : undefined;
  const { signal } = new AbortController();
  let longest = 0;
  for (let index = linesOf(keptGates).length; ; index++) {
    const before = performance.now() / 1000;
    if (before + longest >= budgetSeconds) break;
    const slowdown = SLOWDOWNS[index % SLOWDOWNS.length] ?? 0;
    const seed = Math.floor(Math.random() * 2 ** 31);
    const { gate } = await knownGate(slowdown, seed, signal, (...[, , , , pair]) =>
      appendFileSync(keptPairs, `${JSON.stringify({ slowdown, pair })}\n`),
    );
    const { answer, seconds } = gate;
    appendFileSync(keptGates, `${JSON.stringify({ slowdown, answer, seconds })}\n`);
    longest = Math.max(longest, performance.now() / 1000 - before);
  }
  rival?.kill("SIGKILL");
}

function counted(slowdown: number) {
  const own = gates.filter((gate) => gate.slowdown === slowdown);
  const count = (answer: Answer) => own.filter((gate) => gate.answer === answer).length;
  return {
    kind: named(slowdown),
    counts: { pass: count("pass"), fail: count("fail"), inconclusive: count("inconclusive") },
    seconds: own.map(({ seconds }) => seconds),
  };
}

function named(slowdown: number): string {
  if (slowdown === 0) return "unchanged";
  return `${Math.abs(100 * slowdown)} % ${slowdown > 0 ? "slower" : "faster"}`;
}

/** Gates drawn from recorded pairs of unchanged variants, made slower by what is added to their logs. */
function replay(): void {
  const unchanged = linesOf<KeptPair>(keptPairs)
    .filter(({ slowdown }) => slowdown === 0)
    .map(({ pair }) => pair);
  if (unchanged.length < 10) {
    console.log("too few recorded pairs of unchanged variants to replay");
    return;
  }
  const uniform = seededUniform(42);
  const most = (INTERIM_ANALYSES.at(-1) ?? 0) + (CONFIRMING.at(-1) ?? 0);
  console.log(
    `${GATES} gates of each kind, drawn from ${unchanged.length} recorded pairs: FAIL %, 95 %`,
  );
  for (const effect of [0, 0.05, 0.1, -0.05]) {
    const fails = new Map<string, number>();
    const add = (rule: string, failed: boolean) =>
      fails.set(rule, (fails.get(rule) ?? 0) + Number(failed));
    let inconclusive = 0;
    for (let gate = 0; gate < GATES; gate++) {
      // Variants do not differ, so either may be called the candidate: that keeps the truth at 0.
      const drawn = Array.from({ length: most }, () => {
        const pair = unchanged[Math.floor(uniform() * unchanged.length)] as GatePair;
        const turned = uniform() < 0.5 ? pair : turnedRound(pair);
        return slowed(turned, effect);
      });
      const { answer } = decide(1, drawn.map(logsOf), gate);
      add("hellfact gate", answer === "fail");
      inconclusive += Number(answer === "inconclusive");
      for (const [rule, isFail] of Object.entries(OTHER_RULES)) add(rule, isFail(drawn));
    }
    console.log(` ${named(effect)}; inconclusive ${((100 * inconclusive) / GATES).toFixed(1)} %`);
    for (const [rule, count] of fails) {
      const { share, low, high } = proportion(count, GATES);
      const [a, b, c] = [share, low, high].map((value) => (100 * value).toFixed(2));
      console.log(`   ${rule.padEnd(46)} ${a?.padStart(6)}  (${b} to ${c})`);
    }
  }
}

function logsOf(pair: GatePair): DecidedPair {
  return decidedPair(pair, 2);
}

function turnedRound(pair: GatePair): GatePair {
  return { ...pair, baseline: pair.candidate, candidate: pair.baseline };
}

function slowed(pair: GatePair, effect: number): GatePair {
  const turns = pair.candidate.turns.map((turn) => ({
    ...turn,
    cpuSeconds: turn.cpuSeconds * (1 + effect),
    wallSeconds: turn.wallSeconds * (1 + effect),
  }));
  return { ...pair, candidate: { ...pair.candidate, turns } };
}
