import { median } from "simple-statistics";
import { DiskFullError } from "../../core/errors.js";
import type { ScenarioResult } from "../result.js";
import { MIN_FOR_INTERVAL } from "../../stats/median-interval.js";
import { seededUniform } from "../../stats/random.js";
import { isReading, type Scenario } from "../scenario.js";
import type { ScheduleOptions, ScheduleResult } from "./options.js";
import { stepsOf, type BeginTrials } from "../spawn-trial.js";
import { isOpen, summaryOf, type State } from "./scenario-state.js";
import { toLeaveOut, type Spare } from "./spare.js";
import { isPrecise } from "../summarise.js";
import type { TrialOutcome } from "../trial.js";
import { batchesOf, groupOf, orderOf, turnsOf } from "./trial-groups.js";

/** Longer trials than this add less than more trials do. */
const MAX_ALLOWANCE_SECONDS = 1;
const MIN_ALLOWANCE_SECONDS = 0.2;
/** The share of the budget that may be overdrawn so that no scenario is left out, or that all have intervals. */
const OVERDRAFT = 0.15;
/** A shorter budget is kept by ending it after any process. */
const SHORT_SECONDS = 30;
/** Rounds by which even a scenario that never settles has shown so. */
const MAX_ROUNDS = 100;

/**
 * Makes rounds of trials over all scenarios, in a new order each round, and writes before reads in
 * the first so that there is something to read. Scenarios that differ in nothing but what compresses
 * share a process; some processes get ready side by side, and are then measured by turns, one at a time, so that
 * what is compared is close in time. After the rounds that were wanted, only scenarios whose interval is still
 * too wide go on, until the budget ends.
 */
export async function runSchedule(options: ScheduleOptions): Promise<ScheduleResult> {
  return new Schedule(options).run();
}

class Schedule {
  private readonly uniform;
  private readonly states: State[];
  private readonly startedAt: number;
  /** What a process of each group took the last time, by the group's key. */
  private readonly costs = new Map<string, number>();
  private trialsDone = 0;
  private stopped: ScheduleResult["stopped"];
  private left: readonly Spare[] = [];

  constructor(private readonly options: ScheduleOptions) {
    this.uniform = seededUniform(options.seed);
    this.states = options.plans.map((plan) => ({
      plan,
      group: groupOf(plan),
      trials: [],
      problem: undefined,
      verifiedDigest: null,
    }));
    this.startedAt = options.now();
  }

  async run(): Promise<ScheduleResult> {
    for (const plan of this.options.preparations) {
      const prepare = {
        ...plan,
        ...{ allowanceSeconds: MAX_ALLOWANCE_SECONDS, verifiedDigest: null, prepareOnly: true },
      };
      const { beginTrials, signal } = this.options;
      const begun = beginTrials([prepare], signal);
      await begun.ready;
      const outcomes = await stepsOf(begun);
      this.hear(outcomes);
      const [outcome] = outcomes;
      if (this.stopped !== undefined) break;
      if (outcome !== undefined && "reason" in outcome) {
        this.failReadersOf(plan.file, outcome.reason);
      }
    }
    const mostRounds = Math.max(MAX_ROUNDS, this.options.rounds);
    for (let round = 1; round <= mostRounds && this.stopped === undefined; round++) {
      const startedAt = this.options.now();
      if (!(await this.runRound(round))) break;
      this.leaveOutSpare(round, this.options.now() - startedAt);
    }
    this.report(undefined, 0, 0);
    return { scenarios: this.summaries(), stopped: this.stopped, left: this.left };
  }

  private summaries(): ScenarioResult[] {
    return this.states.map((state) => summaryOf(state, this.options.precision));
  }

  /** Returns whether there was anything left to do, and time to do it. */
  private async runRound(round: number): Promise<boolean> {
    const { rounds, precision, budgetSeconds } = this.options;
    const extra = round > rounds;
    const settled =
      round > MIN_FOR_INTERVAL ? this.options.isSettled?.(this.summaries()) : undefined;
    const open = this.states.filter((state, index) => isOpen(state) && settled?.[index] !== true);
    const wide = open.filter(({ trials }) => !isPrecise(trials, precision));
    if (wide.length === 0) return false;
    // Ratios are made within rounds: until those that were wanted are there, all go on.
    const due = extra ? wide : open;
    const { processes = 1, turns = processes } = this.options;
    let waiting = due.length;
    const size = budgetSeconds < SHORT_SECONDS ? processes : turns;
    const batches = batchesOf(orderOf(due, round, this.uniform), size);
    const endsWhole =
      (round === MIN_FOR_INTERVAL || round === rounds) &&
      this.secondsLeft() + OVERDRAFT * budgetSeconds >= this.cost(batches.flat());
    for (const batch of batches) {
      const trialsLeft = Math.max(0, rounds - round) * due.length + waiting;
      waiting -= batch.flatMap(([, states]) => states).length;
      const groups = batch
        .map(([key, states]): [string, State[]] => [key, states.filter(isOpen)])
        .filter(([, states]) => states.length > 0); // the writes before others failed
      if (round === 1) this.leaveOutLate(groups);
      if (groups.length === 0) continue;
      // A round that is begun and cannot be ended would leave some scenarios with more trials than others.
      const isLate = this.secondsLeft() < this.cost(groups);
      if (round > 1 && isLate && !endsWhole) return false;
      const go = { round, allowanceSeconds: this.allowance(trialsLeft) };
      const toGo = () => this.secondsToGo(due, round, waiting);
      await this.runBatch(groups, go, toGo);
      if (this.stopped !== undefined) return false;
    }
    return true;
  }

  /** Gets the processes of some groups ready, some side by side, and lets them measure by turns. */
  private async runBatch(
    groups: readonly [string, State[]][],
    { round, allowanceSeconds }: { readonly round: number; readonly allowanceSeconds: number },
    secondsToGo: () => number,
  ): Promise<void> {
    const { beginTrials, signal, now, processes = 1 } = this.options;
    const startedAt = now();
    const begun: ReturnType<BeginTrials>[] = [];
    for (const [index, [, states]] of groups.entries()) {
      await begun[index - processes]?.ready;
      this.report(states[0]?.plan.scenario, round, secondsToGo());
      const plans = states.map(({ plan, verifiedDigest }) => ({
        ...plan,
        ...{ allowanceSeconds, verifiedDigest, prepareOnly: false },
      }));
      begun.push(beginTrials(plans, signal));
    }
    await Promise.all(begun.map(({ ready }) => ready));
    const isOver = new Set<string>();
    for (const { index, state } of turnsOf(groups)) {
      const [key, states] = groups[index] ?? ["", []];
      if (isOver.has(key)) continue;
      this.report(state.plan.scenario, round, secondsToGo());
      const outcomes = await begun[index]?.step();
      if (outcomes === undefined) continue;
      isOver.add(key);
      this.hear(outcomes);
      if (this.stopped !== undefined) continue; // the others are let go, and not heard
      for (const [of, one] of states.entries()) this.record(one, round, outcomes[of]);
    }
    for (const [key] of groups) this.costs.set(key, (now() - startedAt) / groups.length);
  }

  /** Seconds that some groups took the last time. */
  private cost(groups: readonly (readonly [string, readonly State[]])[]): number {
    return groups.reduce((sum, [key]) => sum + (this.costs.get(key) ?? 0), 0);
  }

  /** An even share of the time that is left, within what makes sense for one trial. */
  private allowance(trialsLeft: number): number {
    const share = this.secondsLeft() / trialsLeft;
    const least = Math.min(MIN_ALLOWANCE_SECONDS, this.options.budgetSeconds);
    return Math.min(MAX_ALLOWANCE_SECONDS, Math.max(least, share));
  }

  /** Gives up the groups of the first round that would, by the others, not end before the budget is overdrawn by much. */
  private leaveOutLate(groups: [string, State[]][]): void {
    const seen = [...this.costs.values()];
    const { budgetSeconds, leavesOut = false } = this.options;
    if (seen.length === 0 || !leavesOut) return;
    const time = this.secondsLeft() + OVERDRAFT * budgetSeconds;
    const fitting = Math.max(0, Math.floor(time / median(seen)));
    for (const [, states] of groups.splice(fitting)) {
      for (const state of states) {
        state.problem = {
          status: "failed",
          reason: "not measured: the budget ended before its first trial",
        };
      }
    }
  }

  /** Gives up what is to spare, where the rounds that intervals take would not end in time with it. */
  private leaveOutSpare(round: number, seconds: number): void {
    const { spare = [], processes = 1, rounds, budgetSeconds } = this.options;
    const wanted = MIN_FOR_INTERVAL - round;
    if (spare.length === 0 || this.left.length > 0 || rounds < MIN_FOR_INTERVAL || wanted <= 0)
      return;
    const trials = this.states.flatMap(({ plan, trials: made }) => {
      const trial = made.at(-1);
      return trial?.round === round ? [{ scenario: plan.scenario, trial }] : [];
    });
    const time = this.secondsLeft();
    const fits = (each: number) => wanted * each <= time;
    const isEnough = (each: number) => wanted * each <= time + OVERDRAFT * budgetSeconds;
    this.left = toLeaveOut(spare, { seconds, processes, trials }, fits, isEnough);
    for (const state of this.states) {
      if (!this.left.some(({ isOne }) => isOne(state.plan.scenario))) continue;
      state.problem = { status: "failed", reason: "not measured: left out for want of time" };
    }
  }

  private secondsLeft(): number {
    return this.options.budgetSeconds - (this.options.now() - this.startedAt);
  }

  /** How long it will go on, by what trials took so far; no longer than the budget. */
  private secondsToGo(due: readonly State[], round: number, waiting: number): number {
    const left = Math.max(0, this.options.rounds - round) * due.length + waiting;
    const elapsed = this.options.now() - this.startedAt;
    const each = this.trialsDone === 0 ? Infinity : elapsed / this.trialsDone;
    return Math.max(0, Math.min(this.secondsLeft(), left * each));
  }

  /** Takes note of what ends everything. */
  private hear(outcomes: readonly TrialOutcome[]): void {
    const fatal = outcomes.find(({ status }) => status === "fatal");
    if (this.options.signal.aborted) this.stopped = "interrupted";
    else if (fatal?.status === "fatal") this.stopped ??= new DiskFullError(fatal.reason);
  }

  private record(state: State, round: number, outcome: TrialOutcome | undefined): void {
    this.trialsDone += 1;
    if (outcome === undefined) return;
    if (outcome.status === "ok") {
      state.trials.push({ round, ...outcome.measure });
      state.verifiedDigest = outcome.digest;
      this.verifyReadersOf(state);
    } else if (outcome.status === "failed" || outcome.status === "unavailable") {
      state.problem = outcome;
      if (state.plan.scenario.direction === "write" && round === 1) {
        this.failReadersOf(state.plan.file, outcome.reason);
      }
    }
  }

  /** What a write left was decoded by its own codec: a reader by the same has nothing to learn of the same bytes. */
  private verifyReadersOf({ plan, verifiedDigest }: State): void {
    if (plan.scenario.direction !== "write" || plan.file === null) return;
    for (const state of this.states) {
      const { file, scenario, readsAsChecked } = state.plan;
      const isSame = file === plan.file && scenario.codec === plan.scenario.codec;
      if (isSame && scenario.direction === "read" && readsAsChecked) {
        state.verifiedDigest ??= verifiedDigest;
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
