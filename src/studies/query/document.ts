/** What `hellfact query --compare` found: questions × ways to keep facts. */
import { Type, type Static } from "../../core/typebox.js";
import { envelope, type DocumentType } from "../../results/document-type.js";
import { environmentSchema } from "../../results/environment.js";
import { Amount, Interval, nullable, object, oneOf, Strings } from "../../results/schema.js";

const Asked = object({ answers: Amount, wallSeconds: Amount });

/** One process's answers. */
const Trial = object({
  round: Amount,
  byId: Asked,
  inRange: Asked,
  averages: Asked,
  peakMemoryBytes: Amount,
});

const Way = object({
  /** `postgres jsonb` */
  name: Type.String(),
  store: oneOf("postgres", "sqlite", "duckdb", "files"),
  summary: Type.String(),
  status: oneOf("ok", "failed", "unavailable", "not-measured"),
  reason: nullable(Type.String()),
  server: nullable(Type.String()),
  /** Loaded once, in the first round. */
  load: nullable(object({ seconds: Amount, storedBytes: Amount })),
  /** Answers a second. */
  byId: nullable(Interval),
  inRange: nullable(Interval),
  averages: nullable(Interval),
  peakMemoryBytes: nullable(Amount),
  trials: Type.Array(Trial),
});

export const querySchema = object({
  ...envelope("query", 1),
  complete: Type.Boolean(),
  command: Strings,
  warnings: Strings,
  environment: environmentSchema,
  facts: Amount,
  /** Of the facts as JSON, a line each. */
  jsonBytes: Amount,
  rounds: Amount,
  ways: Type.Array(Way),
});

export type QueryDocument = Static<typeof querySchema>;
export type MeasuredWay = Static<typeof Way>;
export type WayTrial = Static<typeof Trial>;

export const queryType: DocumentType<QueryDocument> = {
  kind: "query",
  version: 1,
  title: "a comparison of ways to keep and ask facts",
  schema: querySchema,
};
