/** Where the facts are that a query is asked of. */
import type { Fact } from "../core/fact.js";
import type { JsonSchema } from "../core/json-schema.js";
import type { Relation } from "./relation.js";

export interface Dataset {
  readonly relations: readonly Relation[];
  /** The shape of the facts; `undefined` where their place knows columns of its own. */
  readonly schema: JsonSchema | undefined;
  /** Whether the schema is inferred from some of the facts. */
  readonly isSampled: boolean;
  /** What a person should know, a line each. */
  readonly notes: readonly string[];
}

/** What one word of the command line means. */
export interface Place {
  readonly relations: readonly Relation[];
  readonly schema?: JsonSchema | undefined;
  readonly notes?: readonly string[];
  /** Facts to infer a schema from, where the place needs one and has none. */
  readonly sample?: (() => Iterable<Fact> | AsyncIterable<Fact>) | undefined;
}
