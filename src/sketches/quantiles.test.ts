import fc from "fast-check";
import { expect, test } from "vitest";
import { Quantiles } from "./index.js";
import { LogBuckets } from "./quantiles/log-buckets.js";
import { randomNumbers } from "./testing/random.js";

const SHARES = [0, 0.001, 0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.999, 1];
/** What the arithmetic of doubles may add. */
const ROUNDING = 1 + 1e-9;

function expectAccurate(values: readonly number[], accuracy: number): void {
  const sketch = new Quantiles(accuracy);
  for (const value of values) sketch.add(value);
  const sorted = Float64Array.from(values).toSorted();
  for (const share of SHARES) {
    const exact = sorted[Math.floor(share * (sorted.length - 1))] ?? NaN;
    if (Math.abs(exact) < sketch.accurateFrom) continue;
    const found = sketch.quantile(share) ?? NaN;
    expect(Math.abs(found - exact)).toBeLessThanOrEqual(Math.abs(exact) * accuracy * ROUNDING);
  }
}

const random = randomNumbers(3);
const normal = () =>
  Math.sqrt(-2 * Math.log(random() + 2 ** -33)) * Math.cos(2 * Math.PI * random());
const DISTRIBUTIONS: Record<string, () => number> = {
  uniform: () => random() * 1000,
  "normal, of both signs": () => normal() * 50,
  "log-normal": () => Math.exp(normal() * 2),
  Pareto: () => random() ** -1.5,
  "whole numbers with many zeros": () => Math.max(0, Math.round(normal() * 3)),
  "two heaps": () => (random() < 0.5 ? 1e-6 : 1e6) * (1 + random()),
};

test.each(Object.keys(DISTRIBUTIONS))("%s: every quantile is within 1 %% of its value", (name) => {
  const draw = DISTRIBUTIONS[name] ?? (() => NaN);
  for (const size of [1, 2, 10, 1000, 100_000]) {
    const values = Array.from({ length: size }, draw);
    expectAccurate(values, 0.01);
    expectAccurate(values, 0.05);
  }
});

test("any numbers: within 1 % of the value wherever that is promised", () => {
  const number = fc.oneof(
    fc
      .double({ noNaN: true, noDefaultInfinity: true })
      .filter((x) => x === 0 || Math.abs(x) >= 2 ** -1022),
    fc.integer(),
    fc
      .double({ min: -100, max: 100, noNaN: true })
      .filter((x) => x === 0 || Math.abs(x) >= 2 ** -1022),
  );
  fc.assert(
    fc.property(fc.array(number, { minLength: 1, size: "medium" }), (values) =>
      expectAccurate(values, 0.01),
    ),
    { seed: 4, numRuns: 300 },
  );
});

test("a bucket is never wider than promised, and has its values between its bounds", () => {
  for (const accuracy of [0.0001, 0.01, 0.3]) {
    const buckets = new LogBuckets(accuracy);
    for (let round = 0; round < 20_000; round++) {
      const value = 2 ** (random() * 2000 - 1000) * (1 + random());
      const middle = buckets.middleOf(buckets.bucketOf(value));
      expect(Math.abs(middle - value)).toBeLessThanOrEqual(value * accuracy * ROUNDING);
    }
  }
});

test("numbers over more than 17 powers of ten: the highest stay right, and it says from where on", () => {
  const sketch = new Quantiles();
  for (let power = -300; power <= 300; power++) sketch.add(10 ** power);
  expect(sketch.accurateFrom).toBeGreaterThan(1e281);
  expect(sketch.accurateFrom).toBeLessThan(1e284);
  const share = 595 / 600;
  expect(Math.abs((sketch.quantile(share) ?? 0) / 1e295 - 1)).toBeLessThan(0.0101);
  expect(sketch.toBytes().length).toBeLessThan(32_000);
});

test("what has no place among numbers is refused, and no values have no quantile", () => {
  const sketch = new Quantiles();
  for (const value of [NaN, Infinity, -Infinity])
    expect(() => sketch.add(value)).toThrow(RangeError);
  expect(sketch.quantile(0.5)).toBeUndefined();
  expect(sketch.count).toBe(0);
  expect(() => sketch.quantile(1.1)).toThrow(RangeError);
  expect(() => new Quantiles(0)).toThrow(RangeError);
});
