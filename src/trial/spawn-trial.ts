import { askAndHold } from "../process/ask.js";
import type { TrialOutcome, TrialPlan } from "./trial.js";

/** A process that gets trials ready, and makes them when it is told to. */
interface BegunTrials {
  /** Resolves when they are warm, or when that process is over; never rejects. */
  readonly ready: Promise<void>;
  /**
   * Makes the next of them, once they are ready, and holds; with nothing left to do, says how all ended. Checking what
   * they left is a step, too.
   */
  readonly step: () => Promise<readonly TrialOutcome[] | undefined>;
}

/** Begins trials in one process; how they are made is the scheduler's own business in a test. */
export type BeginTrials = (plans: readonly TrialPlan[], signal: AbortSignal) => BegunTrials;

/** A trial that takes this many times its allowance, and half a minute more, is not going to end. */
const PATIENCE = 10;
const SPARE_SECONDS = 30;
/** With a study beside it, a trial makes many more repetitions, and perhaps into a sink that is held back. */
const STUDY_SECONDS = 300;

/**
 * Begins trials in a fresh process of the runtime that the first one names. Whatever becomes of that
 * process is an outcome, not an error: where one of several ended it, each is made anew by itself, so
 * that it takes only itself away.
 */
export const beginTrials: BeginTrials = (plans, signal) => {
  const { held, step } = askTrials(plans, signal);
  return {
    ready: held,
    step: async () => {
      const asked = await step();
      if (asked === undefined) return undefined;
      if ("answer" in asked) return asked.answer;
      if (plans.length < 2 || signal.aborted) {
        return plans.map(() => ({ status: "failed", reason: asked.reason }));
      }
      const outcomes: TrialOutcome[] = [];
      for (const plan of plans) outcomes.push(await spawnTrial(plan, signal));
      return outcomes;
    },
  };
};

/** Makes a single trial in a fresh process. */
export async function spawnTrial(plan: TrialPlan, signal: AbortSignal): Promise<TrialOutcome> {
  const begun = beginTrials([plan], signal);
  await begun.ready;
  const [outcome] = await stepsOf(begun);
  return outcome ?? { status: "failed", reason: "its process answered nothing" };
}

/** Makes trials that are ready, one after the other. */
export async function stepsOf({
  step,
}: Pick<BegunTrials, "step">): Promise<readonly TrialOutcome[]> {
  for (;;) {
    const outcomes = await step();
    if (outcomes !== undefined) return outcomes;
  }
}

function askTrials(plans: readonly TrialPlan[], signal: AbortSignal) {
  const seconds = plans.map(({ allowanceSeconds, study }) => {
    const spare = study === "none" ? SPARE_SECONDS : STUDY_SECONDS;
    return PATIENCE * allowanceSeconds + spare;
  });
  const [first] = plans;
  return askAndHold<TrialOutcome[]>(new URL("./trial-process.js", import.meta.url), plans, {
    runtime: first?.runtimes?.find(({ name }) => name === first.scenario.runtime),
    patienceSeconds: seconds.reduce((sum, each) => sum + each, 0),
    signal,
  });
}
