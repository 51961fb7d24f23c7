/** What the workers of a cluster are told of a run. */
import { createHash } from "node:crypto";
import type { WorkerConditions } from "../conditions.js";
import type { RunPlan } from "../plan.js";

export interface RunAbout {
  readonly kind: "run";
  /** Another version may make other bytes. */
  readonly version: string;
  readonly plan: RunPlan & { readonly folder: string };
  readonly conditions: WorkerConditions;
}

/**
 * The name of a run's queue: the same whenever it goes on, from wherever, and another one for any other run.
 * @param head first line of its manifest
 */
export function queueIdOf(head: string, folder: string): string {
  return createHash("sha256").update(`${head}\n${folder}`).digest("hex").slice(0, 16);
}
