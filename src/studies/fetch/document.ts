/** What `hellfact fetch` found: drivers × shapes × ways of fetching. */
import { Type, type Static } from "../../core/typebox.js";
import { envelope, type DocumentType } from "../../results/document-type.js";
import { environmentSchema } from "../../results/environment.js";
import { Amount, Interval, nullable, object, oneOf, Strings } from "../../results/schema.js";

/** One process's fetches; seconds are of all of them together. */
const Trial = object({
  round: Amount,
  fetches: Amount,
  wallSeconds: Amount,
  /** Of this process, all its threads: a database that works inside it, too. */
  cpuSeconds: Amount,
  /** Of them, for collecting garbage. */
  gcSeconds: Amount,
  /** Until the first row of a fetch was there, at the median. */
  firstRowSeconds: Amount,
  peakMemoryBytes: Amount,
});

const Cell = object({
  store: oneOf("postgres", "sqlite", "duckdb"),
  driver: Type.String(),
  shape: oneOf("array", "object", "class"),
  fetch: oneOf("all", "iterate"),
  status: oneOf("ok", "failed", "unavailable", "not-measured"),
  reason: nullable(Type.String()),
  rowsPerSecond: nullable(Interval),
  /** For a million rows. */
  cpuSeconds: nullable(Amount),
  gcSeconds: nullable(Amount),
  firstRowSeconds: nullable(Amount),
  peakMemoryBytes: nullable(Amount),
  trials: Type.Array(Trial),
});

/** How many times as long something takes as something else, from the rounds in which both were measured. */
const Cost = object({
  store: Type.String(),
  driver: Type.String(),
  /** `object` or `class` instead of `array`; `iterate` instead of `all`. */
  what: oneOf("object", "class", "iterate"),
  /** What was the same in both: the way of fetching, or the shape. */
  beside: Type.String(),
  factor: Interval,
});

export const fetchSchema = object({
  ...envelope("fetch", 1),
  complete: Type.Boolean(),
  command: Strings,
  warnings: Strings,
  environment: environmentSchema,
  rows: Amount,
  columns: Amount,
  types: Strings,
  /** Fetches of a cell, that were wanted. */
  times: Amount,
  rounds: Amount,
  servers: Strings,
  cells: Type.Array(Cell),
  costs: Type.Array(Cost),
});

export type FetchDocument = Static<typeof fetchSchema>;
export type FetchCell = Static<typeof Cell>;
export type FetchCost = Static<typeof Cost>;
export type FetchTrial = Static<typeof Trial>;

export const fetchType: DocumentType<FetchDocument> = {
  kind: "fetch",
  version: 1,
  title: "fetching rows out of a database",
  schema: fetchSchema,
};
