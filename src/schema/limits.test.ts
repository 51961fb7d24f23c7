import { expect, test } from "vitest";
import type { JsonSchema } from "../core/json-schema.js";
import { factCheck } from "./check.js";
import { MAX_PROPERTIES, MAX_SCHEMA_DEPTH, MAX_SCHEMA_PARTS } from "./limits.js";

function nested(levels: number): JsonSchema {
  let schema: JsonSchema = { type: "string" };
  for (let level = 0; level < levels; level++) schema = { properties: { a: schema } };
  return schema;
}
const wide = (count: number): JsonSchema => ({
  properties: Object.fromEntries(Array.from({ length: count }, (_, index) => [`p${index}`, {}])),
});
const many: JsonSchema = {
  anyOf: Array.from({ length: 120 }, () => ({
    anyOf: Array.from({ length: 120 }, () => ({ type: "null" })),
  })),
};

test.each<[string, JsonSchema, string]>([
  [
    "deep",
    nested(2000),
    `s.json at #/properties/a/properties/a/properties/a/…: nested more than ${MAX_SCHEMA_DEPTH} deep`,
  ],
  [
    "wide",
    wide(20_000),
    `s.json at #/properties: 20000 properties, and ${MAX_PROPERTIES} are the most`,
  ],
  ["many", many, `more than ${MAX_SCHEMA_PARTS} objects and lists`],
  ["a circle", { $ref: "#" }, "s.json at #: refers to itself"],
  [
    "a longer circle",
    { $defs: { a: { $ref: "#/$defs/b" }, b: { anyOf: [{ $ref: "#/$defs/a" }] } } },
    "refers to itself for the same value",
  ],
  [
    "no text as $schema",
    { $schema: 5 } as never,
    "s.json is not valid JSON Schema at #/$schema: must be string",
  ],
])("%s is refused by the limit's number", (_, schema, expected) => {
  expect(() => factCheck(schema, "s.json")).toThrow(
    expect.objectContaining({
      name: "InputError",
      message: expect.stringContaining(expected) as string,
    }),
  );
});

test("what is within the limits is taken, trees that refer to themselves, too", () => {
  expect(factCheck(nested(90), "s.json")({ a: 1 })).toBeUndefined();
  expect(factCheck(wide(MAX_PROPERTIES), "s.json")({ p1: 1 })).toBeUndefined();
  const tree = { properties: { left: { $ref: "#" }, value: { type: "integer" } } } as JsonSchema;
  expect(factCheck(tree, "s.json")({ left: { left: { value: "x" } } })).toContain(
    "left.left.value",
  );
});

test("patterns take linear time, and what cannot is refused with its reason", () => {
  const matching = (pattern: string) =>
    factCheck({ properties: { a: { type: "string", pattern } } } as JsonSchema, "s.json");
  expect(matching("^(a+)+$")({ a: `${"a".repeat(5000)}!` })).toContain("must match pattern");
  expect(matching("^(a+)+$")({ a: "aaa" })).toBeUndefined();
  expect(matching("^\\u00e9\\d{2}$")({ a: "é12" })).toBeUndefined();
  expect(() => matching("^(?=a)b")).toThrow("cannot be matched in linear time");
  expect(() => matching("(")).toThrow("Unterminated group");
});
