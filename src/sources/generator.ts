import { createRequire } from "node:module";
import { HELL_FACT_FIELDS, hellFact } from "../../generators/hell-facts.js";
import type { JsonSchema } from "../core/json-schema.js";
import type { Source } from "../core/source.js";

export interface GeneratorOptions {
  readonly seed: number;
  /** Index of the first fact. */
  readonly from: number;
}

/** Derived from the definition in `schemas/`, which takes longer to load than a trial has time. */
const hellFactSchema = createRequire(import.meta.url)(
  "hellfact/schemas/hell-fact.schema.json",
) as JsonSchema;

/** Hell facts without end: the fact at `from`, the next one, and so on. */
export function generatorSource({ seed, from }: GeneratorOptions): Source {
  return {
    name: "totalhelldeath",
    schema: hellFactSchema,
    fields: HELL_FACT_FIELDS,
    *facts() {
      for (let index = from; ; index++) yield hellFact(seed, index);
    },
  };
}
