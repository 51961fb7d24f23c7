import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { schemaOf } from "../../../bench/schema-of.js";
import type { JsonSchema } from "../../core/json-schema.js";
import { valueAt, type Path } from "../../core/fact.js";
import { parserCases, realDocuments } from "../../testing/shared-data.js";
import { compileReader, readersOf } from "./compile.js";

const LONG = process.env["HELLFACT_LONG"] === "1";
const RUNS = LONG ? 10_000 : 300;
/** Texts with a fault: a million in the long form, by chunks that each say when they are done. */
const CHUNKS = LONG ? Array.from({ length: 20 }, (_, chunk) => chunk + 1) : [1];
const CHUNK_VALUES = LONG ? 1_000 : 24;
/** Of each value; fewer than a reader takes before it leaves all that does not fit to `JSON.parse`. */
const FAULTS = 50;

/** One that reads by the parser from the first fact on, whatever the schema. */
const openedReader = (_schema?: JsonSchema) => readersOf();

/** What a reader gave, or that it refused. `-0` and own `__proto__` count. */
function outcome(read: () => unknown): unknown {
  try {
    return { value: read() };
  } catch (error) {
    return { refused: error instanceof SyntaxError };
  }
}

function expectSame(schema: JsonSchema, bytes: Buffer, reader = openedReader(schema)): void {
  const expected = outcome(() => JSON.parse(bytes.toString()));
  const actual = outcome(() => reader.read(bytes));
  const texts = [JSON.stringify(actual), JSON.stringify(expected)]; // the order of keys, too
  // Expectations take ten times as long as this.
  if (isDeepStrictEqual(actual, expected) && texts[0] === texts[1]) return;
  expect(actual).toStrictEqual(expected);
  expect(texts[0]).toBe(texts[1]);
  throw new Error(`not the same by Node: ${bytes.toString()}`);
}

const keyed = (...keys: string[]): JsonSchema => ({
  type: "object",
  properties: Object.fromEntries(keys.map((key) => [key, { type: "number" }])),
  required: keys,
});
const SCHEMAS: readonly JsonSchema[] = [
  keyed("a"),
  keyed("a", "b"),
  { type: "object", properties: { a: {} } },
  { type: ["array", "object"], items: { type: ["number", "string", "array"], items: {} } },
  { type: "string" },
  { type: "number" },
  {},
];

const value = fc.json({ maxDepth: 4 }).map((text) => JSON.parse(text) as unknown);

describe("reads what JSON.parse reads, and rejects what it rejects", () => {
  test("any value by its own schema and by another's", { timeout: 600_000 }, () => {
    fc.assert(
      fc.property(value, value, (one, other) => {
        for (const text of [JSON.stringify(one), JSON.stringify(one, null, 1)]) {
          expectSame(schemaOf([one]), Buffer.from(text));
          expectSame(schemaOf([other, one]), Buffer.from(text));
          expectSame(schemaOf([other]), Buffer.from(text));
        }
      }),
      { numRuns: RUNS },
    );
  });

  const faults = fc.array(fc.tuple(fc.nat(), fc.nat({ max: 255 }), fc.boolean()), {
    minLength: FAULTS,
    maxLength: FAULTS,
  });
  test.each(CHUNKS)("bytes with a fault, chunk %i", { timeout: 600_000 }, () => {
    fc.assert(
      fc.property(value, faults, (one, all) => {
        const text = Buffer.from(JSON.stringify(one));
        const schema = schemaOf([one]);
        const reader = openedReader(schema);
        for (const [place, byte, cut] of all) {
          const bytes = Buffer.from(text);
          const at = place % bytes.length;
          bytes[at] = byte;
          expectSame(schema, cut ? bytes.subarray(0, at) : bytes, reader);
        }
      }),
      { numRuns: CHUNK_VALUES },
    );
  });

  test.each([
    '{"a":1,"a":2}',
    '{"a":1,"b":2,"a":3}',
    '{"b":1,"a":2}',
    '{"a":01}',
    '{"a":1.}',
    '{"a":-}',
    '{"a":-0}',
    '{"a":1e5}',
    '{"a":1E+}',
    '{"a":123456789012345678}',
    '{"a":0.1234567890123456789}',
    '{"a":1}}',
    '{"a":1}\n',
    ' {"a":1}',
    '\ufeff{"a":1}',
    '{"a":1,}',
    '{"a"',
    '{"a":',
    "{",
    "",
    "{}",
    '{"__proto__":{"x":1},"a":1}',
    '{"a":{"__proto__":1}}',
    '{"\\u0061":1}',
    '{"a":.5}',
    '{"a":+1}',
    '"\\ud800"',
    '"\\u00e9\\n"',
    '"\t"',
    '"\\x"',
    '"\u007f"',
    '"é😀"',
    "[1,2,[3,],4]",
    "[[],{}]",
    "NaN",
  ])("%s", (text) => {
    for (const schema of SCHEMAS) expectSame(schema, Buffer.from(text));
  });

  test("UTF-8 that is none", () => {
    for (const bad of ["ff", "c3", "e282", "f09f98", "eda080", "c0af"]) {
      const bytes = Buffer.concat([Buffer.from('["'), Buffer.from(bad, "hex"), Buffer.from('"]')]);
      for (const schema of SCHEMAS) expectSame(schema, bytes);
    }
  });

  test.skipIf(parserCases.length === 0)("JSONTestSuite", () => {
    for (const path of parserCases) {
      const bytes = readFileSync(path);
      if (bytes.length > 50_000) continue; // a hundred thousand brackets: judged by the stack
      for (const schema of SCHEMAS) expectSame(schema, bytes);
    }
  });

  test.each(realDocuments.map((path) => [basename(path), path]))("%s", (_, path) => {
    const document = JSON.parse(readFileSync(path, "utf8")) as unknown;
    const bytes = Buffer.from(JSON.stringify(document));
    expect(openedReader(schemaOf([document])).read(bytes)).toStrictEqual(document);
  });
});

test("projects what reading and stepping inside would give", { timeout: 600_000 }, () => {
  const step = fc.oneof(fc.nat({ max: 2 }), fc.constantFrom("a", "b", "c", "length"));
  const paths = fc.array(fc.array(step, { maxLength: 4 }), { minLength: 1, maxLength: 4 });
  const { node } = fc.letrec((tie) => ({
    node: fc.oneof(
      { maxDepth: 4 },
      fc.jsonValue({ maxDepth: 0 }),
      fc.array(tie("node"), { maxLength: 4 }),
      fc.dictionary(fc.constantFrom("a", "b", "c"), tie("node")),
    ),
  }));
  fc.assert(
    fc.property(
      fc.dictionary(fc.constantFrom("a", "b", "c"), node),
      node,
      paths,
      (one, other, asked) => {
        const bytes = Buffer.from(JSON.stringify(one));
        const parsed = JSON.parse(bytes.toString()) as unknown;
        const expected = asked.map((path) => valueAt(parsed, path as Path));
        for (const schema of [schemaOf([one]), schemaOf([one, other]), schemaOf([other]), {}]) {
          expect(openedReader(schema).project(bytes, asked)).toStrictEqual(expected);
        }
      },
    ),
    { numRuns: RUNS },
  );
  expect(
    openedReader(keyed("a")).project(Buffer.from('{"a":{"b":1},"a":2}'), [["a", "b"]]),
  ).toEqual([undefined]);
  expect(() => openedReader(keyed("a")).project(Buffer.from('{"a":1,"b":01}'), [["a"]])).toThrow(
    SyntaxError,
  );
});

test("objects with the same keys many times: records, and maps whose keys are numbers", () => {
  const reader = openedReader();
  for (let round = 0; round < 20; round++) {
    const one = {
      map: { "10": round, "2": [round], "01": null, z: { "7": "x", "-1": round / 4 } },
      record: { name: `n${round}`, inner: { "4294967295": round, last: -0 } },
    };
    // As a text has them, numbers behind names, too.
    const text = JSON.stringify(one).replace('"record":', '"5":1,"record":');
    expectSame({}, Buffer.from(text), reader);
    expectSame({}, Buffer.from(text.replace('"z":', '"10":"again","z":')), reader);
  }
});

test("strings under keys where one seldom comes again are what they are, also when they do after all", () => {
  const reader = openedReader();
  for (let round = 0; round < 6000; round++) {
    const isOften = Math.floor(round / 1500) % 2 === 1;
    const id = `id ${isOften ? round % 7 : round}`;
    const fact = { id, tag: `tag ${round % 5}`, list: [id, `${id}!`, `tag ${round % 5}`] };
    expectSame({}, Buffer.from(JSON.stringify(fact)), reader);
  }
});

test("what was read does not point into the bytes, and facts that never fit are read all the same", () => {
  const reader = openedReader({
    type: "object",
    properties: { a: { type: "string" } },
    required: ["a"],
  });
  for (let round = 0; round < 300; round++) {
    const bytes = Buffer.from(
      round < 100 ? '{"a":"some text that is longer than what is kept"}' : ' {"a": 1}',
    );
    const fact = reader.read(bytes);
    bytes.fill(0);
    expect(fact).toEqual({ a: round < 100 ? "some text that is longer than what is kept" : 1 });
  }
});

test("reads the same before and after it is opened, and while it compares ways to read", () => {
  const reader = compileReader(keyed("a", "b"));
  const fact = { a: 1, b: "x".repeat(500_000) };
  const bytes = Buffer.from(JSON.stringify(fact));
  for (let round = 0; round < 40; round++) expect(reader.read(bytes)).toStrictEqual(fact);
  expect(() => reader.read(bytes.subarray(1))).toThrow(SyntaxError);
});
