import { describe, expect, test } from "vitest";
import { createDoubles } from "./doubles.js";
import { createNumbers } from "./numbers.js";
import { createStaging } from "./staging.js";

const staging = createStaging(1024);
const double = createDoubles(staging);
const number = createNumbers(staging, double);

const float = new Float64Array(1);
const bits = new BigUint64Array(float.buffer);
const RANDOM = process.env["HELLFACT_LONG"] === "1" ? 10_000_000 : 100_000;

function written(write: typeof number, value: number): string {
  return staging.bytes.toString("latin1", staging.start, write(staging.start, value));
}

/** The values that are written otherwise than JSON.stringify does, as pairs. */
function wrong(values: Iterable<number>): [string, string][] {
  const found: [string, string][] = [];
  for (const value of values) {
    const expected = JSON.stringify(value);
    const actual = written(number, value);
    if (actual !== expected) found.push([expected, actual]);
    // The general algorithm too, also where a faster way is taken.
    if (value > 0 && value < Infinity && written(double, value) !== expected) {
      found.push([expected, written(double, value)]);
    }
  }
  return found.slice(0, 10);
}

/** A value, the next doubles on both sides, and their negatives. */
function* around(value: number): Iterable<number> {
  for (const step of [-1n, 0n, 1n]) {
    float[0] = value;
    if (value === 0 || !Number.isFinite(value)) continue;
    bits[0] = (bits[0] ?? 0n) + step;
    yield float[0];
    yield -float[0];
  }
}

function* randomPatterns(count: number): Iterable<number> {
  let state = 0x9e37_79b9_7f4a_7c15n;
  const words = new Uint32Array(bits.buffer);
  let [a, b] = [Number(state & 0xffff_ffffn), Number(state >> 32n)];
  state = 0n;
  for (let index = 0; index < count; index++) {
    // Two xorshift32, Marsaglia 2003.
    a ^= a << 13;
    a ^= a >>> 17;
    a ^= a << 5;
    b ^= b << 17;
    b ^= b >>> 7;
    b ^= b << 11;
    words[0] = a;
    words[1] = b;
    yield float[0] as number;
  }
}

describe("numbers are written as JSON.stringify writes them", () => {
  test("all powers of two and what lies beside them", () => {
    const powers = Array.from({ length: 1024 + 1074 }, (_, index) => 2 ** (index - 1074));
    expect(wrong(powers.flatMap((power) => [...around(power)]))).toEqual([]);
  });

  test("all powers of ten, their multiples, and what lies beside them", () => {
    const found: number[] = [];
    for (let exponent = -324; exponent < 309; exponent++) {
      for (const digits of ["1", "2", "5", "9", "12", "1234567", "123456789012345678"]) {
        found.push(...around(Number(`${digits}e${exponent}`)));
      }
    }
    expect(wrong(found)).toEqual([]);
  });

  test("bounds of every way that numbers take", () => {
    const bounds = [1, 10, 100, 999, 1000, 1e6, 2e7, 1e9, 2 ** 31, 2 ** 32, 1e15, 2 ** 53, 1e21];
    const near = bounds.flatMap((bound) =>
      [-2, -1, -0.01, -1e-6, 0, 1e-6, 0.01, 0.5, 1, 2].flatMap((by) => [...around(bound + by)]),
    );
    const odd = [0, -0, NaN, Infinity, -Infinity, 5e-324, 0.1 + 0.2, 1e-6, 1e-7, 123e-20];
    expect(wrong([...near, ...odd, Number.MAX_VALUE, -Number.MAX_VALUE])).toEqual([]);
  });

  test("whole numbers and decimals of one to nine digits", () => {
    const found: number[] = [];
    for (let index = 0; index < 30_000; index++) {
      const digits = index * 7919;
      found.push(index - 15_000, digits / 100, digits / 10 ** (index % 10), -digits / 1000);
    }
    expect(wrong(found)).toEqual([]);
  });

  test(`${RANDOM} random bit patterns`, { timeout: 600_000 }, () => {
    expect(wrong(randomPatterns(RANDOM))).toEqual([]);
  });
});
