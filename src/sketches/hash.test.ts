import { expect, test } from "vitest";
import { hashAsciiInto, hashInto, hashText, type Hash64, type Scalar } from "./hash.js";

const into: Hash64 = { high: 0, low: 0 };

test("hashes are what they were: sketches at rest would no longer merge", () => {
  const values: Scalar[] = [
    "",
    "a",
    "player-17",
    "épée 🗡",
    0,
    1,
    -1.5,
    1e300,
    NaN,
    true,
    false,
    null,
  ];
  expect(values.map(hashText)).toMatchInlineSnapshot(`
    [
      "19d1f98c67d4a1c4",
      "79cfbdf639566c42",
      "e92d8d18c7a5b0d0",
      "fad9461a60ac05d3",
      "dfbb0085ae7bf27b",
      "823096e9fec11d63",
      "b9e7464ad9d01c40",
      "6da67e44296a147a",
      "ab2980665958fdf3",
      "452081e18fbefbf5",
      "14b37d7db1bd5bcc",
      "8f6a14e8c13666cb",
    ]
  `);
});

test("1 and '1' differ, and so do all other values that look alike; 0 and −0 do not", () => {
  const values = [1, "1", true, "true", null, "null", 0, "0", false, "", "\0", "\0\0", "\0\0\0\0"];
  expect(new Set(values.map(hashText)).size).toBe(values.length);
  expect(hashText(-0)).toBe(hashText(0));
});

test("of ASCII in bytes it is what it is of the string", () => {
  const text = 'player-17 \u0000\u007f "abc" {0123456789}';
  const bytes = Buffer.from(`xyz${text}`);
  const found: Hash64 = { high: 0, low: 0 };
  for (let from = 0; from <= text.length; from++) {
    for (let to = from; to <= text.length; to++) {
      hashInto(text.slice(from, to), into);
      hashAsciiInto(bytes, from + 3, to + 3, found);
      expect(found).toEqual(into);
    }
  }
});

const VALUES = 300_000;

const kinds: Record<string, (index: number) => Scalar> = {
  "whole numbers": (index) => index,
  "numbers with two decimals": (index) => index / 100,
  "large numbers": (index) => index * 2 ** 30,
  ids: (index) => `player-${index}`,
  "ids with zeros": (index) => String(index).padStart(16, "0"),
  "numbers as text behind a long beginning": (index) => `${"x".repeat(37)}${index}`,
  "hexadecimal ids": (index) => index.toString(16),
};

test.each(Object.keys(kinds))("%s collide nowhere and fill all registers evenly", (kind) => {
  const seen = new Set<bigint>();
  const buckets = new Float64Array(1 << 14);
  const lows = new Float64Array(1 << 14);
  for (let index = 0; index < VALUES; index++) {
    hashInto(kinds[kind]?.(index) ?? null, into);
    seen.add((BigInt(into.high >>> 0) << 32n) | BigInt(into.low >>> 0));
    const [top, bottom] = [into.high >>> 18, into.low & 16383];
    buckets[top] = (buckets[top] ?? 0) + 1;
    lows[bottom] = (lows[bottom] ?? 0) + 1;
  }
  expect(seen.size).toBe(VALUES);
  for (const counts of [buckets, lows]) {
    const expected = VALUES / counts.length;
    const chiSquare = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
    // 16,383 degrees of freedom: a standard deviation is 181.
    expect(Math.abs(chiSquare - 16_383)).toBeLessThan(181 * 5);
  }
});

test("each bit of a value changes each bit of its hash about half of the times", () => {
  const flips = new Float64Array(64);
  const double = new Float64Array(1);
  const words = new Uint32Array(double.buffer);
  const rounds = 4000;
  for (let round = 0; round < rounds; round++) {
    double[0] = round + 0.5;
    hashInto(double[0], into);
    const before = { ...into };
    const word = round % 2;
    words[word] = (words[word] ?? 0) ^ (1 << (round % 20));
    hashInto(double[0] ?? 0, into);
    for (let bit = 0; bit < 64; bit++) {
      const changed = bit < 32 ? before.low ^ into.low : before.high ^ into.high;
      flips[bit] = (flips[bit] ?? 0) + ((changed >>> (bit % 32)) & 1);
    }
  }
  for (const count of flips) expect(Math.abs(count / rounds - 0.5)).toBeLessThan(0.04);
});
