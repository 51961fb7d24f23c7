/** What facts have at some paths, as `hellfact summarise` found it. */
import { Type, type Static } from "../../core/typebox.js";
import { envelope, type DocumentType } from "../../results/document-type.js";
import { environmentSchema } from "../../results/environment.js";
import { Amount, nullable, object, oneOf, Strings } from "../../results/schema.js";

/** A value of JSON that is no list and no object. */
const Scalar = nullable(Type.Union([Type.String(), Type.Number(), Type.Boolean()]));

/** How many different values there are: counted where they are few, else estimated. */
const Unique = object({
  count: Amount,
  isEstimate: Type.Boolean(),
  /** Two standard errors to each side: in 95 of 100 cases the true number is between them. */
  low: Amount,
  high: Amount,
  /** What the estimate would be in less memory: a point of the plot of error against memory. */
  inLess: Type.Array(object({ bytes: Amount, count: Amount })),
});

const Quantile = object({ share: Amount, value: Type.Number() });
const Quantiles = object({
  min: Type.Number(),
  max: Type.Number(),
  /** How far a quantile may be from the true one, as a part of its value. */
  accuracy: Amount,
  /** Below this size the promise ends; 0 where it holds for all. */
  accurateFrom: Amount,
  quantiles: Type.Array(Quantile),
});

const Top = object({ value: Scalar, atLeast: Amount, atMost: Amount });
const Tops = object({
  values: Type.Array(Top),
  /** How many of the first of them are certain to be the most frequent ones. */
  certain: Amount,
});

const Figure = object({
  kind: oneOf("count", "unique", "quantile", "top"),
  path: Type.String(),
  /** Values that the question is about. */
  values: Amount,
  nulls: Amount,
  /** Values of another kind: objects and lists; for quantiles all but numbers. */
  others: Amount,
  unique: Type.Optional(Unique),
  quantile: Type.Optional(Quantiles),
  top: Type.Optional(Tops),
  sketchBytes: Amount,
});

/** What DuckDB counted of the same files, and how far a figure is from it. */
const Check = object({
  /** As the figure's: the number of a group, and of a figure in it. */
  group: Amount,
  figure: Amount,
  /** Different values, or values, or values of the quantiles in their order, or counts of the tops in theirs. */
  exact: Type.Array(Type.Number()),
  /** The largest difference, as a part of the true value. */
  error: Amount,
  /** The largest that was promised. */
  bound: Amount,
});

export const summariseSchema = object({
  ...envelope("summarise", 1),
  command: Strings,
  environment: environmentSchema,
  /** What was summed up, in a few words. */
  source: Type.String(),
  /** What a reader should know: of a run that has not ended, for one. */
  notes: Strings,
  /** The field that facts are grouped by. */
  by: nullable(Type.String()),
  facts: Amount,
  groups: Type.Array(object({ key: Scalar, facts: Amount, figures: Type.Array(Figure) })),
  /** How it was found. */
  work: object({
    wallSeconds: Amount,
    /** Of all processes that read. */
    cpuSeconds: Amount,
    workers: Amount,
    /** Pieces that were read, and parts whose sketches were there before. */
    read: Amount,
    kept: Amount,
    encodedBytes: Amount,
    storedBytes: Amount,
    /** Of the process that took most; and without the files that processes share, above all Node's own. */
    peakMemoryBytes: Amount,
    ownMemoryBytes: nullable(Amount),
    sketchBytes: Amount,
  }),
  exact: nullable(
    object({
      engine: Type.String(),
      seconds: Amount,
      peakMemoryBytes: Amount,
      checks: Type.Array(Check),
    }),
  ),
});

export type SummariseDocument = Static<typeof summariseSchema>;
export type SummarisedGroup = SummariseDocument["groups"][number];
export type Figure = Static<typeof Figure>;
export type Check = Static<typeof Check>;

export const summariseType: DocumentType<SummariseDocument> = {
  kind: "summarise",
  version: 1,
  title: "a summary of facts",
  schema: summariseSchema,
};
