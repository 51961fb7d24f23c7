/** The process of one trial: takes a plan, makes the trial, answers with the outcome, and ends. */
import { firstLine } from "../core/errors.js";
import { answer } from "../process/answer.js";
import { makeTrial } from "./make-trial.js";
import type { TrialOutcome, TrialPlan } from "./trial.js";

await answer((plan) =>
  makeTrial(plan as TrialPlan).catch((error: unknown): TrialOutcome => {
    if (process.env["HELLFACT_DEBUG"] === "1") console.error(error);
    return { status: "failed", reason: firstLine(error) };
  }),
);
