/** What trials find: of each process its rates, bytes and counters, and what they come to for a scenario. */
import { Type, type Static } from "../core/typebox.js";
import { Amount, Interval, nullable, object, oneOf, Strings } from "../results/schema.js";
import { causalSchema, ceilingsSchema, injectedSchema, verdictSchema } from "../verdict/result.js";

export const payloadSchema = object({
  source: Type.String(),
  /** Distinct facts that are walked in order. */
  facts: Amount,
  jsonBytes: Amount,
  jsonBytesPerFact: Amount,
  /** Of a user's facts: where their schema comes from, and what formats carry by rules of their own. */
  schema: Type.Optional(
    object({
      origin: Type.String(),
      carried: Strings,
      /** Where it is unsure whether keys are data, in one line. */
      unsure: Type.Optional(Type.String()),
    }),
  ),
  /** What reading a user's input takes, in the time of writing its facts as plain JSON. */
  reading: Type.Optional(
    object({
      formats: Strings,
      readPerJsonWrite: Interval,
      /** Checking each fact by the schema, as a run does for codecs that need one. */
      checkPerJsonWrite: Interval,
      checkedCodecs: Strings,
    }),
  ),
});

const Counters = object({
  userSeconds: Amount,
  systemSeconds: Amount,
  garbageCollectionSeconds: Amount,
  garbageCollections: Amount,
  /** Time runnable but not running. */
  runQueueSeconds: nullable(Amount),
  /** Processor time of the whole machine, and what a hypervisor or a quota stolen. */
  machineSeconds: Type.Optional(nullable(Amount)),
  stolenSeconds: Type.Optional(nullable(Amount)),
  /** Bytes through read and write calls. */
  readBytes: nullable(Amount),
  writtenBytes: nullable(Amount),
  /** Bytes that reached the block layer. */
  blockReadBytes: nullable(Amount),
  blockWrittenBytes: nullable(Amount),
  /** Seconds in which some task of the machine waited for the resource. */
  cpuPressureSeconds: nullable(Amount),
  ioPressureSeconds: nullable(Amount),
  memoryPressureSeconds: nullable(Amount),
  peakMemoryBytes: Amount,
});

const Trial = object({
  round: Amount,
  /** All facts of the measurement phase over all of its seconds. */
  factsPerSecond: Amount,
  medianSampleFactsPerSecond: Amount,
  /** The rate that 99 % of samples exceed. */
  slowSampleFactsPerSecond: Amount,
  /** The first second of work, the check and the warm-up: with no file where that checks in memory. */
  coldFactsPerSecond: Amount,
  steady: Type.Boolean(),
  facts: Amount,
  wallSeconds: Amount,
  setupSeconds: Amount,
  checkSeconds: Amount,
  warmUpSeconds: Amount,
  encodedBytesPerFact: Amount,
  /** Those of them that keep facts apart, or make a file of them; not of columns, and not in documents of before. */
  framingBytesPerFact: Type.Optional(nullable(Amount)),
  storedBytesPerFact: Amount,
  /** What the file system set aside, in whole blocks. */
  allocatedBytesPerFact: nullable(Amount),
  counters: Counters,
  /** What each part of a write could do alone in this trial's process, where that was asked. */
  ceilings: Type.Optional(ceilingsSchema),
  /** What delays in each part did to the whole, where that was asked. */
  injected: Type.Optional(Type.Array(injectedSchema)),
  /** Each timed window: facts done, seconds taken. */
  samples: Type.Array(object({ facts: Amount, seconds: Amount })),
});

export const scenarioSchema = object({
  codec: Type.String(),
  /** What ran it, with its configuration: `node@24.21.0 jitless`; not there where nothing was asked for. */
  runtime: Type.Optional(Type.String()),
  /** `none`, or a compressor with its level: `gzip:6`. */
  compressor: Type.String(),
  /** What was compressed as one, where something was and it is not a batch. */
  unit: Type.Optional(oneOf("fact", "file")),
  /** What undid the compression, where something did. */
  engine: nullable(Type.String()),
  direction: oneOf("write", "read", "project", "validate"),
  sink: oneOf("file", "null"),
  /** When written files are synced; nothing is written when reading. */
  sync: nullable(oneOf("none", "close", "batch")),
  /** In a sweep: the value at which it was measured. */
  sweepValue: Type.Optional(Amount),
  status: oneOf("ok", "failed", "unavailable", "unsupported"),
  /** Why there is no rate. */
  reason: nullable(Type.String()),
  /** The codec whose reading is the same code, measured there. */
  sameAs: nullable(Type.String()),
  factsPerSecond: nullable(Interval),
  precisionReached: nullable(Type.Boolean()),
  encodedBytesPerFact: nullable(Amount),
  /** Those of them that keep facts apart, or make a file of them; not of columns, and not in documents of before. */
  framingBytesPerFact: Type.Optional(nullable(Amount)),
  storedBytesPerFact: nullable(Amount),
  cpuSecondsPerMillionFacts: nullable(Amount),
  /** Whether every trial became flat before it was measured. */
  steadyState: nullable(Type.Boolean()),
  coldFactsPerSecond: nullable(Amount),
  /** What binds it, where ceilings were measured. */
  verdict: Type.Optional(verdictSchema),
  /** What delays in its stages do to it, where that was measured. */
  causal: Type.Optional(Type.Array(causalSchema)),
  trials: Type.Array(Trial),
});

export type ScenarioResult = Static<typeof scenarioSchema>;
export type TrialResult = Static<typeof Trial>;
export type TrialCounters = Static<typeof Counters>;
export type Direction = ScenarioResult["direction"];
