/** What a process is given to sum up, and what it answers. */
import type { OwnFiles } from "../../../pipeline/run/own-files.js";
import type { PartEntry, RunPlan } from "../../../pipeline/run/plan.js";

/** A piece of work: what can be read alone. */
export type Task =
  /** A part of a run. */
  | {
      readonly kind: "part";
      readonly folder: string;
      readonly plan: RunPlan;
      readonly part: PartEntry;
      readonly own: OwnFiles;
      /** Whether its sketch is kept beside it. */
      readonly keep: boolean;
    }
  /** Lines of a file that is not compressed: those that begin from one byte to before another. */
  | {
      readonly kind: "lines";
      readonly path: string;
      readonly from: number;
      readonly to: number;
    }
  /** Lines that can only be read from their start: gzip, or `-` for standard input. */
  | { readonly kind: "stream"; readonly path: string; readonly allowBombs: boolean }
  /** A file of another form: a document, CSV, Parquet. */
  | { readonly kind: "document"; readonly path: string; readonly allowBombs: boolean };

/** What a process is asked: to sum up a piece of work, time and again, and at last what all of them sum up to. */
export type Question =
  | {
      readonly task: Task;
      /** `Question.text` of what is asked. */
      readonly text: string;
    }
  | { readonly task: null };

/** What a process says of a task. */
export interface Done {
  readonly facts: number;
  /** Bytes of encoded facts that were gone through; 0 where nobody knows. */
  readonly encodedBytes: number;
}

/** What a process says of all its tasks. */
export interface Answer {
  /** The serialised summary. */
  readonly sketch: Uint8Array;
  readonly cpuSeconds: number;
  readonly peakMemoryBytes: number;
  /** The same without the files that processes share, above all Node's own: Linux tells it, or `null`. */
  readonly ownMemoryBytes: number | null;
}

/** Told a few times a second while a task is under way. */
export interface News {
  readonly facts: number;
}
