import { ask } from "../process/ask.js";
import type { TrialOutcome, TrialPlan } from "./trial.js";

/** Makes a trial; how it is made is the scheduler's own business in a test. */
export type RunTrial = (plan: TrialPlan, signal: AbortSignal) => Promise<TrialOutcome>;

/** A trial that takes this many times its allowance, and half a minute more, is not going to end. */
const PATIENCE = 10;
const SPARE_SECONDS = 30;
/** With a study beside it, a trial makes many more repetitions, and perhaps into a sink that is held back. */
const STUDY_SECONDS = 300;

/**
 * Makes a trial in a fresh process of the runtime that its scenario names. Whatever becomes of that
 * process is an outcome, not an error.
 */
export const spawnTrial: RunTrial = async (plan, signal) => {
  const spare = plan.study === "none" ? SPARE_SECONDS : STUDY_SECONDS;
  const asked = await ask<TrialOutcome>(new URL("./trial-process.js", import.meta.url), plan, {
    runtime: plan.runtimes?.find(({ name }) => name === plan.scenario.runtime),
    patienceSeconds: PATIENCE * plan.allowanceSeconds + spare,
    signal,
  });
  return "answer" in asked ? asked.answer : { status: "failed", reason: asked.reason };
};
