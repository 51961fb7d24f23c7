/** What every sketch keeps: order changes nothing, bytes come back whole, and bad bytes are told. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Scalar } from "./hash.js";
import { Quantiles, Tops, Uniques } from "./index.js";

interface AnySketch<T> {
  add(value: T): void;
  clear(): void;
  merge(other: this): void;
  toBytes(): Uint8Array;
}

const scalar = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string({ unit: "grapheme" }),
  // Half a surrogate pair, too.
  fc.array(fc.integer({ min: 0xd7f0, max: 0xe010 })).map((units) => String.fromCharCode(...units)),
  fc.integer({ min: -20, max: 20 }),
  fc.maxSafeInteger(),
  fc.double(),
  fc.constantFrom(null, true, false, "1", 1, "", "null", -0, 0),
);
const finite = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer(),
  fc.constantFrom(0, -0, Number.MAX_VALUE, -Number.MAX_VALUE, Number.MIN_VALUE, 2 ** -1022),
);

describe("uniques", () => {
  // So many that the registers come into play.
  const many = fc
    .tuple(fc.array(scalar), fc.nat(4000), fc.nat())
    .map(([values, more, from]) => [
      ...values,
      ...Array.from({ length: more }, (_, i) => from + i),
    ]);
  contract<Scalar>(
    many,
    () => new Uniques(),
    (bytes) => Uniques.fromBytes(bytes),
  );
});

describe("quantiles", () => {
  contract<number>(
    fc.array(finite, { size: "large" }),
    () => new Quantiles(),
    (bytes) => Quantiles.fromBytes(bytes),
  );
});

describe("tops", () => {
  contract<Scalar>(
    fc.array(scalar, { size: "medium" }),
    () => new Tops(),
    (bytes) => Tops.fromBytes(bytes),
  );
});

function contract<T>(
  values: fc.Arbitrary<T[]>,
  make: () => AnySketch<T>,
  read: (bytes: Uint8Array) => AnySketch<T>,
): void {
  const of = (some: readonly T[]) => {
    const sketch = make();
    for (const value of some) sketch.add(value);
    return sketch;
  };
  const hex = (sketch: AnySketch<T>) => Buffer.from(sketch.toBytes()).toString("hex");
  const merged = (...parts: AnySketch<T>[]) => {
    const all = make();
    for (const part of parts) all.merge(part);
    return all;
  };

  test("however values are split and in whatever order they merge, it is the sketch of all", () => {
    fc.assert(
      fc.property(values, values, values, (a, b, c) => {
        const whole = hex(of([...a, ...b, ...c]));
        const [x, y, z] = [of(a), of(b), of(c)];
        expect(hex(merged(x, y, z))).toBe(whole);
        expect(hex(merged(z, x, y))).toBe(whole);
        expect(hex(merged(z, merged(y, x)))).toBe(whole);
        expect(hex(of([...c.toReversed(), ...a, ...b]))).toBe(whole);
        expect(hex(merged(make(), x, make()))).toBe(hex(x));
      }),
      { seed: 7, numRuns: 60 },
    );
  });

  test("what was written is read, goes on the same, and is written the same", () => {
    fc.assert(
      fc.property(values, values, (a, b) => {
        const sketch = of(a);
        const bytes = sketch.toBytes();
        // At an odd place of other bytes.
        const within = Buffer.concat([Buffer.alloc(3), bytes, Buffer.alloc(2)]);
        const back = read(within.subarray(3, -2));
        expect(hex(back)).toBe(hex(sketch));
        for (const value of b) {
          sketch.add(value);
          back.add(value);
        }
        expect(hex(back)).toBe(hex(sketch));
      }),
      { seed: 8, numRuns: 60 },
    );
  });

  test("what was cleared is as new", () => {
    fc.assert(
      fc.property(values, values, (first, second) => {
        const [used, fresh] = [make(), make()];
        for (const value of first) used.add(value);
        used.clear();
        expect(used.toBytes()).toEqual(make().toBytes());
        for (const value of second) used.add(value);
        for (const value of second) fresh.add(value);
        expect(used.toBytes()).toEqual(fresh.toBytes());
      }),
      { seed: 4, numRuns: 60 },
    );
  });

  test("any damaged byte and any missing end is told, and nothing else is thrown", () => {
    fc.assert(
      fc.property(values, fc.nat(), fc.integer({ min: 1, max: 255 }), (a, at, flip) => {
        const bytes = of(a).toBytes();
        const damaged = Uint8Array.from(bytes);
        const place = at % bytes.length;
        damaged[place] = (damaged[place] ?? 0) ^ flip;
        const told = expect.objectContaining({ name: "DataError", message: expect.any(String) });
        expect(() => read(damaged)).toThrow(told);
        expect(() => read(bytes.subarray(0, place))).toThrow(told);
        expect(() => read(Buffer.concat([bytes, Buffer.alloc(1)]))).toThrow(told);
      }),
      { seed: 9, numRuns: 100 },
    );
  });
}

test("a sketch of another kind and of a later version says which", () => {
  expect(() => Tops.fromBytes(new Uniques().toBytes())).toThrow(
    "a sketch of uniques, where one of tops belongs",
  );
  const later = new Uniques().toBytes();
  later[5] = 9;
  expect(() => Uniques.fromBytes(later)).toThrow("a sketch of version 9; this program reads 1");
  expect(() => Uniques.fromBytes(Buffer.from('{"player":1, "more": true}'))).toThrow("no sketch");
});

test("sketches that were set up otherwise do not merge", () => {
  expect(() => new Quantiles(0.01).merge(new Quantiles(0.02))).toThrow(RangeError);
  expect(() => new Tops(8).merge(new Tops(9))).toThrow(RangeError);
});

test("content that has a right checksum and cannot be is told, too", async () => {
  const { wrapped } = await import("./envelope.js");
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), (content) => {
      const readers = { uniques: Uniques, quantiles: Quantiles, tops: Tops } as const;
      for (const kind of ["uniques", "quantiles", "tops"] as const) {
        const bytes = wrapped(kind, (sink) => sink.raw(content));
        expect(["none", "DataError"]).toContain(
          errorOf(() => readers[kind].fromBytes(bytes).toBytes()),
        );
      }
    }),
    { seed: 10, numRuns: 2000 },
  );
});

/** The name of what is thrown, if anything is. */
function errorOf(work: () => unknown): string {
  try {
    work();
    return "none";
  } catch (error) {
    return error instanceof Error ? error.name : String(error);
  }
}
