import fc from "fast-check";
import { expect, test } from "vitest";
import type { JsonSchema } from "../core/json-schema.js";
import { planOf } from "./plan.js";

test("whatever a schema's words hold, there is a plan: it is a hint and may lie", () => {
  const words = ["type", "properties", "required", "items", "additionalProperties", "enum"];
  const value = fc.oneof(
    fc.jsonValue({ maxDepth: 2 }),
    fc.constantFrom("object", "array", "string", ["object", "array", "string", "integer"]),
  );
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom(...words), value), (schema) => {
      expect(planOf(schema as JsonSchema).kinds).toBeInstanceOf(Set);
    }),
    { numRuns: 500, examples: [[{ type: [{ toString: null }] }]] },
  );
});
