/**
 * The result document: everything a comparison found, and everything needed to judge or repeat it.
 * The types and the validation come from the one definition below.
 */
import { Type, type Static } from "../../core/typebox.js";
import { environmentSchema } from "../../results/environment.js";
import { payloadSchema, scenarioSchema } from "../../trial/result.js";
import { Amount, nullable, object, oneOf, Strings } from "../../results/schema.js";
import { delaysSchema, slowingSchema } from "../../verdict/result.js";
import { envelope, type DocumentType } from "../../results/document-type.js";
import { renamed } from "../../results/renamed.js";
import { NAMES_OF_VERSION_1, WORDS_OF_VERSION_1 } from "../../verdict/version-1.js";

const Configuration = object({
  command: Strings,
  codecs: Strings,
  compressors: Strings,
  /** What is compressed as one; earlier documents say nothing of it, and mean batches. */
  unit: Type.Optional(oneOf("fact", "batch", "file")),
  directions: Strings,
  engines: Strings,
  sink: oneOf("file", "null"),
  sync: oneOf("none", "close", "batch"),
  seed: Amount,
  /** The world that generated facts are of; not there where facts come from a file. */
  profile: Type.Optional(
    object({
      factBytes: Amount,
      duplication: Amount,
      gameDayMilliseconds: Amount,
      players: Amount,
      activePerDay: Amount,
      eventsPerPlayer: Amount,
    }),
  ),
  input: nullable(Type.String()),
  /** How the sink was held back on purpose; not there where it was not. */
  slowing: Type.Optional(slowingSchema),
  /** Delays for each fact that were put into stages on purpose; not there where none were. */
  delays: Type.Optional(delaysSchema),
  /** Fields that `project` reads. */
  fields: Strings,
  trials: Amount,
  budgetSeconds: Amount,
  precision: Amount,
});

/** The same comparison at several values of one thing, all measured in common rounds. */
const Sweep = object({
  /** `fact-size` and `batch` in bytes, `level` of the compressor, `duplication` as a factor. */
  parameter: oneOf("fact-size", "batch", "level", "duplication"),
  /** Each value and the facts it was measured on; the document's own payload is the first one's. */
  points: Type.Array(object({ value: Amount, payload: payloadSchema })),
});

const resultsSchema = object({
  ...envelope("compare", 2),
  /** Whether every planned trial was made. */
  complete: Type.Boolean(),
  /** Rules of measuring that this comparison broke, and what that does to its figures. */
  warnings: Strings,
  /** From its first trial to its end; earlier documents say nothing of it. */
  elapsedSeconds: Type.Optional(Amount),
  environment: environmentSchema,
  configuration: Configuration,
  payload: payloadSchema,
  /** Not there where nothing was swept. */
  sweep: Type.Optional(Sweep),
  scenarios: Type.Array(scenarioSchema),
});

export type SweepDocument = ResultDocument & { readonly sweep: Static<typeof Sweep> };
export type SweepParameter = Static<typeof Sweep>["parameter"];
export type ResultDocument = Static<typeof resultsSchema>;

const NAMES = {
  sinkSeconds: "writeSeconds",
  grain: "unit",
  withheldSeconds: "stolenSeconds",
};

export const comparisonType: DocumentType<ResultDocument> = {
  kind: "compare",
  version: 2,
  title: "a comparison",
  schema: resultsSchema,
  fromVersion1: (document) =>
    renamed(document, NAMES, WORDS_OF_VERSION_1, NAMES_OF_VERSION_1) as object,
};
