import { expect, test } from "vitest";
import type { JsonSchema } from "../core/json-schema.js";
import { avroFromJsonSchema } from "./avro.js";

const text: JsonSchema = { type: "string" };
const JSON_TEXT = { type: "string", logicalType: "json" };

/** The fields that a record with these properties gets. */
function fields(properties: Record<string, JsonSchema>, required = Object.keys(properties)) {
  const schema = { type: "object", properties, required };
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
  ["keys that are no Avro names", { type: "object", properties: { "a b": text } }],
  [
    "a key that JavaScript takes for something else",
    { type: "object", properties: { ["__proto__"]: text } },
  ],
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
  const inner: JsonSchema = { type: "object", properties: { x: text }, required: ["x"] };
  const schema = { type: "object", properties: { a: inner, A: inner, b: inner } };
  const avsc = JSON.stringify(avroFromJsonSchema(schema));
  expect([...avsc.matchAll(/"record","name":"(\w+)"/g)].map(([, name]) => name)).toEqual([
    "Fact",
    "FactA",
    "FactA2",
    "FactB",
  ]);
});
