import { expect, test } from "vitest";
import type { Codec } from "../../core/codec.js";
import type { Fact } from "../../core/fact.js";
import type { JsonSchema } from "../../core/json-schema.js";
import { Slab } from "../../core/slab.js";
import protobuf from "../protobuf.js";
import protobufEs from "../protobuf-es.js";

const instant: JsonSchema = { type: "integer", minimum: 0, maximum: Number.MAX_SAFE_INTEGER };
const schema: JsonSchema = {
  type: "object",
  additionalProperties: false,
  required: ["snake_case", "nothing", "instants", "by_key", "inner"],
  properties: {
    snake_case: instant,
    nothing: { type: ["string", "null"] },
    sometimes_2: { type: "string" },
    instants: { type: "array", items: instant },
    by_key: { type: "object", additionalProperties: instant },
    inner: {
      type: "object",
      properties: { at_ms: instant },
      required: ["at_ms"],
      additionalProperties: false,
    },
    missing_list: { type: "array", items: { type: "string" } },
  },
};
const facts: Fact[] = [
  { snake_case: 0, nothing: null, instants: [], by_key: {}, inner: { at_ms: 0 } },
  {
    snake_case: Number.MAX_SAFE_INTEGER,
    nothing: "",
    sometimes_2: "",
    instants: [2 ** 40, 0],
    by_key: { "a b": 2 ** 41 },
    inner: { at_ms: 1 },
    missing_list: ["x"],
  },
];

function bytesBy(codec: Codec, fact: Fact): Buffer {
  const slab = new Slab(1);
  codec.open({ schema }).encode?.(fact, slab);
  return Buffer.from(slab.buffer.subarray(0, slab.position));
}

test("a field that means something it does not know is refused, not guessed at", () => {
  const sidecar = Buffer.from(
    'syntax = "proto2"; package hellfact; message Fact { optional string a = 1 [(other) = true]; }',
  );
  expect(() => protobufEs.open({ sidecar })).toThrow("protobuf-es does not know (other) of Fact.a");
});

test.each<[string, JsonSchema, Fact]>([
  [
    "other keys",
    { type: "object", properties: { a: instant } },
    { a: 1, b: [{ c: null }], d: -0.5 },
  ],
  ["anything", {}, { a: [[1, "x"], null], b: { "": true } }],
  [
    "several types, and keys that are no names",
    {
      type: "object",
      additionalProperties: false,
      properties: { "a b": { type: ["integer", "string", "null"] }, constructor: instant },
    },
    { "a b": null },
  ],
])("%s are carried as protobuf carries them", (_, own, fact) => {
  const [one, other] = [protobuf, protobufEs].map((codec) => codec.open({ schema: own }));
  const slab = new Slab(1);
  one?.encode?.(fact, slab);
  const bytes = Buffer.from(slab.buffer.subarray(0, slab.position));
  expect(other?.decode?.(bytes)).toEqual(fact);
  slab.position = 0;
  other?.encode?.(fact, slab);
  expect(one?.decode?.(Buffer.from(slab.buffer.subarray(0, slab.position)))).toEqual(fact);
});

test.each([
  [protobuf, "n[0].m: 100000000000000000000 is no whole number"],
  [protobufEs, "N.m to binary: invalid int64: 100000000000000000000"],
])("$name refuses an integer that 64 bits do not hold", (codec, problem) => {
  const m: JsonSchema = { type: "integer" };
  const items: JsonSchema = { type: "object", properties: { m }, additionalProperties: false };
  const own: JsonSchema = { type: "object", properties: { n: { type: "array", items } } };
  const open = codec.open({ schema: own });
  expect(() => open.encode?.({ n: [{ m: 1e20 }] }, new Slab(1))).toThrow(problem);
});

test("both protobuf codecs write the same bytes, and read each other's", () => {
  for (const fact of facts) {
    const bytes = bytesBy(protobufEs, fact);
    expect(bytes).toEqual(bytesBy(protobuf, fact));
    expect(protobufEs.open({ schema }).decode?.(bytes)).toEqual(fact);
  }
});
