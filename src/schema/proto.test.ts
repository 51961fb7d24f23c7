import { describe, expect, test } from "vitest";
import type { JsonSchema } from "../core/json-schema.js";
import { deriveProto, protoFromJsonSchema } from "./proto.js";

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

const text = { type: "string" };

/** Rules that are used, as `rule: paths`. */
function rulesFor(schema: JsonSchema): string[] {
  return deriveProto(schema).rules.map(({ rule, paths }) => `${rule}: ${paths.join(", ")}`);
}

describe("what protobuf has no word for is carried by a rule, which is listed with its path", () => {
  test.each<[string, JsonSchema, string[]]>([
    ["several types", object({ a: { type: ["string", "number"] } }), ["union: a"]],
    ["anything", object({ a: {} }), ["any: a"]],
    ["a reference to itself", { ...object({ a: { $ref: "#" } }), $id: "x" }, ["any: a.a"]],
    ["what is not read", object({ a: { allOf: [text] } as JsonSchema }), ["any: a"]],
    ["missing or null", object({ a: { type: ["string", "null"] } }, []), ["union: a"]],
    ["an array or null", object({ a: { type: ["array", "null"], items: text } }), ["list: a"]],
    ["an array, empty or missing", object({ a: { type: "array", items: text } }, []), ["list: a"]],
    [
      "an array in an array",
      object({ a: { type: "array", items: { type: "array", items: text } } }),
      ["list: a[]"],
    ],
    [
      "null in an array",
      object({ a: { type: "array", items: { type: ["string", "null"] } } }),
      ["union: a[]"],
    ],
    [
      "null in a map",
      object({ a: { type: "object", additionalProperties: { type: ["string", "null"] } } }),
      ["union: a{}", "map: a", "entries: a{}"],
    ],
    ["a key that is no name", object({ a: object({ "b c": text }) }), ['key: a["b c"]']],
    ["keys that are nearly the same", object({ a_b: text, aB: text }), ["key: aB"]],
    [
      "further keys",
      { type: "object", properties: { a: text } },
      ["rest: the fact", "map: the fact", "any: {}", "entries: {}"],
    ],
  ])("%s", (_, schema, expected) => {
    expect(rulesFor(schema)).toEqual(expected);
  });

  test("a fact is an object, also where its schema does not say so", () => {
    expect(rulesFor({ properties: { a: text }, additionalProperties: false })).toEqual([]);
  });

  test("and what it has a word for needs none", () => {
    expect(rulesFor(object({ a: text, b: object({ c: { type: "integer" } }) }))).toEqual([]);
  });
});

describe("numbers of fields", () => {
  const before = object({ a: text, b: { type: "integer" }, c: object({ x: text, y: text }) });
  const after = object({
    new: text,
    c: object({ y: text, z: text }),
    b: { type: "integer", minimum: 0, maximum: 1 },
    a: text,
  });

  test("are the same for the same schema", () => {
    const { proto } = deriveProto(before);
    expect(deriveProto(before, proto).proto).toBe(proto);
  });

  test("stay with their keys when the schema grows, and are never given twice", () => {
    const lines = deriveProto(after, deriveProto(before).proto).proto.split("\n");
    // b has other bytes now, so it gets a number of its own.
    expect(lines.slice(lines.indexOf("message Fact {")).filter((line) => line !== "")).toEqual([
      "message Fact {",
      "  reserved 2;",
      "  required string new = 4;",
      "  required C c = 3;",
      "  required uint32 b = 5;",
      "  required string a = 1;",
      "}",
      "message C {",
      "  reserved 1;",
      "  required string y = 2;",
      "  required string z = 3;",
      "}",
    ]);
  });

  test("that were taken away stay so, also after another change", () => {
    const second = deriveProto(object({ b: { type: "integer" } }), deriveProto(before).proto).proto;
    const third = deriveProto(object({ b: { type: "integer" }, d: text }), second).proto;
    expect(third).toContain("  reserved 1, 3;");
    expect(third).toContain("  required string d = 4;");
  });
});
