import { expect, test } from "vitest";
import { costOf } from "../../../stats/cost-curve.js";
import type { WatchedBlock, WatchedProcess } from "../document.js";
import { breakEvensOf } from "./break-evens.js";
import { atUsualSpeed } from "./usual-speed.js";
import { figuresOf, processCurve } from "./warmup-figures.js";

const BLOCKS = 400;
const FACTS = 20;

/** A process whose facts get cheaper, on a machine that is `slow` times as slow while `isSlow` says so. */
function watched(
  round: number,
  cost: { start: number; cold: number; steady: number },
  slow = 1,
  isSlow: (block: number) => boolean = () => false,
): WatchedProcess {
  const factor = (block: number) => (isSlow(block) ? slow : 1);
  const blocks = Array.from({ length: BLOCKS }, (_, index): WatchedBlock => {
    const perFact = cost.steady + cost.cold * Math.exp(-index / 20);
    const seconds = FACTS * perFact * factor(index);
    return {
      ...{ facts: FACTS, cpuSeconds: seconds, wallSeconds: seconds },
      referenceSeconds: 60e-6 * factor(index),
    };
  });
  const first = factor(0);
  return {
    ...{ round, startCpuSeconds: cost.start * first, loadCpuSeconds: 0, prewarmCpuSeconds: 0 },
    blocks,
  };
}

const EARLY = { start: 0.1, cold: 0.0005, steady: 0.0003 };
const LATE = { start: 0.15, cold: 0.0008, steady: 0.0002 };

test("a machine that is slower for a while makes no other curve", () => {
  const even = watched(1, EARLY);
  const uneven = watched(2, EARLY, 1.6, (block) => block >= 100 && block < 190);
  const raw = costOf(processCurve(uneven), 6000) / costOf(processCurve(even), 6000);
  expect(raw).toBeGreaterThan(1.15);
  const [a, b] = atUsualSpeed([{ watched: [even, uneven] }])
    .flat()
    .map(processCurve);
  for (const facts of [100, 2500, 6000]) {
    expect(costOf(b as never, facts) / costOf(a as never, facts)).toBeCloseTo(1, 2);
  }
});

test("a process that met the slow machine alone is not taken for a slow codec", () => {
  const rounds = [1, 2, 3, 4, 5, 6];
  const early = rounds.map((round) => watched(round, EARLY));
  // Every other time all of it meets a machine that is half as fast: it would never overtake.
  const late = rounds.map((round) => watched(round, LATE, 2, () => round % 2 === 0));
  const scenario = { compressor: "none", direction: "write", status: "ok", reason: null } as const;
  const { breakEvens, undecided } = breakEvensOf([
    { ...scenario, codec: "early", figures: figuresOf(early), watched: early },
    { ...scenario, codec: "late", figures: figuresOf(late), watched: late },
  ]);
  expect(undecided).toEqual([]);
  expect(breakEvens).toMatchObject([{ winner: "late", loser: "early" }]);
  // (0.05 + 20 × 20 × 0.0003) / 0.0001, by the two curves.
  expect(breakEvens[0]?.facts).toBeGreaterThan(1600);
  expect(breakEvens[0]?.facts).toBeLessThan(1800);
});

test("who begins cheaper in some rounds, and ends cheaper in all, is no open question", () => {
  const rounds = [1, 2, 3, 4, 5, 6];
  const first = rounds.map((round) => watched(round, EARLY));
  const second = rounds.map((round) =>
    watched(round, { ...EARLY, start: round % 2 === 0 ? 0.11 : 0.09, steady: 0.0002 }),
  );
  const scenario = { compressor: "none", direction: "write", status: "ok", reason: null } as const;
  const found = breakEvensOf([
    { ...scenario, codec: "a", figures: figuresOf(first), watched: first },
    { ...scenario, codec: "b", figures: figuresOf(second), watched: second },
  ]);
  expect(found).toEqual({ breakEvens: [], undecided: [] });
});

test("curves that do not separate decide nothing", () => {
  const rounds = [1, 2, 3, 4, 5, 6];
  const first = rounds.map((round) => watched(round, EARLY));
  const second = rounds.map((round) =>
    watched(round, { ...EARLY, start: 0.11, steady: 0.0003 * (round % 2 === 0 ? 0.98 : 1.02) }),
  );
  const scenario = { compressor: "none", direction: "write", status: "ok", reason: null } as const;
  const found = breakEvensOf([
    { ...scenario, codec: "a", figures: figuresOf(first), watched: first },
    { ...scenario, codec: "b", figures: figuresOf(second), watched: second },
  ]);
  expect(found).toEqual({
    breakEvens: [],
    undecided: [{ winner: "b", loser: "a", rounds: 6, crossings: 3 }],
  });
});
