/** The process of one trial: takes a plan, makes the trial, sends back the outcome, and ends. */
import { firstLine } from "../core/errors.js";
import { makeTrial } from "./make-trial.js";
import type { TrialOutcome, TrialPlan } from "./trial.js";

// Ctrl-C reaches every process of the terminal; ending this one is for its parent to decide.
process.on("SIGINT", () => undefined);
process.once("disconnect", () => process.exit());

process.once("message", (plan: TrialPlan) => {
  void makeTrial(plan)
    .catch((error: unknown): TrialOutcome => {
      if (process.env["HELLFACT_DEBUG"] === "1") console.error(error);
      return { status: "failed", reason: firstLine(error) };
    })
    .then((outcome) => process.send?.(outcome, () => process.exit()));
});
