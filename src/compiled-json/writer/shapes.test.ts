import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { schemaOf } from "../../../bench/schema-of.js";
import { Slab } from "../../core/slab.js";
import { planOf } from "../plan.js";
import { compiledWriter, compileWriter } from "./compile.js";
import { ShapeLearner } from "./shapes.js";
import { isStraight } from "./source.js";

const LONG = process.env["HELLFACT_LONG"] === "1";

/** Few keys, so that lists of them come again; values that fit no plan among them. */
const payload = fc.dictionary(
  fc.constantFrom("a", "bb", "ccc", "d", "10", "toJSON", "__proto__", "constructor"),
  fc.oneof(fc.integer(), fc.double(), fc.string(), fc.constantFrom(null, undefined), fc.object()),
  { maxKeys: 4 },
);
const fact = fc.record({ name: fc.string(), events: fc.array(payload, { maxLength: 6 }) });

function written(write: ReturnType<typeof compiledWriter>, value: unknown): string {
  const slab = new Slab(16);
  write(value, slab);
  return slab.buffer.toString("utf8", 0, slab.position);
}

test(
  "writes what JSON.stringify writes after it has learned lists of keys",
  { timeout: 600_000 },
  () => {
    // Long enough for it to have learned.
    const teacher = { name: "x".repeat(100_000), events: [] as unknown[] };
    fc.assert(
      fc.property(
        fc.array(fact, { minLength: 1, maxLength: 6 }),
        fc.array(fact),
        (known, later) => {
          const write = compiledWriter(schemaOf(known));
          for (let round = 0; round < 16; round++) {
            const events = known.flatMap((one) => one.events);
            const one = { ...teacher, events };
            expect(written(write, one)).toBe(JSON.stringify(one));
          }
          for (const one of [...known, ...later]) {
            expect(written(write, one)).toBe(JSON.stringify(one));
          }
        },
      ),
      { numRuns: LONG ? 500 : 100 },
    );
  },
);

describe.each([
  ["compiled at once", compiledWriter],
  ["compiled when it has learned", compileWriter],
])("a writer that is %s", (_, compile) => {
  test("asks a fact's getters once, also while it learns", () => {
    const write = compile({ type: "object", properties: { a: { type: "number" } } });
    let asked = 0;
    for (let times = 1; times <= 40; times++) {
      const one = {
        get a() {
          return ++asked;
        },
        b: "y".repeat(40_000),
      };
      expect(written(write, one)).toContain(`"a":${times},`);
    }
  });

  test.each([
    ["open keys", {}],
    ["open keys in a list of others", { type: "object", properties: { list: { items: {} } } }],
    ["nothing to learn", { type: "object", properties: { a: {}, b: {} }, required: ["a", "b"] }],
    ["a schema of something else", { type: "string" }],
  ] as const)("writes the same before and after: %s", (__, schema) => {
    const write = compile(schema);
    for (let index = 0; index < 40; index++) {
      const one = {
        a: index / 3,
        b: "ü".repeat(30_000),
        list: [{ index, [`k${index % 3}`]: null }],
      };
      expect(written(write, one)).toBe(JSON.stringify(one));
    }
    expect(() => written(write, undefined)).toThrow(TypeError);
    expect(written(write, { a: 1, b: "x" })).toBe('{"a":1,"b":"x"}');
  });
});

test("learns from objects behind properties, in lists and under any key", () => {
  const record = { type: "object", properties: { id: {} }, required: ["id"] } as const;
  const open = { type: "object", properties: { x: {} }, additionalProperties: record } as const;
  const plan = planOf({
    type: "object",
    properties: {
      known: record,
      one: open,
      many: { type: "array", items: { type: "object", additionalProperties: open } },
    },
    required: ["known", "one", "many"],
  });
  const learner = new ShapeLearner(plan, (one) => !isStraight(one));
  const one = { a: { id: 1 }, x: 2 };
  const json = Buffer.from(
    JSON.stringify({ known: { id: 1 }, one, many: [{ z: one }, { z: one }] }),
  );
  for (let times = 0; times < 16; times++) learner.observe(json);
  const lists = [...learner.shapes().values()].flat().map((keys) => keys.join());
  expect(lists.toSorted()).toEqual(["a,x", "a,x", "z"]);
});
