import { expect, test } from "vitest";
import type { JsonSchema } from "../core/json-schema.js";
import { avroFromJsonSchema } from "./avro.js";

const text: JsonSchema = { type: "string" };
const JSON_TEXT = { type: "string", logicalType: "json" };

function record(properties: Record<string, JsonSchema>): JsonSchema {
  return { type: "object", properties, additionalProperties: false };
}

/** The fields that a record with these properties gets. */
function fields(properties: Record<string, JsonSchema>, required = Object.keys(properties)) {
  const schema = { type: "object", properties, required, additionalProperties: false };
  return (avroFromJsonSchema(schema) as { fields: unknown[] }).fields;
}

test.each<[JsonSchema, unknown]>([
  [{ type: "integer", minimum: -1, maximum: 2 ** 31 - 1 }, "int"],
  [{ type: "integer", minimum: 0, maximum: 2 ** 31 }, "long"],
  [{ type: "integer", minimum: 0 }, "long"],
  [{ type: "integer" }, "double"],
  [{ type: "integer", minimum: 0, maximum: 2 ** 60 }, "double"],
  [{ type: "number" }, "double"],
  [text, "string"],
  [{ type: "boolean" }, "boolean"],
  [{ type: ["string", "null"] }, ["null", "string"]],
  [
    { type: "array", items: { type: ["number", "null"] } },
    { type: "array", items: ["null", "double"] },
  ],
  [
    { type: "object", additionalProperties: text },
    { type: "map", values: "string" },
  ],
])("%j becomes %j", (schema, type) => {
  expect(fields({ field: schema })).toEqual([{ name: "field", type }]);
});

test.each<[string, JsonSchema]>([
  ["several types", { type: ["string", "number"] }],
  ["no type", {}],
  ["an array of anything", { type: "array" }],
  ["an object of anything", { type: "object" }],
  [
    "named keys, and others",
    { type: "object", properties: { a: text }, additionalProperties: true },
  ],
  ["named keys without a word about others", { type: "object", properties: { a: text } }],
  ["keys that are no Avro names", record({ "a b": text })],
  ["a key that JavaScript takes for something else", record({ ["__proto__"]: text })],
  ["what more is said of than can be read", { ...record({ a: text }), allOf: [] } as JsonSchema],
])("%s is carried as JSON text", (_, schema) => {
  expect(fields({ field: schema })).toEqual([{ name: "field", type: JSON_TEXT }]);
});

test("what may be missing has null as its default, and what may also be null is JSON text", () => {
  expect(fields({ sometimes: text, either: { type: ["string", "null"] } }, [])).toEqual([
    { name: "sometimes", type: ["null", "string"], default: null },
    { name: "either", type: JSON_TEXT },
  ]);
});

test("facts that are no record are one field of a record", () => {
  expect(avroFromJsonSchema({ type: "object" })).toEqual({
    type: "record",
    name: "Fact",
    namespace: "hellfact",
    wholeFact: true,
    fields: [{ name: "fact", type: JSON_TEXT }],
  });
});

test("records are named by their place, and never twice the same", () => {
  const closed = { type: "object", additionalProperties: false };
  const inner: JsonSchema = { ...closed, properties: { x: text }, required: ["x"] };
  const schema = { ...closed, properties: { a: inner, A: inner, b: inner } };
  const avsc = JSON.stringify(avroFromJsonSchema(schema));
  expect([...avsc.matchAll(/"record","name":"(\w+)"/g)].map(([, name]) => name)).toEqual([
    "Fact",
    "FactA",
    "FactA2",
    "FactB",
  ]);
});

test("references into the schema are followed, and what refers to itself is JSON text", () => {
  const point = record({ x: { type: "number" }, around: { $ref: "#/$defs/point" } });
  const schema = { ...record({ at: { $ref: "#/$defs/point" } }), $defs: { point } };
  const avsc = JSON.stringify(avroFromJsonSchema({ ...schema, required: ["at"] }));
  expect(avsc).toContain('"name":"x"');
  expect(avsc).toContain(`"name":"around","type":${JSON.stringify(JSON_TEXT)}`);
});
