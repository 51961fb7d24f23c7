import type { Segment } from "../../sources/line-segment.js";
import type { WorkerConditions } from "./conditions.js";
import type { OwnFiles } from "./own-files.js";
import type { MadeRange, Range, RunPlan } from "./plan.js";
import type { Probe, Probed } from "./worker/probe.js";
import type { Slice } from "./worker/slice-recorder.js";
import type { StageSeconds } from "./worker/stages.js";

/** A range, and what was put aside of it where the input has one reader. */
export type WorkRange = Range & { readonly segment?: Segment };

/** What the coordinator of a run tells a worker. */
export type ToWorker =
  | {
      readonly kind: "plan";
      readonly plan: RunPlan;
      readonly own: OwnFiles;
      readonly conditions: WorkerConditions;
    }
  /** Make a part of this, after whatever there is to do before. */
  | {
      readonly kind: "range";
      readonly range: WorkRange;
      /** A folder inside the run's, where the files of the part go until it counts; `null`: in their place. */
      readonly staging: string | null;
    }
  /** End the open part where it is, and take no further range. */
  | { readonly kind: "finish" }
  /** Stand still after the next batch; do one stage alone; go on. */
  | { readonly kind: "pause" }
  | { readonly kind: "probe"; readonly probe: Probe }
  | { readonly kind: "resume" };

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

export const NOTHING_DONE: WorkerProgress = {
  facts: 0,
  encodedBytes: 0,
  storedBytes: 0,
  stages: { source: 0, encode: 0, compress: 0, write: 0, wait: 0 },
  secondsLate: 0,
  mostSecondsLate: 0,
  peakMemoryBytes: 0,
};
