import { describe, expect, test } from "vitest";
import { seededUniform, type Uniform } from "./random.js";
import { atUsualSpeed } from "./usual-speed.js";
import { levelShifts } from "./level-shifts.js";
import { commonSteadyState, steadyState, type Kind } from "./steady-state.js";

const LENGTH = 160;
const PROCESSES = 5;
const SERIES = 1000;

/**
 * A machine as this tool was made on: it runs at two speeds and changes between them at any moment,
 * everything at once; neighbours of a value are alike; some values are far out, most of them upwards.
 */
function machine(uniform: Uniform): { speed: number; noise: () => number }[] {
  const slow = 1.2 + 0.7 * uniform();
  let isSlow = uniform() < 0.3;
  let drift = 0;
  return Array.from({ length: LENGTH }, () => {
    if (uniform() < 1 / 50) isSlow = !isSlow;
    drift = 0.5 * drift + 0.03 * normal(uniform);
    const own = Math.exp(drift);
    const noise = () =>
      own * Math.exp(0.02 * normal(uniform)) * (uniform() < 0.04 ? 1 + 2 * uniform() : 1);
    return { speed: isSlow ? slow : 1, noise };
  });
}

/** Box and Muller's method. */
function normal(uniform: Uniform): number {
  return Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
}

/** What a fact costs at each place of a series, were it not for the machine. */
const TRUTH: Record<Kind, (uniform: Uniform) => (place: number) => number> = {
  flat: () => () => 1,
  "warm-up": (uniform) => {
    const end = 10 + 80 * uniform();
    const times = 1.3 + 4 * uniform();
    const inSteps = uniform() < 0.5;
    return (place) =>
      place >= end
        ? 1
        : inSteps
          ? place < end / 2
            ? times
            : 1 + 0.6 * (times - 1)
          : times ** (1 - (place / end) ** 2);
  },
  "slow-down": (uniform) => {
    const [warm, end] = [8 * uniform(), 20 + 80 * uniform()];
    const times = 1.25 + uniform();
    return (place) => (place < warm ? 3 : place < end ? 1 : times);
  },
  none: (uniform) => {
    const period = 10 + 14 * uniform();
    const times = 1.3 + uniform();
    const late = LENGTH * (0.82 + 0.08 * uniform());
    return uniform() < 0.5
      ? (place) => (Math.floor(place / period) % 2 === 0 ? 1 : times)
      : (place) => (place < late ? 1 : times);
  },
};

function simulated(kind: Kind, uniform: Uniform): number[][] {
  const truth = TRUTH[kind](uniform);
  return Array.from({ length: PROCESSES }, () => {
    const places = machine(uniform);
    // Each process is as fast as its memory happens to lie, and compiles a little earlier or later.
    const level = 0.8 + 0.4 * uniform();
    const pace = 0.92 + 0.16 * uniform();
    // What slows the work slows the reference workload nearly as much.
    const alike = 0.8 + 0.2 * uniform();
    return atUsualSpeed(
      places.map(({ speed, noise }, place) => level * truth(place / pace) * speed * noise()),
      places.map(({ speed, noise }) => speed ** alike * noise()),
    );
  });
}

describe("the kind of a series", () => {
  test.each(Object.keys(TRUTH) as Kind[])(
    "%s is told in 95 of 100 simulated series or more",
    (kind) => {
      const uniform = seededUniform(7);
      const found = Array.from({ length: SERIES }, () =>
        commonSteadyState(simulated(kind, uniform)),
      );
      const right = found.filter((verdict) => verdict.kind === kind).length;
      expect(right / SERIES).toBeGreaterThanOrEqual(0.95);
    },
  );

  test("says where the steady state begins", () => {
    const costs = Array.from(
      { length: LENGTH },
      (_, place) => (place < 40 ? 3 : 1) + (place % 3) / 100,
    );
    expect(steadyState(costs)).toEqual({ kind: "warm-up", from: 40 });
    expect(steadyState(costs.toReversed())).toMatchObject({ kind: "slow-down", from: 120 });
    expect(steadyState(costs.map(() => 5))).toEqual({ kind: "flat", from: 0 });
  });
});

test("a series is cut exactly where its level changes", () => {
  const values = [
    ...Array<number>(20).fill(1),
    ...Array<number>(15).fill(4),
    ...Array<number>(9).fill(2),
  ];
  const noisy = values.map((value, index) => value + (index % 2) / 10);
  expect(levelShifts(noisy, 1, 3).map(({ from, to }) => [from, to])).toEqual([
    [0, 20],
    [20, 35],
    [35, 44],
  ]);
  expect(levelShifts(noisy, 1e6, 3).length).toBe(1);
});
