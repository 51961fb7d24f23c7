/** What binds a pipeline, as result documents have it. */
import { Type, type Static } from "../core/typebox.js";
import { Amount, Interval, nullable, object, oneOf, Signed, Strings } from "../results/schema.js";

/** Facts per second that each part of a pipeline reaches alone. */
const alone = {
  /** The source alone; `null` where it cannot be asked again. */
  source: nullable(Amount),
  /** Encode and frame, without compressing; `null` where nothing compresses. */
  encode: nullable(Amount),
  /** Encode, frame and compress into nowhere. */
  codec: Amount,
  /** The same bytes, encoded beforehand, into the same sink; `null` where nothing is written. */
  write: nullable(Amount),
  /** The same with four batches at a time. */
  wideWrite: nullable(Amount),
  /** Processor seconds of a fact in that: they take turns with encoding, on any disk. */
  writeCpuSecondsPerFact: Type.Optional(nullable(Amount)),
};

/** What the parts reach alone, in one trial. */
export const ceilingsSchema = object({
  ...alone,
  factsPerBatch: Amount,
  /** The shortest time that any of these was measured over. */
  shortestSeconds: Amount,
});

/** Facts per second of all workers together in one round of a run: the parts alone, and the whole. */
export const roundSchema = object({ ...alone, pipeline: Amount });

/** How a sink was held back on purpose. */
export const slowingSchema = object({ bytesPerSecond: nullable(Amount), latencySeconds: Amount });

/** Seconds for each fact that were put into stages on purpose. */
export const delaysSchema = object({ encodeSeconds: Amount, writeSeconds: Amount });

/** A delay for each fact that was put into a stage, and the time per fact that came of it. */
export const injectedSchema = object({
  stage: oneOf("encode", "write"),
  delaySeconds: Amount,
  factSeconds: Amount,
});

const Corroboration = object({
  counter: Type.String(),
  finding: oneOf("agrees", "disagrees", "silent"),
  text: Type.String(),
});

const Evidence = object({
  rounds: Amount,
  /** Rounds in which the machine was taken away, and that count for nothing. */
  roundsLeftOut: Amount,
  workers: Amount,
  /** Whether bytes went to a file, and not only through something that held them back. */
  toDisk: Type.Boolean(),
  /** Whether facts came from one reader, however many workers there were. */
  oneReader: Type.Boolean(),
  /** Facts per second. */
  source: nullable(Interval),
  encode: nullable(Interval),
  codec: nullable(Interval),
  write: nullable(Interval),
  pipeline: nullable(Interval),
  /** Next ceiling over the lowest, round by round. */
  margin: nullable(Interval),
  /** The pipeline over its lowest ceiling, round by round. */
  pipelineOverLowest: nullable(Interval),
  /** How much of the lesser stages' time is hidden behind the slowest: 0 in turn, 1 all at once. */
  overlap: nullable(Amount),
  /**
   * How much of the time of a disk of a provisioned rate passes while facts are made: all of it, or where
   * files are synced only as they close, what the other workers make meanwhile.
   */
  diskOverlap: Type.Optional(Amount),
  storedBytesPerFact: Amount,
  /** Processor seconds of a fact in writing; not there where it was not counted. */
  writeCpuSecondsPerFact: Type.Optional(nullable(Amount)),
  /** What the sink takes for a batch whatever its size, and what it carries beside. */
  sinkLatency: nullable(
    object({ secondsPerBatch: Amount, bytesPerSecond: nullable(Amount), factsPerBatch: Amount }),
  ),
  corroboration: Type.Array(Corroboration),
  /** Counters that this platform does not have. */
  notOffered: Strings,
});

const WhatIf = object({
  /** How many times slower the sink (or, where that binds, the codec) could be before it mattered. */
  headroom: nullable(Amount),
  /** Sink bandwidth below which the sink binds, and above which the codec does. */
  crossoverBytesPerSecond: Amount,
  twiceTheCores: object({ factsPerSecond: Amount, binds: Type.String() }),
  halfTheDisk: nullable(object({ factsPerSecond: Amount, binds: Type.String() })),
  /** Sink bandwidths below which something smaller, though slower to make, gives more facts. */
  paysBelow: Type.Array(
    object({ codec: Type.String(), compressor: Type.String(), bytesPerSecond: Amount }),
  ),
});

const common = {
  evidence: Evidence,
  whatIf: nullable(WhatIf),
  /** Rules that were broken, and what that does to the verdict. */
  caveats: Strings,
};

const Shares = object({
  encode: nullable(Amount),
  compress: nullable(Amount),
  garbageCollection: nullable(Amount),
});

export const verdictSchema = Type.Union([
  object({ kind: Type.Literal("source-bound"), ...common }),
  /** Shares of the pipeline's time. */
  object({ kind: Type.Literal("codec-bound"), shares: Shares, ...common }),
  object({ kind: Type.Literal("sink-bandwidth-bound"), bytesPerSecond: Amount, ...common }),
  object({ kind: Type.Literal("sink-latency-bound"), secondsPerBatch: Amount, ...common }),
  object({ kind: Type.Literal("balanced"), between: Strings, ...common }),
  object({
    kind: Type.Literal("inconclusive"),
    why: oneOf("busy", "noisy", "too-few-rounds", "coarse-clock", "contradiction"),
    /** The reason in a sentence. */
    detail: Type.String(),
    ...common,
  }),
]);

/** What a delay in a stage does to the time per fact. */
export const causalSchema = object({
  stage: oneOf("encode", "write"),
  /** Seconds of time per fact for each second of delay: 1 critical, 0 hidden behind something else. */
  slope: object({
    median: Signed,
    low: nullable(Signed),
    high: nullable(Signed),
  }),
  /** The delay that is hidden before the time per fact begins to grow. */
  slackSeconds: Amount,
});

export type CausalResult = Static<typeof causalSchema>;
export type InjectedDelay = Static<typeof injectedSchema>;
export type Ceilings = Static<typeof ceilingsSchema>;
export type Verdict = Static<typeof verdictSchema>;
export type VerdictKind = Verdict["kind"];
export const VERDICT_KINDS = verdictSchema.anyOf.map(
  ({ properties }): VerdictKind => properties.kind.const,
);
export type Evidence = Static<typeof Evidence>;
export type WhatIf = Static<typeof WhatIf>;
export type Corroboration = Static<typeof Corroboration>;
