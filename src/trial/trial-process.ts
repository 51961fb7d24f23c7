/** The process of trials: takes their plans, holds when they are warm, makes them, answers with the outcomes, and ends. */
import { firstLine } from "../core/errors.js";
import { answer } from "../process/answer.js";
import { makeTrials } from "./make-trial.js";
import type { TrialOutcome, TrialPlan } from "./trial.js";

await answer(async (question, hold) => {
  const plans = question as readonly TrialPlan[];
  const show = (error: unknown) => {
    if (process.env["HELLFACT_DEBUG"] === "1") console.error(error);
  };
  try {
    return await makeTrials(plans, hold, show);
  } catch (error) {
    show(error);
    return plans.map((): TrialOutcome => ({ status: "failed", reason: firstLine(error) }));
  }
});
