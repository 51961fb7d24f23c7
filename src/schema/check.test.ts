import { expect, test } from "vitest";
import type { Fact } from "../core/fact.js";
import type { JsonSchema } from "../core/json-schema.js";
import { factCheck } from "./check.js";

const schema: JsonSchema = {
  type: "object",
  properties: {
    id: { type: "integer", minimum: 0 },
    runs: {
      type: "array",
      items: {
        type: "object",
        properties: { score: { type: "number" }, "a b": { type: ["string", "null"] } },
        required: ["score"],
        additionalProperties: false,
      },
    },
    kind: { anyOf: [{ type: "string" }, { type: "integer" }] },
  },
};

test.each<[Fact, string | undefined]>([
  [{ id: 1, runs: [{ score: 1 }], kind: "a" }, undefined],
  [{ id: 1.5 }, "id is 1.5, and should be integer"],
  [{ id: "1" }, 'id is "1", and should be integer'],
  [{ id: -1 }, "id is -1, and must be >= 0"],
  [{ id: -0 }, "id is -0, which integers of 64 bits have no place for"],
  [{ id: 1e20 }, "id is 100000000000000000000, which integers of 64 bits have no place for"],
  [{ runs: [{ score: 1 }, {}] }, "runs[1].score is missing"],
  [{ runs: [{ score: 1, more: 2 }] }, "runs[0].more is not in the schema"],
  [{ runs: [{ score: 1, "a b": [] }] }, 'runs[0]["a b"] is an array, and should be string or null'],
  [{ runs: {} }, "runs is an object, and should be array"],
  [{ kind: {} }, "kind is an object, which none of the schema's alternatives allows"],
])("%j", (fact, problem) => {
  expect(factCheck(schema, "s.json")(fact)).toBe(problem);
});

test.each<[JsonSchema, string]>([
  [{ type: "strin" }, "s.json is not valid JSON Schema at #/type: "],
  [{ properties: { a: { minimum: "1" } } } as never, "at #/properties/a/minimum: must be number"],
  [{ $ref: "#/$defs/none" }, "s.json is not valid JSON Schema: can't resolve reference"],
  [
    { $schema: "http://json-schema.org/draft-04/schema#" },
    "Use draft 2020-12, 2019-09 or draft-07.",
  ],
])("%j is refused by its name", (wrong, expected) => {
  expect(() => factCheck(wrong, "s.json")).toThrow(
    expect.objectContaining({
      name: "InputError",
      message: expect.stringContaining(expected) as string,
    }),
  );
});

test.each([
  "https://json-schema.org/draft/2019-09/schema",
  "http://json-schema.org/draft-07/schema#",
])("%s is understood", ($schema) => {
  const check = factCheck({ $schema, properties: { a: { type: "string" } } }, "s.json");
  expect(check({ a: 1 })).toBe("a is 1, and should be string");
});
