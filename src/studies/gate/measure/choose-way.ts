/** In which way the pairs of a gate are made: the one that is quieter for its time, here and now. */
import { firstLine } from "../../../core/errors.js";
import { shuffled, type Uniform } from "../../../stats/random.js";
import type { GatePair, GateWays } from "../document.js";
import { INTERIM_ANALYSES } from "../decide/rules.js";
import { logRatioOf } from "./pair-figures.js";
import type { PlannedCell } from "./gate-run.js";
import type { Way } from "./plan.js";
import { recordPair } from "./record-pair.js";

/** A/A pairs of each way: enough to see a noise that is twice as large, which is all that it has to tell. */
const TRIED_PAIRS = 3;
const WAYS: readonly Way[] = ["one-process", "two-processes"];

/** What the choice needs of a cell and of its gate. */
export interface Choice {
  readonly index: number;
  readonly cell: PlannedCell;
  readonly allowChangedBytes: boolean;
  readonly uniform: Uniform;
  readonly signal: AbortSignal;
}

/** A pair of both variants in one process, or why there is none. */
export async function togetherOrWhyNot(choice: Choice): Promise<GatePair | string> {
  const { index, cell, allowChangedBytes, uniform, signal } = choice;
  try {
    const pair = await recordPair(index, cell.plans, "one-process", uniform, signal);
    if (!allowChangedBytes && pair.baseline.digest !== pair.candidate.digest) {
      return "the candidate writes other bytes than the baseline";
    }
    return pair;
  } catch (error) {
    return firstLine(error);
  }
}

/**
 * Compares the baseline with itself, in both ways by turns, and takes the way that reaches the same certainty
 * in less time: the smaller product of the squared logs of the ratios, whose truth is 0, and of the
 * time of a pair. These pairs decide nothing else, so the choice favours no answer. Rejects if it is
 * interrupted, or a pair fails.
 */
export async function tryWays({ index, cell, uniform, signal }: Choice): Promise<GateWays> {
  const plan = { ...cell.plans.baseline, checks: false };
  const made: GatePair[] = [];
  for (let round = 0; round < TRIED_PAIRS; round++) {
    for (const way of shuffled([...WAYS], uniform)) {
      made.push(await recordPair(index, { baseline: plan, candidate: plan }, way, uniform, signal));
    }
  }
  return chosenFrom(made);
}

/** The choice from A/A pairs of both ways. Pure. */
export function chosenFrom(pairs: readonly GatePair[]): GateWays {
  const tried = WAYS.map((way) => {
    const own = pairs.filter((pair) => pair.way === way);
    return {
      way,
      changes: own.map((pair) => Math.expm1(logRatioOf(pair))),
      spread: Math.sqrt(mean(own.map((pair) => logRatioOf(pair) ** 2))),
      secondsPerPair: mean(own.map(({ seconds }) => seconds)),
    };
  });
  const cost = ({ spread, secondsPerPair }: (typeof tried)[number]) => spread ** 2 * secondsPerPair;
  const [best] = tried.toSorted((a, b) => cost(a) - cost(b));
  return { chosen: best?.way ?? "two-processes", reason: "A/A pairs", tried };
}

/** Whether trying both ways, and then the first interim analysis of each cell, fit into a time. */
export function hasTimeToTry(pairSeconds: number, cells: number, secondsLeft: number): boolean {
  // A pair in two processes takes up to twice as long as one in one process.
  const pairs = 3 * TRIED_PAIRS + 2 * cells * (INTERIM_ANALYSES[0] ?? 0);
  return pairs * pairSeconds <= secondsLeft;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
