import { describe, expect, test } from "vitest";
import type { JsonSchema } from "../core/json-schema.js";
import { protoFromJsonSchema } from "./proto.js";

const object = (properties: Record<string, JsonSchema>, required = Object.keys(properties)) => ({
  type: "object",
  properties,
  required,
  additionalProperties: false,
});

/** The lines of the messages, without what every file starts with. */
function fields(schema: JsonSchema): string[] {
  const lines = protoFromJsonSchema(schema).split("\n");
  return lines.slice(lines.indexOf("message Fact {")).filter((line) => line.startsWith("  "));
}

test.each([
  [{ type: "integer", minimum: 0, maximum: 2 ** 32 - 1 }, "uint32"],
  [{ type: "integer", minimum: 0, maximum: 2 ** 32 }, "uint64"],
  [{ type: "integer", minimum: -1, maximum: 2 ** 31 - 1 }, "sint32"],
  [{ type: "integer", minimum: -1, maximum: 2 ** 31 }, "sint64"],
  [{ type: "integer" }, "sint64"],
  [{ type: "number" }, "double"],
  [{ type: "string" }, "string"],
  [{ type: "boolean" }, "bool"],
])("%j becomes %s", (schema, type) => {
  expect(fields(object({ field: schema }))).toEqual([`  required ${type} field = 1;`]);
});

test("what may be missing or null is said so that it can be told apart again", () => {
  const text = { type: "string" };
  const schema = object(
    {
      always: text,
      sometimes: text,
      nothing: { type: ["string", "null"] },
      list: { type: "array", items: { type: "integer" }, minItems: 1 },
      map: { type: "object", additionalProperties: { type: "number" }, minProperties: 1 },
    },
    ["always", "nothing"],
  );
  expect(fields(schema)).toEqual([
    "  required string always = 1;",
    "  optional string sometimes = 2;",
    "  optional string nothing = 3 [(nullable) = true];",
    "  repeated sint64 list = 4 [(omittable) = true, packed = true];",
    "  map<string, double> map = 5 [(omittable) = true];",
  ]);
});

test("messages inside are named by their place, and never twice the same", () => {
  const inner = object({ x: { type: "number" } });
  const proto = protoFromJsonSchema(
    object({ a: inner, A: inner, list: { type: "array", items: inner } }),
  );
  expect([...proto.matchAll(/^message (\w+)/gm)].map(([, name]) => name)).toEqual([
    "Fact",
    "A",
    "A2",
    "List",
  ]);
});
