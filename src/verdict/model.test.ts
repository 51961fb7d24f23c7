import fc from "fast-check";
import { expect, test } from "vitest";
import { breakEven, crossover, overlapOf, predictedRate, rateAt } from "./model.js";

const rate = fc.double({ min: 10, max: 1e5, noNaN: true });
const bytes = fc.double({ min: 100, max: 1e6, noNaN: true });

test("stages at once go as fast as the slowest, stages in turn as their sum", () => {
  expect(predictedRate([0.001, 0.004], 1)).toBeCloseTo(250);
  expect(predictedRate([0.001, 0.004], 0)).toBeCloseTo(200);
});

test("the overlap is found again in the rate that it gives", () => {
  fc.assert(
    fc.property(rate, rate, fc.double({ min: 0, max: 1, noNaN: true }), (codec, write, overlap) => {
      const times = [1 / codec, 1 / write];
      const found = overlapOf(predictedRate(times, overlap), times) ?? overlap;
      expect(found).toBeCloseTo(overlap, 6);
    }),
  );
});

test("a lesser stage of no weight says nothing about overlap", () => {
  expect(overlapOf(100, [0.01, 0.0001])).toBeNull();
});

test("at the crossover the sink takes just what is made", () => {
  fc.assert(
    fc.property(rate, bytes, (factsPerSecond, storedBytesPerFact) => {
      const maker = { factsPerSecond, storedBytesPerFact };
      const bandwidth = crossover(maker);
      expect(rateAt(maker, bandwidth * 1.01, 1) / factsPerSecond).toBeCloseTo(1, 9);
      expect(rateAt(maker, bandwidth / 2, 1) / factsPerSecond).toBeCloseTo(0.5, 9);
    }),
  );
});

test("below the break-even the smaller one wins, above it the larger one, whatever the overlap", () => {
  fc.assert(
    fc.property(
      rate,
      fc.double({ min: 0.05, max: 0.95, noNaN: true }),
      bytes,
      fc.double({ min: 0.05, max: 0.95, noNaN: true }),
      fc.constantFrom(0, 0.3, 1),
      (fast, slower, large, smaller, overlap) => {
        const plain = { factsPerSecond: fast, storedBytesPerFact: large };
        const compressed = { factsPerSecond: fast * slower, storedBytesPerFact: large * smaller };
        const bandwidth = breakEven(plain, compressed, overlap);
        const gain = (at: number) => rateAt(compressed, at, overlap) - rateAt(plain, at, overlap);
        expect(gain(bandwidth * 0.98)).toBeGreaterThan(0);
        expect(gain(bandwidth * 1.02)).toBeLessThan(0);
      },
    ),
  );
});

test("with full overlap the break-even is b₁·C₂, in turn it is (b₁ − b₂) / (1/C₂ − 1/C₁)", () => {
  const plain = { factsPerSecond: 2500, storedBytesPerFact: 40_000 };
  const compressed = { factsPerSecond: 1000, storedBytesPerFact: 6000 };
  expect(breakEven(plain, compressed, 1)).toBeCloseTo(40_000 * 1000, -3);
  expect(breakEven(plain, compressed, 0)).toBeCloseTo(34_000 / (1 / 1000 - 1 / 2500), -3);
});

test("what is smaller and faster always wins, what is no smaller never does", () => {
  const plain = { factsPerSecond: 1000, storedBytesPerFact: 40_000 };
  expect(breakEven(plain, { factsPerSecond: 2000, storedBytesPerFact: 6000 }, 1)).toBe(Infinity);
  expect(breakEven(plain, { factsPerSecond: 500, storedBytesPerFact: 40_000 }, 1)).toBe(0);
});
