import { readFileSync } from "node:fs";
import { basename } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Fact } from "../core/fact.js";
import type { JsonSchema } from "../core/json-schema.js";
import { firstDifference } from "../payload/difference.js";
import { Slab } from "../core/slab.js";
import { SchemaInference } from "../schema/infer.js";
import { realDocuments } from "../testing/shared-data.js";
import codec from "./protobuf.js";

function inferred(facts: readonly Fact[]): JsonSchema {
  const inference = new SchemaInference();
  for (const fact of facts) inference.observe(fact);
  return inference.result().schema;
}

/** Facts as another process reads them, from the bytes and the `.proto` alone. */
function roundTrip(facts: readonly Fact[], schema: JsonSchema): unknown[] {
  const writer = codec.open({ schema });
  const reader = codec.open({ sidecar: writer.sidecar?.() ?? new Uint8Array() });
  return facts.map((fact) => {
    const slab = new Slab(16);
    writer.encode?.(fact, slab);
    return reader.decode?.(slab.buffer.subarray(0, slab.position));
  });
}

function expectSame(facts: readonly Fact[], schema: JsonSchema): void {
  const back = roundTrip(facts, schema);
  const differences = facts.map((fact, index) => firstDifference(fact, back[index], codec.losses));
  expect(differences).toEqual(facts.map(() => undefined));
}

/** Keys that are no identifiers, that collide, that every object inherits, that look like data. */
const key = fc.oneof(
  fc.constantFrom(
    "a",
    "A",
    "a_b",
    "aB",
    "b-c",
    "",
    "7",
    "8",
    "__proto__",
    "constructor",
    "toString",
  ),
  fc.constantFrom("hasOwnProperty", "$unknowns", "$id", "rest", 'q"\\%', "\n\u2028é", "message"),
  fc.string({ unit: "grapheme", maxLength: 5 }),
);
const anyFact = fc
  .dictionary(
    key,
    fc.letrec((tie) => ({
      value: fc.oneof(
        { depthSize: "small" },
        fc.constantFrom(null, true, false, 0, -0, 1, -1, 0.5, 2 ** 31, 2 ** 53, 1e300, 5e-324, ""),
        fc.integer(),
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.string({ unit: "grapheme", maxLength: 8 }),
        fc.array(tie("value"), { maxLength: 4 }),
        fc.dictionary(key, tie("value"), { maxKeys: 5, noNullPrototype: true }),
      ),
    })).value,
    { maxKeys: 6, noNullPrototype: true },
  )
  .map((fact) => fact as Fact);

describe("whatever facts are like, their inferred schema carries them", () => {
  test("facts drawn at random come back as they were", () => {
    fc.assert(
      fc.property(fc.array(anyFact, { minLength: 1, maxLength: 6 }), (facts) => {
        expectSame(facts, inferred(facts));
      }),
      { numRuns: 1000 },
    );
  });

  test("a schema that says nothing carries anything", () => {
    fc.assert(
      fc.property(anyFact, (fact) => {
        for (const schema of [{}, { type: "object" }, { type: "object", properties: { a: {} } }]) {
          expectSame([fact], schema);
        }
      }),
      {
        numRuns: 60,
      },
    );
  });

  test.skipIf(realDocuments.length === 0).each(realDocuments.map((path) => [basename(path), path]))(
    "%s",
    (_, path) => {
      const value = JSON.parse(readFileSync(path, "utf8")) as Fact | Fact[];
      const facts = Array.isArray(value) ? value : [value];
      expectSame(facts, inferred(facts));
    },
  );
});

test("damaged bytes are refused or read as something, and change no prototype", () => {
  const facts: Fact[] = [
    { a: [null, 1, "x", [2]], m: { "1": { b: null }, "2": { b: 1.5 } }, o: {} },
  ];
  const open = codec.open({ schema: inferred(facts) });
  const slab = new Slab(16);
  open.encode?.(facts[0] as Fact, slab);
  const good = Buffer.from(slab.buffer.subarray(0, slab.position));
  const outcome = (bytes: Buffer): unknown => {
    try {
      return open.decode?.(bytes);
    } catch (error) {
      return error;
    }
  };
  fc.assert(
    fc.property(fc.nat(good.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
      const bad = Buffer.from(good);
      bad[at] = (bad[at] ?? 0) ^ flip;
      expect(outcome(bad)).toBeInstanceOf(Object);
      expect(Object.keys(Object.prototype)).toEqual([]);
    }),
    { numRuns: 1000 },
  );
});
