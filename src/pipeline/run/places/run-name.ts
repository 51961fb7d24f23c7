import { createHash } from "node:crypto";
import type { RunPlan } from "../plan.js";

/** A run's name elsewhere than in its folder: the same for the same bytes, whenever and wherever they were made. */
export function runName(plan: RunPlan): string {
  // Where it lies and how long it may take is not what its facts are.
  const { folder: _, place: __, durationSeconds: ___, sync: ____, ...what } = plan;
  return createHash("sha256").update(JSON.stringify(what)).digest("hex").slice(0, 16);
}
