/** A process that is watched from its start; see first-facts.ts. */
import { firstLine } from "../../../core/errors.js";
import { answer } from "../../../process/answer.js";
import { watchFirstFacts, type WatchOutcome, type WatchPlan } from "./first-facts.js";

await answer((plan) =>
  watchFirstFacts(plan as WatchPlan).catch((error: unknown): WatchOutcome => ({
    status: "failed",
    reason: firstLine(error),
  })),
);
