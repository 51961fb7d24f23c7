/** The simulation against what is known without one. */
import { expect, test } from "vitest";
import { Heap } from "./heap.js";
import { simulate, type ClusterModel } from "./simulate.js";

const PLAIN: ClusterModel = {
  workers: 4,
  ranges: 400,
  work: { meanSeconds: 1, variation: 0 },
  processors: null,
  ...{ coordinatorSeconds: 0, serverSeconds: 0, storageSeconds: 0 },
  failures: { meanLifeSeconds: Infinity, lostSeconds: 30, restartSeconds: 1 },
  stragglers: { share: 0, times: 1 },
};

test("a heap gives numbers in their order", () => {
  const heap = new Heap<number>();
  const numbers = Array.from({ length: 500 }, (_, index) => (index * 7919) % 503);
  for (const number of numbers) heap.push(number, number);
  const given = numbers.map(() => heap.pop());
  expect(given).toEqual(numbers.toSorted((a, b) => a - b));
  expect([heap.first, heap.pop()]).toEqual([Infinity, undefined]);
});

test("workers that wait for nothing make as many ranges as they have time", () => {
  const { seconds, efficiency, busy, again } = simulate(PLAIN, 1);
  expect([seconds, again]).toEqual([100, 0]);
  expect(efficiency).toBeCloseTo(1, 1);
  expect(busy.workers).toBeCloseTo(1, 6);
});

test.each([
  ["coordinator", { coordinatorSeconds: 0.5 }],
  ["server", { serverSeconds: 0.5 }],
  ["storage", { storageSeconds: 0.5 }],
] as const)("nothing goes faster than the %s", (station, slow) => {
  const outcome = simulate({ ...PLAIN, workers: 50, ranges: 2000, ...slow }, 1);
  expect(outcome.rangesPerSecond).toBeCloseTo(2, 1);
  expect(outcome.busy[station]).toBeGreaterThan(0.95);
});

test("workers share the cores that there are", () => {
  const on = (share: number, workers: number) =>
    simulate({ ...PLAIN, workers, processors: { share, cores: 2 } }, 1).rangesPerSecond;
  expect(on(1, 2)).toBeCloseTo(2, 1);
  expect(on(1, 8)).toBeCloseTo(2, 1);
  // A quarter of the time on a processor: eight workers just fit.
  expect(on(0.25, 8)).toBeCloseTo(8, 1);
});

test("one worker takes the sum of its work and of what the server takes", () => {
  const { rangesPerSecond } = simulate({ ...PLAIN, workers: 1, serverSeconds: 0.25 }, 1);
  expect(rangesPerSecond).toBeCloseTo(1 / 1.25, 2);
});

test("every range is made, whoever dies; a lease is what a death costs", () => {
  const failures = { meanLifeSeconds: 50, lostSeconds: 5, restartSeconds: 5 };
  const outcome = simulate({ ...PLAIN, ranges: 4000, failures }, 7);
  expect(outcome.again).toBeGreaterThan(40);
  expect(outcome.again).toBeLessThan(130);
  expect(outcome.efficiency).toBeGreaterThan(0.85);
  expect(outcome.efficiency).toBeLessThan(0.95);
});

test("the mean of drawn times is the mean that was asked for, and a seed gives the same again", () => {
  const model = { ...PLAIN, ranges: 20_000, work: { meanSeconds: 2, variation: 0.5 } };
  const outcome = simulate(model, 3);
  expect(outcome.rangesPerSecond).toBeCloseTo(2, 1);
  expect(simulate(model, 3)).toEqual(outcome);
});
