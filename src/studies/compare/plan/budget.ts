/**
 * What a comparison needs, before anything is measured: from how long this process took to make the pool once,
 * which a trial does, too, and from what a trial does with the pool. It is right within a factor of two, which
 * is enough to tell nine trials from two; once rounds were made, the schedule goes by those.
 */
import {
  lessOften,
  lightened,
  passesPerRepetition,
  type Pool,
  type PoolSize,
} from "../../../payload/pool.js";
import { MIN_FOR_INTERVAL } from "../../../stats/median-interval.js";
import { processesSideBySide } from "./side-by-side.js";
import { groupOf } from "../../../trial/schedule/trial-groups.js";
import type { ScenarioPlan } from "../../../trial/schedule/options.js";

/** What starting a process, loading its modules and warming up its first trial takes; of some side by side. */
const START_SECONDS = 0.7;
/** What warming up each later trial of a process takes. */
const LATER_WARM_UP_SECONDS = 0.12;
/** What a process takes in the first round to decode and compare what it makes or reads, in times of making the facts. */
const CHECKS = 4;
/** A trial's repetitions, in times of making the facts. */
const REPETITIONS = 0.7;
/** What a round takes of another one once there are intervals: rows that nobody needs are measured no more. */
const LATER_ROUND = 0.65;
/** JSON's bytes that the slowest of compressors gets through. */
const SLOWEST_BYTES_PER_SECOND = 20e6;
/** Where the whole pool would take more than this share of the budget for a single round, fewer facts are taken. */
const MAX_ROUND_SHARE = 0.4;

/** What telling the results takes: documents, the page. */
const AFTER_SECONDS = 0.7;
/** What is left for trials at least, where the whole budget is not less. */
const LEAST_SECONDS = 0.2;

/** Seconds of a round of trials over all plans. */
function secondsPerRound(
  plans: readonly ScenarioPlan[],
  size: PoolSize,
  poolSeconds: number,
): number {
  const processes = processesOf(plans);
  const ready = processes * (START_SECONDS + poolSeconds) + plans.length * LATER_WARM_UP_SECONDS;
  const passes = passesPerRepetition({ size });
  // A pool of a few facts takes longer to find than to pass over.
  const repetition = passes * Math.min(poolSeconds, size.jsonBytes / SLOWEST_BYTES_PER_SECOND);
  return ready / processesSideBySide() + plans.length * repetition * REPETITIONS;
}

/** Seconds of the first round beyond those of any other. */
function secondsOfChecks(plans: readonly ScenarioPlan[], poolSeconds: number): number {
  return (processesOf(plans) * CHECKS * poolSeconds) / processesSideBySide();
}

/** How many processes a round takes. */
function processesOf(plans: readonly ScenarioPlan[]): number {
  return new Set(plans.map(groupOf)).size;
}

interface Wishes {
  readonly trials: number;
  readonly facts: number | null;
  readonly budgetSeconds: number;
  readonly budgetBegan?: number;
}

/**
 * The facts for which a budget has time: all of the pool, or where a single round would take too much of it, the
 * first of them, or as many less often; whether there is no time for intervals; and in a line what the budget is too small for.
 */
export function withinBudget(
  plans: readonly ScenarioPlan[],
  { pool, poolSeconds }: { readonly pool: Pool; readonly poolSeconds: number },
  { trials, facts, budgetSeconds, budgetBegan }: Wishes,
): { poolSize: PoolSize; isRough: boolean; need?: string } {
  if (budgetBegan === undefined) {
    const { size: poolSize } = budgetSeconds < LEAST_SECONDS ? lessOften(pool) : pool;
    return { poolSize, isRough: false };
  }
  const whole = secondsPerRound(plans, pool.size, poolSeconds);
  const isShort = whole > budgetSeconds * MAX_ROUND_SHARE;
  const fewer = isShort && facts === null ? lightened(pool) : undefined;
  const light = isShort ? (fewer ?? lessOften(pool)) : undefined;
  const size = light?.size ?? pool.size;
  const share = size.facts / pool.size.facts;
  const round = light === undefined ? whole : secondsPerRound(plans, size, poolSeconds * share);
  const checkSeconds = secondsOfChecks(plans, poolSeconds * share);
  const need = needText({
    ...{ scenarios: plans.length, trials, budgetSeconds },
    ...{ roundSeconds: round, checkSeconds },
  });
  return {
    poolSize: size,
    isRough: checkSeconds + round * MIN_FOR_INTERVAL > budgetSeconds,
    ...(need !== undefined && { need }),
  };
}

/** What is left of a budget for trials, once it is known what went before them. */
export function secondsToMeasure({
  budgetSeconds,
  budgetBegan,
}: Pick<Wishes, "budgetSeconds" | "budgetBegan">): number {
  if (budgetBegan === undefined) return budgetSeconds;
  const before = (performance.now() - budgetBegan) / 1000;
  const least = Math.min(LEAST_SECONDS, budgetSeconds);
  return Math.max(least, budgetSeconds - before - AFTER_SECONDS);
}

interface Need {
  readonly scenarios: number;
  readonly trials: number;
  readonly budgetSeconds: number;
  /** By the estimate, of each round and of the first one beside. */
  readonly roundSeconds: number;
  readonly checkSeconds: number;
}

/** What a comparison needs and what it gets, in a line; `undefined` where the budget is enough. */
function needText({ scenarios, trials, budgetSeconds, roundSeconds, checkSeconds }: Need) {
  const wholeSeconds = checkSeconds + roundSeconds * Math.min(trials, MIN_FOR_INTERVAL);
  const laterSeconds = roundSeconds * LATER_ROUND;
  const needed = wholeSeconds + laterSeconds * Math.max(0, trials - MIN_FOR_INTERVAL);
  if (needed <= budgetSeconds) return undefined;
  const made =
    budgetSeconds < wholeSeconds
      ? Math.max(1, Math.floor((budgetSeconds - checkSeconds) / roundSeconds))
      : MIN_FOR_INTERVAL + Math.floor((budgetSeconds - wholeSeconds) / laterSeconds);
  const intervals = made < MIN_FOR_INTERVAL ? `, no intervals (they take ${MIN_FOR_INTERVAL})` : "";
  return (
    `${scenarios} scenarios × ${trials} trials need about ${rounded(needed)} s; ` +
    `with ${rounded(budgetSeconds)} s: about ${made} ${made === 1 ? "trial" : "trials"}${intervals}`
  );
}

function rounded(seconds: number): string {
  return seconds < 10 ? String(Number(seconds.toPrecision(2))) : String(Math.round(seconds));
}
