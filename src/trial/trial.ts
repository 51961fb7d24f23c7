import type { Path } from "../core/fact.js";
import type { TrialResult } from "./result.js";
import type { Delays } from "../pipeline/injection.js";
import type { Runtime } from "../runtimes/runtime.js";
import type { Slowing } from "../sinks/slowed.js";
import type { PayloadPlan } from "../payload/payload.js";
import type { PoolSize } from "../payload/pool.js";
import type { Scenario } from "./scenario.js";

/** Nothing; what each part can do alone; or what a delay in each part does to the whole. */
export type Study = "none" | "ceilings" | "causal";

/** Everything a fresh process needs to know to make one trial. */
export interface TrialPlan {
  readonly scenario: Scenario;
  /** Runtimes that scenarios may name; where there are none, this process's own is used. */
  readonly runtimes?: readonly Runtime[];
  readonly payload: PayloadPlan;
  /** The files of codecs that are not this tool's, by the codecs' names. */
  readonly codecFiles: Readonly<Record<string, string>>;
  /** The same of compressors, without their levels; not there where there is none. */
  readonly compressorFiles?: Readonly<Record<string, string>>;
  readonly poolSize: PoolSize;
  /** The data file that is written, or read; `null` where nothing touches the disk. */
  readonly file: string | null;
  readonly fields: readonly Path[];
  /** Encoded bytes at which a batch is handed on, where they are not the pipeline's own choice. */
  readonly batchBytes?: number;
  /** How the sink is held back, and what is injected, when writing. */
  readonly slowing: Slowing;
  readonly delays: Delays;
  /** What is found out about a write beside its rate. */
  readonly study: Study;
  /**
   * Time for the trial, and for the start-up of its process if it is the first there; at least one
   * repetition is measured.
   */
  readonly allowanceSeconds: number;
  /** The digest of an earlier trial that was found to be right; its bytes need no second look. */
  readonly verifiedDigest: string | null;
  /** Only leave the file behind, for others to read. */
  readonly prepareOnly: boolean;
}

/** What a trial found. The scheduler adds the round in which it was made. */
export type TrialMeasure = Omit<TrialResult, "round">;

export type TrialOutcome =
  | { readonly status: "ok"; readonly measure: TrialMeasure; readonly digest: string }
  | { readonly status: "prepared" }
  | { readonly status: "failed" | "unavailable"; readonly reason: string }
  /** The disk is full: no other trial can succeed either. */
  | { readonly status: "fatal"; readonly reason: string };
