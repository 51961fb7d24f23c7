/** What a gate compares, in words that a fresh process understands. */
import type { PayloadPlan } from "../../../payload/payload.js";
import type { PoolSize } from "../../../payload/pool.js";

export type VariantName = "baseline" | "candidate";

/** Where one codec of a variant is found. */
export interface CodecPlace {
  readonly name: string;
  /** A file with the codec as an export; an absolute path. */
  readonly file: string;
  /** The name of that export. */
  readonly exportName: string;
  /** A package that is to be taken from another folder than the codec would take it from. */
  readonly library: { readonly packageName: string; readonly folder: string } | null;
  /** How much is added to the work of every fact, for the gate's test of itself: 0.05 is 5 %. */
  readonly slowdown: number;
}

export type GateDirection = "write" | "read";

/** How the variants of a pair are run: each in a fresh process, or both in one. */
export type Way = "two-processes" | "one-process";

/** Everything a variant's process needs to know. */
export interface VariantPlan {
  readonly place: CodecPlace;
  readonly direction: GateDirection;
  readonly payload: PayloadPlan;
  readonly poolSize: PoolSize;
  readonly warmUpPasses: number;
  /** Whether to look that facts come back as they went; the digest stands for it afterwards. */
  readonly checks: boolean;
}

/** What a variant's process says of itself once it is warm. */
export interface VariantReady {
  /** Stands for every byte that was written. */
  readonly digest: string;
  readonly encodedBytesPerFact: number;
  /** On the heap of V8; `null` where it cannot be told. */
  readonly allocatedBytesPerFact: number | null;
  /** What a pass over the pool took of the processor at the end of the warm-up. */
  readonly passSeconds: number;
}

/** Some facts of the pool, without a break. */
export interface Turn {
  readonly wallSeconds: number;
  /** Processor time of the whole process, collector included. */
  readonly cpuSeconds: number;
  /** Time in which the main thread could have run and was not let. */
  readonly waitSeconds: number;
  /** Processor time of a kernel that no codec can touch, right after the work. */
  readonly referenceSeconds: number;
}

export type VariantRequest =
  | {
      readonly kind: "open";
      readonly name: VariantName;
      readonly plan: VariantPlan;
      /** Whether the other variant is opened in the same process. */
      readonly isShared: boolean;
    }
  | { readonly kind: "turn"; readonly name: VariantName; readonly facts: number };
