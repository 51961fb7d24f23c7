import { expect, test } from "vitest";
import type { Codec } from "../../core/codec.js";
import type { Fact } from "../../core/fact.js";
import type { JsonSchema } from "../../core/json-schema.js";
import { Slab } from "../../pipeline/slab.js";
import protobuf from "../protobuf.js";
import protobufEs from "../protobuf-es.js";

const instant: JsonSchema = { type: "integer", minimum: 0, maximum: Number.MAX_SAFE_INTEGER };
const schema: JsonSchema = {
  type: "object",
  required: ["snake_case", "nothing", "instants", "by_key", "inner"],
  properties: {
    snake_case: instant,
    nothing: { type: ["string", "null"] },
    sometimes_2: { type: "string" },
    instants: { type: "array", items: instant },
    by_key: { type: "object", additionalProperties: instant },
    inner: { type: "object", properties: { at_ms: instant }, required: ["at_ms"] },
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
    'syntax = "proto2"; package hellfact; message Fact { optional string a = 1 [(rest) = true]; }',
  );
  expect(() => protobufEs.open({ sidecar })).toThrow("protobuf-es does not know (rest) of Fact.a");
});

test("both protobuf codecs write the same bytes, and read each other's", () => {
  for (const fact of facts) {
    const bytes = bytesBy(protobufEs, fact);
    expect(bytes).toEqual(bytesBy(protobuf, fact));
    expect(protobufEs.open({ schema }).decode?.(bytes)).toEqual(fact);
  }
});
