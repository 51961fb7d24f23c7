import fc, { type Arbitrary } from "fast-check";
import { expect, test } from "vitest";
import type { OpenCodec } from "../core/codec.js";
import type { Fact } from "../core/fact.js";
import type { JsonSchema } from "../core/json-schema.js";
import { firstDifference } from "../payload/difference.js";
import { Slab } from "../core/slab.js";
import { loadedPlugins } from "../testing/loaded-plugins.js";

/** A schema, and what draws values that are valid by it. */
interface Typed {
  readonly schema: JsonSchema;
  readonly values: Arbitrary<unknown>;
}

const text = fc.string({ unit: "binary", maxLength: 8 }).map((one) => one.toWellFormed());
const key = fc.string({ maxLength: 6 });

const LEAVES: readonly Typed[] = [
  { schema: { type: "string" }, values: text },
  { schema: { type: "boolean" }, values: fc.boolean() },
  { schema: { type: "number" }, values: fc.double({ noNaN: true, noDefaultInfinity: true }) },
  { schema: { type: "integer", minimum: -5, maximum: 5 }, values: fc.integer({ min: -5, max: 5 }) },
  {
    schema: { type: "integer", minimum: 0, maximum: 0xffff_ffff },
    values: fc.integer({ min: 0, max: 0xffff_ffff }),
  },
  { schema: { type: "integer" }, values: fc.maxSafeInteger() },
  { schema: { type: "integer", minimum: 0 }, values: fc.maxSafeNat() },
  {
    schema: { type: "integer", minimum: 0, maximum: 2 ** 62 },
    values: fc.constantFrom(2 ** 62, 2 ** 53 + 2, 0),
  },
  { schema: {}, values: fc.jsonValue() },
  { schema: { type: ["string", "number"] }, values: fc.oneof(text, fc.integer()) },
  { schema: { type: "array" }, values: fc.array(fc.jsonValue(), { maxLength: 3 }) },
  { schema: { type: "null" }, values: fc.constant(null) },
];

const typed: Arbitrary<Typed> = fc.letrec<{ any: Typed; leaf: Typed }>((tie) => ({
  leaf: fc.constantFrom(...LEAVES),
  any: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    tie("leaf"),
    tie("any").map(nullable),
    tie("any").map(listOf),
    tie("any").map(mapOf),
    fc.dictionary(key, fc.tuple(tie("any"), fc.boolean()), { maxKeys: 4 }).map(recordOf),
  ),
})).any;

function nullable(one: Typed): Typed {
  const { type } = one.schema;
  if (typeof type !== "string" || type === "null") return one;
  return {
    schema: { ...one.schema, type: [type, "null"] },
    values: fc.option(one.values),
  };
}

function listOf({ schema, values }: Typed): Typed {
  return {
    schema: { type: "array", items: schema },
    values: fc.array(values, { maxLength: 3 }),
  };
}

function mapOf({ schema, values }: Typed): Typed {
  const keys = key.filter((one) => one !== "__proto__");
  return {
    schema: { type: "object", additionalProperties: schema },
    values: fc.dictionary(keys, values, { maxKeys: 3 }),
  };
}

function recordOf(fields: Record<string, [Typed, boolean]>): Typed {
  const entries = Object.entries(fields);
  return {
    schema: {
      type: "object",
      properties: Object.fromEntries(entries.map(([name, [{ schema }]]) => [name, schema])),
      required: entries.flatMap(([name, [, required]]) => (required ? [name] : [])),
      additionalProperties: false,
    },
    values: fc.record(Object.fromEntries(entries.map(([name, [{ values }]]) => [name, values])), {
      requiredKeys: entries.flatMap(([name, [, required]]) => (required ? [name] : [])),
      noNullPrototype: true,
    }),
  };
}

const facts = fc
  .dictionary(key, fc.tuple(typed, fc.boolean()), { maxKeys: 5 })
  .map(recordOf)
  .chain(({ schema, values }) =>
    fc.tuple(
      fc.constant(schema),
      fc.array(values as Arbitrary<Fact>, { minLength: 1, maxLength: 5 }),
    ),
  );

function roundTrip(open: OpenCodec, all: readonly Fact[]): readonly (Fact | undefined)[] {
  const slab = new Slab(16);
  if (open.encodeBatch !== undefined) {
    open.encodeBatch(all, slab);
    return open.decodeBatch(Buffer.from(slab.buffer.subarray(0, slab.position)));
  }
  return all.map((fact) => {
    slab.position = 0;
    open.encode?.(fact, slab);
    return open.decode?.(Buffer.from(slab.buffer.subarray(0, slab.position)));
  });
}

const codecs = await loadedPlugins("codecs", [
  "avro",
  "arrow",
  "bebop",
  "flatbuffers",
  "parquet",
  "thrift",
]);

test.each([...codecs])("%s gives facts of any schema back as they were", (_, codec) => {
  fc.assert(
    fc.property(facts, ([schema, all]) => {
      const decoded = roundTrip(codec.open({ schema }), all);
      expect(decoded.length).toBe(all.length);
      expect(all.map((fact, index) => firstDifference(fact, decoded[index], codec.losses))).toEqual(
        all.map(() => undefined),
      );
    }),
    { numRuns: 150 },
  );
});
