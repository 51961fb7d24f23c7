import { expect, test } from "vitest";
import { isUndecided, ratioByRound } from "./compare.js";
import { seededUniform } from "./random.js";

const uniform = seededUniform(11);

/** Rates in rounds that the machine made faster or slower for everybody. */
function rounds(truth: number, machine: readonly number[]): Map<number, number> {
  return new Map(
    machine.map((speed, round) => [round, truth * speed * (1 + 0.02 * (uniform() - 0.5))]),
  );
}

test("what the machine did to a whole round cancels", () => {
  const machine = [1, 0.6, 1.1, 0.5, 0.9, 1];
  const ratio = ratioByRound(rounds(110, machine), rounds(100, machine));
  expect(isUndecided(ratio)).toBe(false);
  expect(ratio?.median).toBeCloseTo(1.1, 1);
});

test("equal codecs are told apart in no more than one comparison in twenty", () => {
  let decided = 0;
  for (let repeat = 0; repeat < 3000; repeat++) {
    const machine = Array.from({ length: 5 }, () => 0.5 + uniform());
    if (!isUndecided(ratioByRound(rounds(100, machine), rounds(100, machine)))) decided += 1;
  }
  expect(decided / 3000).toBeLessThan(0.065);
});

test("rounds that only one of them was measured in do not count", () => {
  const a = new Map([1, 2, 3, 4, 5].map((round) => [round, 100]));
  const b = new Map([2, 3, 4, 5, 6].map((round) => [round, 100]));
  expect(ratioByRound(a, b)).toBeUndefined();
  expect(isUndecided(undefined)).toBe(true);
});
