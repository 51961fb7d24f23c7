/**
 * Whole gates between variants whose difference is known, so many of each kind: how often each answer was given,
 * and what a gate took.
 *
 *   npm run bench:gate-campaign [-- alone|loaded [unchanged [changed]]]    such as: -- loaded 100 0
 *
 * 100 gates of unchanged variants, and 40 each of +5, -5 and +10 %, unless other numbers are given. `loaded`
 * starts a competitor that burns a core half of the time. Each gate is a line of
 * `out/gate-campaign-alone.ndjson` (or `-loaded`) as soon as it is decided. Called again, it goes on where it
 * stopped, and when nothing is left to do it prints what was found. `npm run bench:gate -- 0s` draws more
 * gates from the pairs, which are kept too.
 */
import { appendFileSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { loadavg } from "node:os";
import { median } from "simple-statistics";
import { InputError } from "../src/core/errors.js";
import { proportion } from "../src/stats/proportion.js";
import type { GateAnswer, GateDocument, GateWays } from "../src/studies/gate/document.js";
import { knownGate } from "../src/studies/gate/measure/self-test.js";
import { competitor } from "./competitor.js";

interface Decided {
  readonly slowdown: number;
  readonly answer: GateAnswer;
  readonly seconds: number;
  readonly change: number | null;
  readonly pairs: number;
  readonly way?: GateWays["chosen"] | undefined;
  /** The spread of A/A pairs of the chosen way. */
  readonly spread?: number | undefined;
  /** The machine's, when it was decided. */
  readonly loadAverage: number;
}

const isLoaded = process.argv[2] === "loaded";
const kept = `out/gate-campaign-${isLoaded ? "loaded" : "alone"}.ndjson`;
const keptPairs = `out/gate-pairs-${isLoaded ? "loaded" : "alone"}.ndjson`;
const unchanged = Number(process.argv[3] ?? 100);
const changed = Number(process.argv[4] ?? 40);
const WANTED = new Map([
  [0, unchanged],
  [0.05, changed],
  [-0.05, changed],
  [0.1, changed],
]);

mkdirSync("out", { recursive: true });
const rival = isLoaded ? competitor() : undefined;
process.once("SIGINT", () => {
  rival?.kill("SIGKILL");
  console.log(`interrupted: the same command goes on from ${kept}`);
  process.exit(130);
});
for (;;) {
  const slowdown = next();
  if (slowdown === undefined) break;
  const decided = await decide(slowdown);
  appendFileSync(kept, `${JSON.stringify(decided)}\n`);
  const { answer, change, seconds, pairs, way } = decided;
  console.log(
    `${named(slowdown).padEnd(12)} ${answer.padEnd(12)} ${percent(change ?? NaN)} %  ${pairs} pairs ${way ?? ""}  ${seconds.toFixed(0)} s`,
  );
}
rival?.kill("SIGKILL");
summarise();

function made(): Decided[] {
  if (!existsSync(kept)) return [];
  return readFileSync(kept, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Decided);
}

/** The kind of which the smallest share is done, so that a campaign that is broken off has some of each. */
function next(): number | undefined {
  const done = made();
  const shares = [...WANTED].map(([slowdown, wanted]) => ({
    slowdown,
    share: wanted === 0 ? 1 : done.filter((one) => one.slowdown === slowdown).length / wanted,
  }));
  const [least] = shares.toSorted((a, b) => a.share - b.share);
  return least === undefined || least.share >= 1 ? undefined : least.slowdown;
}

async function decide(slowdown: number): Promise<Decided> {
  const startedAt = performance.now();
  const seed = Math.floor(Math.random() * 2 ** 31);
  const { signal } = new AbortController();
  const gate = await gateOrWhyNot(slowdown, seed, signal);
  if (gate === undefined) {
    const seconds = (performance.now() - startedAt) / 1000;
    const nothing = { answer: "inconclusive", change: null, pairs: 0 } as const;
    return { slowdown, ...nothing, seconds, loadAverage: loadavg()[0] ?? NaN };
  }
  const { answer, seconds, ways, cells } = gate;
  const tried = ways?.tried.find(({ way }) => way === ways.chosen);
  return {
    ...{ slowdown, answer, seconds, change: cells[0]?.change ?? null },
    ...{ pairs: cells[0]?.pairs ?? 0, way: ways?.chosen, spread: tried?.spread },
    loadAverage: loadavg()[0] ?? NaN,
  };
}

/** A gate; nothing where the machine is so busy that it refuses to begin. */
async function gateOrWhyNot(
  slowdown: number,
  seed: number,
  signal: AbortSignal,
): Promise<GateDocument["gate"] | undefined> {
  try {
    const { gate } = await knownGate(slowdown, seed, signal, (...[, , , , pair]) =>
      appendFileSync(keptPairs, `${JSON.stringify({ slowdown, pair })}\n`),
    );
    return gate;
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    console.log(error.message);
    return undefined;
  }
}

function summarise(): void {
  const done = made();
  console.log(
    `\nwhole gates, ${isLoaded ? "beside a half-busy competitor" : "as the machine is"}; load average ` +
      `${median(done.map(({ loadAverage }) => loadAverage)).toFixed(1)} at the median`,
  );
  for (const slowdown of WANTED.keys()) {
    const own = done.filter((one) => one.slowdown === slowdown);
    if (own.length > 0) console.log(summaryOf(slowdown, own));
  }
}

function summaryOf(slowdown: number, own: readonly Decided[]): string {
  const count = (answer: GateAnswer) => own.filter((one) => one.answer === answer).length;
  const failed = proportion(count("fail"), own.length);
  const seconds = own.map((one) => one.seconds);
  const together = own.filter(({ way }) => way === "one-process").length;
  const changes = own.flatMap((one) =>
    one.change === null || one.pairs === 0 ? [] : [one.change],
  );
  const change = changes.length === 0 ? NaN : median(changes);
  return (
    `${named(slowdown).padEnd(12)} ${own.length} gates: ${count("pass")} PASS, ${count("fail")} FAIL ` +
    `(${percent(failed.share)} %; 95 %: ${percent(failed.low)} to ${percent(failed.high)}), ` +
    `${count("inconclusive")} INCONCLUSIVE\n` +
    `             change ${percent(change)} % at the median; ${median(seconds).toFixed(0)} s at the median, ` +
    `${Math.max(...seconds).toFixed(0)} at the most; ${together} in one process`
  );
}

function named(slowdown: number): string {
  if (slowdown === 0) return "unchanged";
  return `${Math.abs(100 * slowdown)} % ${slowdown > 0 ? "slower" : "faster"}`;
}

function percent(share: number): string {
  return (100 * share).toFixed(1);
}
