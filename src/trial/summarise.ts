import { median } from "simple-statistics";
import { storedInterval } from "../results/schema.js";
import type { ScenarioResult, TrialResult } from "./result.js";
import { MIN_FOR_INTERVAL, medianInterval } from "../stats/median-interval.js";
import type { Scenario, Without } from "./scenario.js";

/** What the trials of a scenario say together. The trial is the unit: samples are never pooled. */
export function summarise(
  scenario: Scenario,
  trials: readonly TrialResult[],
  precision: number,
): ScenarioResult {
  const over = (value: (trial: TrialResult) => number) => median(trials.map(value));
  const interval = medianInterval(trials.map(({ factsPerSecond }) => factsPerSecond));
  return {
    ...scenario,
    status: "ok",
    reason: null,
    sameAs: null,
    factsPerSecond: storedInterval(interval),
    precisionReached: isPrecise(trials, precision),
    encodedBytesPerFact: over((trial) => trial.encodedBytesPerFact),
    framingBytesPerFact: trials.some(({ framingBytesPerFact }) => framingBytesPerFact == null)
      ? null
      : over((trial) => trial.framingBytesPerFact ?? 0),
    storedBytesPerFact: over((trial) => trial.storedBytesPerFact),
    cpuSecondsPerMillionFacts: over(
      ({ counters, facts }) => ((counters.userSeconds + counters.systemSeconds) / facts) * 1e6,
    ),
    steadyState: trials.every(({ steady }) => steady),
    coldFactsPerSecond: over((trial) => trial.coldFactsPerSecond),
    trials: [...trials],
  };
}

/** A scenario that has no figures, and why. */
export function withoutFigures(
  scenario: Scenario,
  { status, reason, sameAs }: Omit<Without, "status"> & { status: Without["status"] | "failed" },
): ScenarioResult {
  return {
    ...scenario,
    status,
    reason,
    sameAs,
    factsPerSecond: null,
    precisionReached: null,
    encodedBytesPerFact: null,
    framingBytesPerFact: null,
    storedBytesPerFact: null,
    cpuSecondsPerMillionFacts: null,
    steadyState: null,
    coldFactsPerSecond: null,
    trials: [],
  };
}

/** Whether the 95 % interval of the median stays within `precision` (0.02 is 2 %) on both sides. */
export function isPrecise(trials: readonly TrialResult[], precision: number): boolean {
  if (trials.length < MIN_FOR_INTERVAL) return false;
  const { median: middle, low, high } = medianInterval(trials.map((trial) => trial.factsPerSecond));
  return high / middle - 1 <= precision && 1 - low / middle <= precision;
}
