import fc from "fast-check";
import { expect, test } from "vitest";
import { schemaOf } from "../../../bench/schema-of.js";
import { Slab } from "../../core/slab.js";
import { compiledWriter } from "./compile.js";

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

test("asks a fact's getters once, also while it learns", () => {
  const write = compiledWriter({ type: "object", properties: { a: { type: "number" } } });
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
