import { runInNewContext } from "node:vm";
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { schemaOf } from "../../../bench/schema-of.js";
import type { JsonSchema } from "../../core/json-schema.js";
import { Slab } from "../../core/slab.js";
import { parserCases, realDocuments } from "../../testing/shared-data.js";
import { compiledWriter } from "./compile.js";
import { expectSame, expectText, written } from "../../testing/compiled-writer.js";

/** The long form takes minutes, most of them for compiling. */
const LONG = process.env["HELLFACT_LONG"] === "1";
const RUNS = LONG ? 4_000 : 300;

const key = fc.oneof(
  fc.constantFrom(
    "a",
    "b",
    "c",
    "d",
    "toJSON",
    "__proto__",
    "constructor",
    "length",
    "0",
    "17",
    "",
  ),
  fc.string({ unit: "binary", maxLength: 6 }),
);
/** Everything that JSON.stringify takes, and much of what it leaves out or writes as null. */
const leaf = fc.oneof(
  fc.integer(),
  fc.double(),
  fc.integer().map((value) => value / 100),
  fc.constantFrom(0, -0, NaN, Infinity, -Infinity, 2 ** 53, 1e21, 999, 1000, -1),
  fc.boolean(),
  fc.constantFrom(null, undefined, Symbol("s"), () => 1, new Date(0), Object(3), Object("s")),
  fc.string(),
  fc.string({ unit: "binary", maxLength: 80 }),
  fc.array(fc.nat({ max: 0xffff }), { maxLength: 8 }).map((units) => String.fromCharCode(...units)),
);
const anyValue = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    leaf,
    fc.array(tie("value"), { maxLength: 5 }),
    fc
      .uniqueArray(fc.tuple(key, tie("value")), { maxLength: 6, selector: ([name]) => name })
      .map((entries) => Object.fromEntries(entries)),
  ),
})).value;
const fact = fc
  .uniqueArray(fc.tuple(key, anyValue), { maxLength: 6, selector: ([name]) => name })
  .map((entries) => Object.fromEntries(entries) as Record<string, unknown>);

/** JSON.stringify throws only where `toJSON` is called and throws; that is not what is tested here. */
describe("writes what JSON.stringify writes", () => {
  const options = { numRuns: RUNS };

  test("with the schema of the fact", { timeout: 600_000 }, () => {
    fc.assert(
      fc.property(fact, (one) => expectSame(schemaOf([one]), one)),
      options,
    );
  });

  test("with a schema of facts like it", { timeout: 600_000 }, () => {
    fc.assert(
      fc.property(fact, fact, fc.infiniteStream(fc.boolean()), (one, other, coin) => {
        // Some keys and values of the other fact, and another order.
        const mixed: Record<string, unknown> = {};
        for (const name of [...Object.keys(other), ...Object.keys(one)]) {
          if (coin.next().value === true && name !== "__proto__") {
            mixed[name] = coin.next().value === true ? one[name] : (other[name] ?? one[name]);
          }
        }
        const write = compiledWriter(schemaOf([one, other]));
        for (const each of [one, mixed, other]) {
          expectText(written(write, each), JSON.stringify(each));
        }
      }),
      options,
    );
  });

  test("with a schema of something else", { timeout: 600_000 }, () => {
    fc.assert(
      fc.property(fact, fact, (one, other) => expectSame(schemaOf([other]), one)),
      options,
    );
  });

  test.each(realDocuments.map((path) => [basename(path), path]))("%s", (_, path) => {
    const document = JSON.parse(readFileSync(path, "utf8")) as unknown;
    expectSame(schemaOf([document]), document);
    const facts = Array.isArray(document) ? (document as unknown[]) : [document];
    const write = compiledWriter(schemaOf(facts));
    for (const one of facts) expectText(written(write, one), JSON.stringify(one));
  });

  test.skipIf(parserCases.length === 0)("what JSONTestSuite has parsers accept", () => {
    for (const path of parserCases.filter((name) => basename(name).startsWith("y_"))) {
      const document = JSON.parse(readFileSync(path, "utf8")) as unknown;
      expectSame(schemaOf([document]), document);
      expectSame({ type: "object", properties: { a: {} } }, document);
    }
  });
});

class Shaped {
  a = 1;
  get b() {
    return 2;
  }
}
class WithToJSON {
  a = 1;
  toJSON(name: string) {
    return `${name}!`;
  }
}
const inherited = Object.create({ a: 1, b: 2 }) as Record<string, unknown>;
inherited["a"] = 5;
const hidden = { a: 1, b: "x" };
Object.defineProperty(hidden, "toJSON", { value: () => "hidden", enumerable: false });
const unseen = Object.defineProperty({ a: 1 }, "b", { value: 2, enumerable: false });
const holey: unknown[] = [1, 2];
holey[4] = 3;
const ownProto = JSON.parse(`{"__proto__":{"a":1},"a":2}`) as unknown;
const deep = JSON.parse(`${'{"a":'.repeat(2000)}1${"}".repeat(2000)}`) as unknown;
const bigList = Object.assign([1, 2], { toJSON: (name: string) => `list ${name}` });

const HOSTILE: readonly [string, unknown][] = [
  ["another order", { b: "x", a: 1 }],
  ["extra keys", { a: 1, z: 0, b: "x", y: {} }],
  ["missing keys", { b: "x" }],
  ["undefined first", { a: undefined, b: "x" }],
  ["undefined last", { a: 1, b: undefined }],
  ["functions and symbols", { a: () => 1, b: Symbol("b"), [Symbol("c")]: 1 }],
  [
    "getters",
    {
      get a() {
        return 1;
      },
      get b() {
        return "x";
      },
    },
  ],
  ["a class", new Shaped()],
  ["toJSON of a class", { a: new WithToJSON(), b: [new WithToJSON()] }],
  ["hidden toJSON", { a: hidden, b: hidden, c: [hidden] }],
  ["hidden keys", unseen],
  ["inherited keys", inherited],
  ["no prototype", Object.assign(Object.create(null) as object, { a: 1, b: "x" })],
  ["wrappers", { a: Object(1), b: Object("x"), c: Object(true), d: Object(Symbol("s")) }],
  ["dates", { a: new Date(0), b: new Date(NaN) }],
  ["holes", { a: holey, b: holey }],
  ["lists with toJSON", { a: bigList, b: { a: bigList } }],
  ["an own __proto__", ownProto],
  ["maps, sets, buffers", { a: new Map([[1, 2]]), b: new Set([1]), c: Buffer.from("ab") }],
  ["proxies", { a: new Proxy({ a: 1 }, {}), b: new Proxy([1, 2], {}) }],
  ["another realm", runInNewContext(`({ a: 1, b: "x", c: [1, { a: 2 }], d: new Number(3) })`)],
  ["two thousand levels", { a: deep }],
  ["lone surrogates", { a: "\ud800", b: "x\udc00y\ud83d", "\udfff": "😀" }],
  ["long strings", { a: "x".repeat(70_000), b: "界".repeat(70_000), c: '"\n😀'.repeat(50_000) }],
  ["long keys", { a: { ["k".repeat(9000)]: 1, ['"'.repeat(9000)]: { a: 1 } } }],
  [
    "wide",
    { a: Array.from({ length: 20_000 }, (_, index) => index / 7), b: Array(5000).fill("ab") },
  ],
];
const SCHEMAS: readonly JsonSchema[] = [
  {
    type: "object",
    properties: { a: { type: "integer" }, b: { type: "string" } },
    required: ["a", "b"],
  },
  { type: "object", properties: { a: { type: "integer" }, b: { type: "string" } } },
  {
    type: "object",
    properties: { b: { type: "string", enum: ["x", "yy"] }, a: {} },
    required: ["a"],
  },
  {
    type: "object",
    additionalProperties: {
      type: ["object", "array"],
      properties: { a: { type: ["array", "object", "null"], items: {} } },
    },
  },
  {
    type: "object",
    additionalProperties: { type: "array", items: { type: ["number", "string"] } },
  },
  { type: ["object", "array"], items: { type: "object" } },
  {},
  { type: "string" },
];

describe.each(SCHEMAS.map((schema) => [JSON.stringify(schema).slice(0, 80), schema] as const))(
  "%s",
  (_, schema) => {
    const write = compiledWriter(schema);
    test.each(HOSTILE)("%s", (_name, value) => {
      expectText(written(write, value), JSON.stringify(value));
      expectText(written(write, [value, value]), JSON.stringify([value, value]));
    });
  },
);

describe("what JSON.stringify refuses is refused, and the slab is as it was", () => {
  const write = compiledWriter(SCHEMAS[0] as JsonSchema);
  const circular: Record<string, unknown> = { a: 1 };
  circular["b"] = circular;
  const throwing = {
    a: 1,
    get b() {
      throw new Error("no");
    },
  };
  test.each([
    ["circular", circular, "circular"],
    ["bigint", { a: 1n, b: "x" }, "BigInt"],
    ["throwing", throwing, "no"],
    ["nothing", undefined, "no word"],
  ])("%s", (_, value, errorOutput) => {
    const slab = new Slab(16);
    slab.utf8("kept");
    expect(() => write(value, slab)).toThrow(errorOutput);
    expect(slab.buffer.toString("utf8", 0, slab.position)).toBe("kept");
    write({ a: 1, b: "x" }, slab);
    expect(slab.buffer.toString("utf8", 0, slab.position)).toBe('kept{"a":1,"b":"x"}');
  });

  test("a toJSON that writes by the same writer gets its own bytes", () => {
    const inner = { a: 1, toJSON: () => written(write, { a: 2, b: "y" }) };
    expect(written(write, { a: inner, b: "x" })).toBe(
      '{"a":"{\\"a\\":2,\\"b\\":\\"y\\"}","b":"x"}',
    );
  });

  test("keys that all objects inherit are not written", () => {
    // oxlint-disable-next-line eslint/no-extend-native
    Object.defineProperty(Object.prototype, "b", {
      value: "no",
      enumerable: true,
      configurable: true,
      writable: true,
    });
    try {
      expect(written(write, { a: 1 })).toBe('{"a":1}');
    } finally {
      delete (Object.prototype as { b?: string }).b;
    }
  });
});
