import type { MadeRange, Range, RunPlan } from "./plan.js";
import type { Probe, Probed } from "./probe.js";
import type { StageSeconds } from "./stages.js";
import type { Slice } from "./study.js";
import type { Slowing } from "../../sinks/slowed.js";
import type { Delays } from "../injection.js";

/** What the coordinator of a run tells a worker. */
export type ToWorker =
  | { readonly kind: "plan"; readonly plan: RunPlan; readonly conditions: WorkerConditions }
  /** Make a part of this, after whatever there is to do before. */
  | { readonly kind: "range"; readonly range: Range }
  /** End the open part where it is, and take no further range. */
  | { readonly kind: "finish" }
  /** Stand still after the next batch; do one part alone; go on. */
  | { readonly kind: "pause" }
  | { readonly kind: "probe"; readonly probe: Probe }
  | { readonly kind: "resume" };

/** How one worker goes about a plan; none of it changes the bytes. */
export interface WorkerConditions {
  /** Its share of a rate; `null` for as fast as it goes. */
  readonly factsPerSecond: number | null;
  /** How its sink is held back, and what is injected. */
  readonly slowing: Slowing;
  readonly delays: Delays;
  /** Whether it will be asked to stand still and to be measured. */
  readonly study: boolean;
}

/** What a worker tells the coordinator. */
export type FromWorker =
  | { readonly kind: "ready" }
  /** The range is worked on now. */
  | { readonly kind: "begun"; readonly range: Range }
  | { readonly kind: "progress"; readonly progress: WorkerProgress }
  /** The range was worked on as far as the part goes; then the source may have ended. */
  | {
      readonly kind: "part";
      readonly range: Range;
      readonly part: MadeRange;
      readonly sourceEnded: boolean;
      readonly progress: WorkerProgress;
    }
  /** There is no open part any more, and no further one will be begun. */
  | { readonly kind: "finished" }
  /** Stands still; `null` if there was nothing to do. */
  | { readonly kind: "paused"; readonly slice: Slice | null }
  | { readonly kind: "probed"; readonly probe: Probe; readonly probed: Probed | null }
  | {
      readonly kind: "failed";
      /** Which error it is: what the process exits with depends on it. */
      readonly error: "disk-full" | "input" | "other";
      readonly message: string;
    };

/** What a worker did so far, open part included. */
export interface WorkerProgress {
  readonly facts: number;
  readonly encodedBytes: number;
  readonly storedBytes: number;
  readonly stages: StageSeconds;
  /** With a rate: how far the latest fact was behind its intended time, and the worst of all. */
  readonly secondsLate: number;
  readonly mostSecondsLate: number;
  readonly peakMemoryBytes: number;
}
