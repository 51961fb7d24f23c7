/** What `hellfact warmup` found: how codecs begin, process by process, and what that comes to. */
import { Type, type Static } from "../../core/typebox.js";
import { payloadSchema } from "../../trial/result.js";
import { envelope, type DocumentType } from "../../results/document-type.js";
import { renamed } from "../../results/renamed.js";
import { environmentSchema } from "../../results/environment.js";
import { Amount, nullable, object, oneOf, Signed, Strings } from "../../results/schema.js";

/** Facts done one after the other, and what they took. */
const WatchedBlock = object({
  facts: Amount,
  cpuSeconds: Amount,
  wallSeconds: Amount,
  /** What a fixed piece of native work took right after: how fast the machine was. */
  referenceSeconds: Amount,
});

/** One process from its start. */
const WatchedProcess = object({
  round: Amount,
  /** Processor time until the tool's own code ran, and what loading and opening the codec took. */
  startCpuSeconds: Amount,
  loadCpuSeconds: Amount,
  prewarmCpuSeconds: Amount,
  blocks: Type.Array(WatchedBlock),
});

/** What several processes that did the same come to. Seconds are processor time. */
const Figures = object({
  kind: oneOf("flat", "warm-up", "slow-down", "none"),
  /** Processes whose own series is of that kind, and all. */
  agreeing: Amount,
  processes: Amount,
  /** From here on it is steady; `null` where it never was. */
  steadyAfterFacts: nullable(Amount),
  steadyAfterSeconds: nullable(Amount),
  steadySecondsPerFact: Amount,
  /** Before the first fact: starting, loading, warming up on purpose. */
  startSeconds: Amount,
  /** What the facts before the steady state took beyond what they take in it. */
  coldPenaltySeconds: Amount,
  coldPenaltyFacts: Amount,
  /** Cumulated from the first fact: facts, and the seconds that they took. */
  curve: Type.Array(Type.Tuple([Amount, Amount])),
  /** A process that does so many facts and ends: facts per second with its start, and the share lost. */
  jobs: Type.Array(object({ facts: Amount, factsPerCpuSecond: Amount, lostShare: Signed })),
});

const Scenario = object({
  codec: Type.String(),
  compressor: Type.String(),
  direction: oneOf("write", "read"),
  runtime: Type.Optional(Type.String()),
  status: oneOf("ok", "failed", "unavailable", "unsupported"),
  reason: nullable(Type.String()),
  figures: nullable(Figures),
  watched: Type.Array(WatchedProcess),
});

/** One that starts more expensive and ends cheaper: from so many facts on it has cost less. */
const BreakEven = object({
  winner: Type.String(),
  loser: Type.String(),
  facts: Amount,
  /** The 95 % interval over the rounds; the least and the most of them where they are too few for one. */
  low: Amount,
  high: Amount,
});

/** One that starts more expensive, and ends cheaper in some rounds only: whether it pays is not decided. */
const UndecidedBreakEven = object({
  winner: Type.String(),
  loser: Type.String(),
  rounds: Amount,
  /** Rounds in which it has cost less from some fact on. */
  crossings: Amount,
});

const warmupSchema = object({
  ...envelope("warmup", 2),
  complete: Type.Boolean(),
  warnings: Strings,
  environment: environmentSchema,
  payload: payloadSchema,
  scenarios: Type.Array(Scenario),
  breakEvens: Type.Array(BreakEven),
  undecided: Type.Optional(Type.Array(UndecidedBreakEven)),
});

export type WarmupDocument = Static<typeof warmupSchema>;
export type WarmupScenario = Static<typeof Scenario>;
export type WarmupFigures = Static<typeof Figures>;
export type WatchedProcess = Static<typeof WatchedProcess>;
export type WatchedBlock = Static<typeof WatchedBlock>;
export type UndecidedBreakEven = Static<typeof UndecidedBreakEven>;
export type BreakEven = Static<typeof BreakEven>;

const NAMES_OF_VERSION_1 = { rulerSeconds: "referenceSeconds", crossovers: "breakEvens" };

export const warmupType: DocumentType<WarmupDocument> = {
  kind: "warmup",
  version: 2,
  title: "a warm-up",
  schema: warmupSchema,
  fromVersion1: (document) => renamed(document, NAMES_OF_VERSION_1) as object,
};

/** How a scenario is called in sentences and charts. */
export function warmupName({ codec, runtime }: Pick<WarmupScenario, "codec" | "runtime">): string {
  return runtime === undefined ? codec : `${codec} ${runtime}`;
}
