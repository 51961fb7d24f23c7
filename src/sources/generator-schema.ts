import { createRequire } from "node:module";
import type { JsonSchema } from "../core/json-schema.js";

/** Derived from the definition in `schemas/`, which takes longer to load than a trial has time. */
export const hellFactSchema = createRequire(import.meta.url)(
  "hellfact/schemas/hell-fact.schema.json",
) as JsonSchema;
