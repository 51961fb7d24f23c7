import { describe, expect, test } from "vitest";
import { changePoint } from "./change-point.js";
import { seededUniform } from "./random.js";
import { isSteady, STEADY_TAIL } from "./steady.js";

const uniform = seededUniform(7);
const noise = (width: number) => 1 + width * (uniform() - 0.5);
const REPEATS = 4000;

function share(happens: () => boolean): number {
  let count = 0;
  for (let repeat = 0; repeat < REPEATS; repeat++) if (happens()) count += 1;
  return count / REPEATS;
}

describe("changePoint", () => {
  test.each([12, 20, 40])("rarely sees a change among %i values without one", (length) => {
    const falseAlarms = share(
      () => changePoint(Array.from({ length }, () => noise(0.1))).pValue < 0.05,
    );
    expect(falseAlarms).toBeLessThan(0.05);
  });

  test("finds where a level changed", () => {
    const values = Array.from({ length: 14 }, () => noise(0.05));
    values.push(...Array.from({ length: 10 }, () => 1.3 * noise(0.05)));
    expect(changePoint(values)).toMatchObject({ at: 14 });
    expect(changePoint(values).pValue).toBeLessThan(0.01);
  });

  test("one wild value is no change of level", () => {
    const values = Array.from({ length: 20 }, () => noise(0.05));
    values[10] = 100;
    expect(changePoint(values).pValue).toBeGreaterThan(0.2);
  });

  test("knows Pettitt's statistic of a series worked out by hand", () => {
    // U = −3, −4, −3 for 1 2 3 4: K = 4, p = 2 exp(−6·16 / (64 + 16))
    const { at, pValue } = changePoint([1, 2, 3, 4]);
    expect(at).toBe(2);
    expect(pValue).toBeCloseTo(2 * Math.exp(-96 / 80), 12);
  });
});

describe("isSteady", () => {
  test("calls a flat, noisy rate steady", () => {
    const steady = share(() => isSteady(Array.from({ length: 20 }, () => noise(0.2))));
    expect(steady).toBeGreaterThan(0.95);
  });

  test("does not call a rate steady that still climbs", () => {
    const climbing = share(() =>
      isSteady(Array.from({ length: 20 }, (_, index) => (1 + 0.04 * index) * noise(0.02))),
    );
    expect(climbing).toBeLessThan(0.05);
  });

  test("ignores how a rate began once its tail is flat", () => {
    const begun = [0.2, 0.3, 0.5, 0.8];
    const flat = Array.from({ length: STEADY_TAIL }, () => 1);
    expect(isSteady([...begun, ...flat])).toBe(true);
  });

  test("ignores a change too small to matter", () => {
    const values = Array.from({ length: STEADY_TAIL }, (_, index) => (index < 6 ? 1 : 1.005));
    expect(isSteady(values)).toBe(true);
  });

  test("knows nothing from a few values", () => {
    expect(isSteady(Array.from({ length: STEADY_TAIL - 1 }, () => 1))).toBe(false);
  });
});
