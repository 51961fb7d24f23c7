/** The result document of a run of the pipeline. */
import { Type, type Static } from "../../core/typebox.js";
import { environmentSchema } from "../../results/environment.js";
import { Amount, nullable, object, oneOf, Strings } from "../../results/schema.js";
import { delaysSchema, roundSchema, slowingSchema, verdictSchema } from "../../verdict/result.js";
import { envelope, type DocumentType } from "../../results/document-type.js";
import { renamed } from "../../results/renamed.js";
import { NAMES_OF_VERSION_1, WORDS_OF_VERSION_1 } from "../../verdict/version-1.js";

/** Seconds of worker time in a stage, and their share of all worker time. */
const Stage = object({
  stage: oneOf("source", "encode", "compress", "write", "wait"),
  seconds: Amount,
  share: Amount,
});

const Run = object({
  source: Type.String(),
  codec: Type.String(),
  /** Who wrote JSON, where the codec is json: JSON.stringify, or functions compiled from a schema. */
  jsonEngine: Type.Optional(oneOf("native", "compiled")),
  compressor: Type.String(),
  /** What was compressed as one; earlier documents say nothing of it, and mean batches. */
  unit: Type.Optional(oneOf("fact", "batch", "file")),
  /** `null`, or `file:` and the folder. */
  sink: Type.String(),
  sync: Type.String(),
  /** Why it ended, or `null` if it was interrupted. */
  ended: nullable(Type.String()),
  /** What this process did; a resumed run's earlier parts are in its manifest. */
  facts: Amount,
  parts: Amount,
  rejected: Amount,
  encodedBytes: Amount,
  storedBytes: Amount,
  /** From the first range that was handed out to the last part that was finished. */
  wallSeconds: Amount,
  factsPerSecond: Amount,
  encodedBytesPerSecond: Amount,
  storedBytesPerSecond: Amount,
  wantedFactsPerSecond: nullable(Amount),
  mostSecondsLate: Amount,
  peakMemoryBytesPerWorker: Amount,
  stages: Type.Array(Stage),
  workers: Type.Array(object({ facts: Amount, stages: Type.Array(Stage) })),
  /** What went wrong and was mended. */
  incidents: Strings,
  /** What was held back or delayed on purpose; not there where nothing was. */
  slowing: Type.Optional(slowingSchema),
  delays: Type.Optional(delaysSchema),
  /** What binds it, and every round that says so, where that was asked. */
  verdict: Type.Optional(verdictSchema),
  rounds: Type.Optional(Type.Array(roundSchema)),
  /** Where the schema of a user's facts comes from. */
  schema: Type.Optional(Type.String()),
  /** Where that schema is unsure whether keys are data, in one line. */
  schemaUnsure: Type.Optional(Type.String()),
});

const runDocumentSchema = object({
  ...envelope("run", 2),
  complete: Type.Boolean(),
  environment: environmentSchema,
  command: Strings,
  run: Run,
});

/** What a run of the pipeline did, and how fast. */
export type RunDocument = Static<typeof runDocumentSchema>;

const NAMES = {
  sinkSeconds: "writeSeconds",
  grain: "unit",
};

export const runType: DocumentType<RunDocument> = {
  kind: "run",
  version: 2,
  title: "a run of the pipeline",
  schema: runDocumentSchema,
  fromVersion1: (document) =>
    renamed(document, NAMES, WORDS_OF_VERSION_1, NAMES_OF_VERSION_1) as object,
};
