import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { seededUniform } from "./random.js";
import { chanceAbove, chanceBelow, location } from "./signed-rank.js";

const few = fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 1, maxLength: 9 });

/** Every way to give signs to the ranks, counted one by one. */
function chanceByCounting(values: readonly number[], bound: number): number {
  const ordered = values
    .map((value) => value - bound)
    .toSorted((a, b) => Math.abs(a) - Math.abs(b));
  const found = ordered.reduce((sum, value, index) => sum + (value > 0 ? index + 1 : 0), 0);
  let asFar = 0;
  for (let signs = 0; signs < 2 ** values.length; signs++) {
    let sum = 0;
    for (let rank = 1; rank <= values.length; rank++) if ((signs >> (rank - 1)) & 1) sum += rank;
    if (sum >= found) asFar += 1;
  }
  return asFar / 2 ** values.length;
}

describe("the signed-rank test", () => {
  test("is what counting all signs gives", () => {
    fc.assert(
      fc.property(few, fc.double({ min: -2, max: 2, noNaN: true }), (values, bound) => {
        expect(chanceAbove(values, bound)).toBeCloseTo(chanceByCounting(values, bound), 12);
      }),
      { numRuns: 200 },
    );
  });

  test("knows tables: all of ten above have a chance of 1 in 1024", () => {
    const values = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
    expect(chanceAbove(values, 0)).toBeCloseTo(1 / 1024, 15);
    expect(chanceBelow(values, 11)).toBeCloseTo(1 / 1024, 15);
    expect(chanceBelow(values, 0)).toBe(1);
  });

  test("one wild value counts for no more than its rank", () => {
    const values = [-1, -2, -3, -4, -5, -6, -7, -8, -9, 1e9];
    expect(chanceAbove(values, 0)).toBeGreaterThan(0.05);
  });
});

describe("location", () => {
  test("is the middle of the means of all twos, between the published ranks", () => {
    // Means of two of 1 2 4: 1 1.5 2 2.5 3 4
    expect(location([1, 2, 4]).middle).toBe(2.25);
    expect(location([1, 2, 4])).toMatchObject({ low: -Infinity, high: Infinity });
    // For ten values, Wilcoxon's table has 8 for a two-sided 5 %: the ninth mean from either end.
    const values = [3, 8, 1, 9, 12, 20, 7, 5, 15, 2];
    const means = values
      .flatMap((a, index) => values.slice(index).map((b) => (a + b) / 2))
      .toSorted((a, b) => a - b);
    expect(location(values)).toMatchObject({ low: means[8], high: means.at(-9) });
  });

  test.each([8, 10, 20])("its interval from %i values holds the truth 95 times in 100", (size) => {
    const uniform = seededUniform(3);
    const REPEATS = 3000;
    let held = 0;
    for (let repeat = 0; repeat < REPEATS; repeat++) {
      const values = Array.from({ length: size }, () => {
        const tail = uniform() < 0.1 ? 10 : 1;
        return 7 + tail * (uniform() + uniform() - 1);
      });
      const { low, high } = location(values);
      if (low <= 7 && high >= 7) held += 1;
    }
    expect(held / REPEATS).toBeGreaterThan(0.94);
    expect(held / REPEATS).toBeLessThan(0.98);
  });
});
