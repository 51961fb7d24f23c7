/** What a schedule of trials is told, and what it tells. */
import type { DiskFullError } from "../../core/errors.js";
import type { ScenarioResult } from "../result.js";
import type { Scenario } from "../scenario.js";
import type { Spare } from "./spare.js";
import type { BeginTrials } from "../spawn-trial.js";
import type { TrialPlan } from "../trial.js";

/** One scenario and what its trials need; `allowanceSeconds` is the scheduler's to give. */
export type ScenarioPlan = Omit<
  TrialPlan,
  "allowanceSeconds" | "prepareOnly" | "verifiedDigest"
> & {
  /** Whether a reader decompresses by the engine by which what was written is checked. */
  readonly readsAsChecked: boolean;
};

export interface ScheduleOptions {
  readonly plans: readonly ScenarioPlan[];
  /** Files that are read and that none of the plans writes: written once, before the clock. */
  readonly preparations: readonly ScenarioPlan[];
  /** Rounds that are wanted; fewer are made where the budget ends before. */
  readonly rounds: number;
  readonly budgetSeconds: number;
  /** What may be left out, in this order, where there would be no time for intervals of everything. */
  readonly spare?: readonly Spare[];
  /** Whether the budget is kept even where that leaves scenarios without a trial; else the first round is whole. */
  readonly leavesOut?: boolean;
  /** Half-width of an interval, relative to its median, at which a scenario is done. */
  readonly precision: number;
  /** Which scenarios need no more than the trials that an interval takes, in the order of the plans. */
  readonly isSettled?: (soFar: readonly ScenarioResult[]) => readonly boolean[];
  readonly seed: number;
  readonly beginTrials: BeginTrials;
  /** How many processes get ready at a time; one alone is measured. One where this is left out. */
  readonly processes?: number;
  /** How many are measured by turns, at most; those that get ready together where this is left out. */
  readonly turns?: number;
  readonly signal: AbortSignal;
  /** Seconds since some fixed moment. */
  readonly now: () => number;
  readonly onProgress: (progress: Progress) => void;
}

export interface Progress {
  /** The trial that is about to start, or `undefined` at the end. */
  readonly scenario: Scenario | undefined;
  readonly round: number;
  readonly trialsDone: number;
  readonly secondsLeft: number;
  /** From 0 to 1. */
  readonly done: number;
}

export interface ScheduleResult {
  readonly scenarios: ScenarioResult[];
  /** Why it ended before every scenario had its rounds, if it did. */
  readonly stopped: "interrupted" | DiskFullError | undefined;
  /** What was to spare and had to go. */
  readonly left: readonly Spare[];
}
