import { DiskFullError } from "../core/errors.js";
import type { ScenarioResult, TrialResult } from "./result.js";
import { seededUniform, shuffled } from "../stats/random.js";
import { isReading, type Scenario } from "./scenario.js";
import type { RunTrial } from "./spawn-trial.js";
import { isPrecise, summarise, withoutFigures } from "./summarise.js";
import type { TrialOutcome, TrialPlan } from "./trial.js";

/** One scenario and what its trials need; `allowanceSeconds` is the scheduler's to give. */
export type ScenarioPlan = Omit<TrialPlan, "allowanceSeconds" | "prepareOnly" | "verifiedDigest">;

export interface ScheduleOptions {
  readonly plans: readonly ScenarioPlan[];
  /** Files that are read and that none of the plans writes: written once, before the clock. */
  readonly preparations: readonly ScenarioPlan[];
  /** Rounds that are made whatever they cost. */
  readonly leastRounds: number;
  readonly budgetSeconds: number;
  /** Half-width of an interval, relative to its median, at which a scenario is done. */
  readonly precision: number;
  readonly seed: number;
  readonly runTrial: RunTrial;
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
}

/** Longer trials than this add less than more trials do. */
const MAX_ALLOWANCE_SECONDS = 2;
const MIN_ALLOWANCE_SECONDS = 0.3;
/** Rounds by which even a scenario that never settles has shown so. */
const MAX_ROUNDS = 100;

/**
 * Makes rounds of trials over all scenarios, in a new order each round, and writes before reads in
 * the first so that there is something to read. After the rounds that are always made, only
 * scenarios whose interval is still too wide go on, until the budget ends.
 */
export async function runSchedule(options: ScheduleOptions): Promise<ScheduleResult> {
  return new Schedule(options).run();
}

class Schedule {
  private readonly uniform;
  private readonly states: State[];
  private readonly startedAt: number;
  private trialsDone = 0;
  private stopped: ScheduleResult["stopped"];

  constructor(private readonly options: ScheduleOptions) {
    this.uniform = seededUniform(options.seed);
    this.states = options.plans.map((plan) => ({
      plan,
      trials: [],
      problem: undefined,
      verifiedDigest: null,
    }));
    this.startedAt = options.now();
  }

  async run(): Promise<ScheduleResult> {
    for (const plan of this.options.preparations) {
      const outcome = await this.runTrial({
        ...plan,
        allowanceSeconds: MAX_ALLOWANCE_SECONDS,
        verifiedDigest: null,
        prepareOnly: true,
      });
      if (this.stopped !== undefined) break;
      if ("reason" in outcome) this.failReadersOf(plan.file, outcome.reason);
    }
    const mostRounds = Math.max(MAX_ROUNDS, this.options.leastRounds);
    for (let round = 1; round <= mostRounds && this.stopped === undefined; round++) {
      if (!(await this.runRound(round))) break;
    }
    this.report(undefined, 0, 0);
    const { precision } = this.options;
    return {
      scenarios: this.states.map((state) => summaryOf(state, precision)),
      stopped: this.stopped,
    };
  }

  /** Returns whether there was anything left to do, and time to do it. */
  private async runRound(round: number): Promise<boolean> {
    const { leastRounds, precision } = this.options;
    const extra = round > leastRounds;
    const due = this.states.filter(
      ({ problem, trials }) => problem === undefined && !(extra && isPrecise(trials, precision)),
    );
    if (due.length === 0) return false;
    for (const [index, state] of this.order(due, round).entries()) {
      if (state.problem !== undefined) continue; // the write before it failed
      const trialsLeft = Math.max(0, leastRounds - round) * due.length + (due.length - index);
      const allowance = this.allowance(trialsLeft);
      if (extra && this.secondsLeft() < allowance) return false;
      this.report(state.plan.scenario, round, trialsLeft * allowance);
      const outcome = await this.runTrial({
        ...state.plan,
        allowanceSeconds: allowance,
        verifiedDigest: state.verifiedDigest,
        prepareOnly: false,
      });
      if (this.stopped !== undefined) return false;
      this.record(state, round, outcome);
    }
    return true;
  }

  /** Shuffled; in the first round writes come first, because reads need what they leave. */
  private order(due: readonly State[], round: number): State[] {
    const order = shuffled(due, this.uniform);
    if (round > 1) return order;
    const reads = ({ plan }: State) => isReading(plan.scenario.direction);
    return [...order.filter((state) => !reads(state)), ...order.filter(reads)];
  }

  /** An even share of the time that is left, within what makes sense for one trial. */
  private allowance(trialsLeft: number): number {
    const share = this.secondsLeft() / trialsLeft;
    return Math.min(MAX_ALLOWANCE_SECONDS, Math.max(MIN_ALLOWANCE_SECONDS, share));
  }

  private secondsLeft(): number {
    return this.options.budgetSeconds - (this.options.now() - this.startedAt);
  }

  private async runTrial(plan: TrialPlan): Promise<TrialOutcome> {
    const { runTrial, signal } = this.options;
    const outcome = await runTrial(plan, signal);
    if (signal.aborted) this.stopped = "interrupted";
    else if (outcome.status === "fatal") this.stopped = new DiskFullError(outcome.reason);
    return outcome;
  }

  private record(state: State, round: number, outcome: TrialOutcome): void {
    this.trialsDone += 1;
    if (outcome.status === "ok") {
      state.trials.push({ round, ...outcome.measure });
      state.verifiedDigest = outcome.digest;
    } else if (outcome.status === "failed" || outcome.status === "unavailable") {
      state.problem = outcome;
      if (state.plan.scenario.direction === "write" && round === 1) {
        this.failReadersOf(state.plan.file, outcome.reason);
      }
    }
  }

  private failReadersOf(file: string | null, reason: string): void {
    if (file === null) return;
    for (const state of this.states) {
      if (state.plan.file === file && isReading(state.plan.scenario.direction)) {
        state.problem = { status: "failed", reason: `nothing to read: ${reason}` };
      }
    }
  }

  private report(scenario: Scenario | undefined, round: number, secondsToGo: number): void {
    const elapsed = this.options.now() - this.startedAt;
    this.options.onProgress({
      scenario,
      round,
      trialsDone: this.trialsDone,
      secondsLeft: secondsToGo,
      done: scenario === undefined ? 1 : elapsed / (elapsed + secondsToGo),
    });
  }
}

interface State {
  readonly plan: ScenarioPlan;
  readonly trials: TrialResult[];
  problem: Extract<TrialOutcome, { status: "failed" | "unavailable" }> | undefined;
  /** What its last trial wrote, which was right. */
  verifiedDigest: string | null;
}

function summaryOf({ plan, trials, problem }: State, precision: number): ScenarioResult {
  if (problem !== undefined) return withoutFigures(plan.scenario, { ...problem, sameAs: null });
  if (trials.length > 0) return summarise(plan.scenario, trials, precision);
  const reason = "not measured: the run was stopped before its first trial";
  return withoutFigures(plan.scenario, { status: "failed", reason, sameAs: null });
}
