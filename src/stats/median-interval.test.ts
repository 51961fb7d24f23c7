import { binomialDistribution, median } from "simple-statistics";
import { describe, expect, test } from "vitest";
import { MIN_FOR_INTERVAL, medianInterval } from "./median-interval.js";
import { seededUniform } from "./random.js";

const uniform = seededUniform(20261122);
/** Box and Muller's transformation. */
const normal = () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
const studentT3 = () => {
  const chiSquared = normal() ** 2 + normal() ** 2 + normal() ** 2;
  return normal() / Math.sqrt(chiSquared / 3);
};

/** Rates of trials, by what may have happened to the machine; each with its true median. */
const DISTRIBUTIONS: Record<string, { draw: () => number; truth: number }> = {
  "quiet: lognormal, 3 %": { draw: () => Math.exp(0.03 * normal()), truth: 1 },
  "wild: Student's t with 3 degrees": { draw: () => Math.exp(0.03 * studentT3()), truth: 1 },
  "skewed: exponential slow-downs": {
    draw: () => Math.exp(-0.05 * -Math.log(1 - uniform())),
    truth: Math.exp(-0.05 * Math.LN2),
  },
  "two speeds, 45 to 55": {
    // the median lies where the faster of the two has covered 0.5 − 0.45 of its 0.55
    draw: () => (uniform() < 0.45 ? 0.6 : 1) * (1 + 0.1 * (uniform() - 0.5)),
    truth: 0.95 + 0.1 * (0.05 / 0.55),
  },
};
const DRAWS = 6000;

describe.each(Object.entries(DISTRIBUTIONS))("%s", (_, { draw, truth }) => {
  test.each([5, 6, 7, 8, 9, 10, 11, 13, 15, 30])(
    "an interval from %i trials covers the truth",
    (size) => {
      let covered = 0;
      for (let repeat = 0; repeat < DRAWS; repeat++) {
        const { low, high } = medianInterval(Array.from({ length: size }, draw));
        if (low <= truth && truth <= high) covered += 1;
      }
      // It may cover more than it says, never less: 0.7 % are 2.5 standard errors over these draws.
      expect(covered / DRAWS).toBeGreaterThan(0.943);
    },
  );
});

test.each([6, 9, 15, 40, 200])("the ranks of %i values reach no further than they must", (size) => {
  const values = Array.from({ length: size }, (_, index) => index + 1);
  const { low, high } = medianInterval(values);
  // One rank further in on both sides would cover less than 95 % (P by the binomial distribution).
  const rank = values.indexOf(low) + 1;
  expect(high).toBe(size + 1 - rank);
  const tail = cumulativeBinomialHalf(size, rank);
  expect(1 - 2 * cumulativeBinomialHalf(size, rank - 1)).toBeGreaterThanOrEqual(0.95);
  expect(1 - 2 * tail).toBeLessThan(0.95);
});

test.each([
  [7, 1],
  [8, 1],
  [10, 2],
])(
  "of %i values, whose ranks cover more, the interval begins behind that of rank %i",
  (size, rank) => {
    const values = Array.from({ length: size }, (_, index) => 100 + index);
    const { low, high } = medianInterval(values);
    const [outer, inner] = [values[rank - 1] ?? NaN, values[rank] ?? NaN];
    expect(low).toBeGreaterThan(outer);
    expect(low).toBeLessThan(inner);
    // As far from the other end, which is what logarithms make of it.
    const share = Math.log(low / outer) / Math.log(inner / outer);
    const [last = NaN, before = NaN] = [values.at(-rank), values.at(-rank - 1)];
    expect(Math.log(high / last) / Math.log(before / last)).toBeCloseTo(share, 9);
  },
);

test("of seven values one that is far off has less than half of its weight", () => {
  const { low } = medianInterval([50, 100, 100, 100, 100, 100, 100]);
  expect(Math.log(100 / low) / Math.log(2)).toBeLessThan(1 / 2);
});

/** P(X ≤ most), by the library that the interval itself does not use for it. */
function cumulativeBinomialHalf(n: number, most: number): number {
  return (binomialDistribution(n, 0.5) ?? [])
    .slice(0, most + 1)
    .reduce((sum, term) => sum + term, 0);
}

test("the median is the median, whatever the order", () => {
  expect(medianInterval([5, 1, 4, 2, 3]).median).toBeCloseTo(median([1, 2, 3, 4, 5]), 12);
});

test("from too few trials nothing is known", () => {
  const few = Array.from({ length: MIN_FOR_INTERVAL - 1 }, () => 100);
  expect(medianInterval(few)).toMatchObject({ low: 0, high: Infinity });
});

test("equal trials leave no doubt", () => {
  const { low, high } = medianInterval([7, 7, 7, 7, 7]);
  expect([low, high].map((value) => value.toFixed(9))).toEqual(["7.000000000", "7.000000000"]);
});
