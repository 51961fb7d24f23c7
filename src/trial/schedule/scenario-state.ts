/** What is known of a scenario while its trials are made. */
import type { ScenarioResult, TrialResult } from "../result.js";
import type { ScenarioPlan } from "./options.js";
import { summarise, withoutFigures } from "../summarise.js";
import type { TrialOutcome } from "../trial.js";

export interface State {
  readonly plan: ScenarioPlan;
  /** What it may share a process by. */
  readonly group: string;
  readonly trials: TrialResult[];
  problem: Extract<TrialOutcome, { status: "failed" | "unavailable" }> | undefined;
  /** What its last trial wrote, which was right. */
  verifiedDigest: string | null;
}

/** Whether there is anything to find out about it. */
export function isOpen({ problem }: State): boolean {
  return problem === undefined;
}

/** What its trials say. */
export function summaryOf({ plan, trials, problem }: State, precision: number): ScenarioResult {
  if (problem !== undefined) return withoutFigures(plan.scenario, { ...problem, sameAs: null });
  if (trials.length > 0) return summarise(plan.scenario, trials, precision);
  const reason = "not measured: the run was stopped before its first trial";
  return withoutFigures(plan.scenario, { status: "failed", reason, sameAs: null });
}
