import { createHash } from "node:crypto";
import type { RunPlan } from "../../../pipeline/run/plan.js";

/** A run's name in a store: the same for the same bytes, whenever and wherever they were made. */
export function runName(plan: RunPlan): string {
  // Where it lies and how long it may take is not what its facts are.
  const { folder: _, durationSeconds: __, sync: ___, ...what } = plan;
  return createHash("sha256").update(JSON.stringify(what)).digest("hex").slice(0, 16);
}
