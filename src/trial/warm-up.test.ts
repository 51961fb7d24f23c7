import { expect, test } from "vitest";
import { seededUniform } from "../stats/random.js";
import { warmUp, type WarmUpLimits } from "./warm-up.js";
import type { Workload } from "./workload.js";

const STEP_SECONDS = 0.001;
const LIMITS = { least: 0.3, most: 2 };

interface Machine {
  /** Facts in a step of a millisecond of work, after so much of it. */
  readonly rate?: (workedSeconds: number) => number;
  /** Seconds that pass in one of work, and processor seconds that the process takes in it. */
  readonly wall?: number;
  readonly processor?: number;
  readonly isSettled?: (workedSeconds: number) => boolean;
}

/** How many seconds a workload worked until it was warm, and whether it was steady. */
function warmed(
  { rate = () => 100, wall = 1, processor = 1, isSettled = () => true }: Machine,
  limits: WarmUpLimits = LIMITS,
) {
  const uniform = seededUniform(3);
  let worked = 0;
  const workload: Workload = {
    factsPerRepetition: 1,
    check: () => undefined,
    *practice() {
      for (;;) {
        worked += STEP_SECONDS;
        yield rate(worked) * (0.95 + 0.1 * uniform());
      }
    },
    repetition: () => [],
    isSettled: () => isSettled(worked),
    sizes: () => {
      throw new Error("nothing was repeated");
    },
    finish: () => undefined,
    confirm: () => "",
  };
  const clocks = { wall: () => worked * wall, processor: () => worked * processor };
  const { steady } = warmUp(workload, limits, clocks);
  return { worked, steady };
}

test("what is flat from the start is warm after the least time", () => {
  const { worked, steady } = warmed({});
  expect(worked).toBeGreaterThanOrEqual(LIMITS.least);
  expect(worked).toBeLessThan(0.5);
  expect(steady).toBe(true);
});

test("goes on while the rate climbs in steps, however flat it is between them", () => {
  const steps = (worked: number) => (worked < 0.2 ? 50 : worked < 0.28 ? 70 : 100);
  const { worked, steady } = warmed({ rate: steps });
  expect(worked).toBeGreaterThan(0.45);
  expect(steady).toBe(true);
});

test("a rate that never becomes flat ends the warm-up after the most time, and is told", () => {
  const { worked, steady } = warmed({ rate: (seconds) => 100 * (1 + seconds) });
  expect(worked).toBeCloseTo(LIMITS.most, 1);
  expect(steady).toBe(false);
});

test("waits for a codec that has not chosen yet, and not for ever", () => {
  expect(warmed({ isSettled: (worked) => worked > 1 }).worked).toBeCloseTo(1, 1);
  const never = warmed({ isSettled: () => false });
  expect(never.worked).toBeCloseTo(LIMITS.most, 1);
  expect(never.steady).toBe(false);
  const later = { ...LIMITS, mostSettling: 3 };
  expect(warmed({ isSettled: (worked) => worked > 2.5 }, later).worked).toBeCloseTo(2.5, 1);
  expect(warmed({ isSettled: () => false }, later).worked).toBeCloseTo(3, 1);
  expect(warmed({ rate: (seconds) => 100 * (1 + seconds) }, later).worked).toBeCloseTo(2, 1);
});

test("on a machine that others use it is the work that counts, and not the waiting", () => {
  expect(warmed({ wall: 3 }).worked).toBeGreaterThanOrEqual(LIMITS.least);
  const starved = warmed({ wall: 100, isSettled: () => false });
  expect(starved.worked).toBeLessThan(LIMITS.most / 10);
});

test("what the engine does beside the work is no work", () => {
  expect(warmed({ processor: 2 }).worked).toBeGreaterThanOrEqual(LIMITS.least);
});
