import { expect, test } from "vitest";
import { costOf, crossover, recycleLoss, type CostCurve } from "./cost-curve.js";

/** Starts in 0.1 s; 100 facts at 2 ms each, then 1 ms each. */
const compiled: CostCurve = {
  startSeconds: 0.1,
  points: [
    [50, 0.1],
    [100, 0.2],
  ],
  steadySecondsPerFact: 0.001,
};
/** Starts in 0.05 s, and each fact takes 1.5 ms for ever. */
const plain: CostCurve = {
  startSeconds: 0.05,
  points: [[10, 0.015]],
  steadySecondsPerFact: 0.0015,
};

test("a curve is read between its points and past its last", () => {
  expect(costOf(compiled, 0)).toBeCloseTo(0.1);
  expect(costOf(compiled, 25)).toBeCloseTo(0.15);
  expect(costOf(compiled, 1100)).toBeCloseTo(1.3);
});

test("the one that begins more expensive overtakes where the curves cross for the last time", () => {
  // 0.1 + 0.2 + (n − 100) / 1000 = 0.05 + 1.5 n / 1000 at n = 300
  expect(crossover(compiled, plain)).toBeCloseTo(300, 0);
  expect(crossover(plain, compiled)).toBeUndefined();
});

test("a worker that is started anew loses its start and its warming up", () => {
  expect(recycleLoss(compiled, 1000)).toBeCloseTo(1 - 1 / 1.2);
  expect(recycleLoss(compiled, 1e6)).toBeCloseTo(0, 3);
});
