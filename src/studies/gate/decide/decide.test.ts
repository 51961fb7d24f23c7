import { describe, expect, test } from "vitest";
import { normal, simulatedPairs } from "../../../testing/gate-pairs.js";
import { seededUniform, type Uniform } from "../../../stats/random.js";
import { proportion } from "../../../stats/proportion.js";
import { decide, type Answer, type DecidedPair } from "./decide.js";
import { CONFIRMING, INTERIM_ANALYSES, PLAIN_PAIRS } from "./rules.js";

const MAX_PAIRS = (INTERIM_ANALYSES.at(-1) ?? 0) + (CONFIRMING.at(-1) ?? 0);

/** The noise of a pair's log ratio, by what a machine may be like. Random order makes it symmetric. */
const NOISES: Record<string, (uniform: Uniform) => number> = {
  "quiet, 1.5 %": (uniform) => 0.015 * normal(uniform),
  "noisy, 3 %": (uniform) => 0.03 * normal(uniform),
  "heavy tails: Student's t with 2 degrees": (uniform) =>
    (0.015 * normal(uniform)) / Math.sqrt(-Math.log(1 - uniform())),
  "two speeds: one pair in ten with a variant 30 % slower": (uniform) =>
    0.01 * normal(uniform) + (uniform() < 0.1 ? (uniform() < 0.5 ? 0.26 : -0.26) : 0),
};

function answers(
  gates: number,
  cells: number,
  noise: (uniform: Uniform) => number,
  effect: (cell: number) => number,
): Record<Answer, number> {
  const uniform = seededUniform(20261122);
  const counts = { pass: 0, fail: 0, inconclusive: 0 };
  for (let gate = 0; gate < gates; gate++) {
    counts[decide(cells, simulatedPairs(MAX_PAIRS, cells, noise, effect, uniform), gate).answer] +=
      1;
  }
  return counts;
}

describe.each(Object.entries(NOISES))("%s", (_, noise) => {
  test("unchanged variants fail in no more than one gate of 200, and mostly pass", () => {
    const { pass, fail } = answers(800, 1, noise, () => 0);
    expect(proportion(fail, 800).high).toBeLessThan(0.005);
    expect(pass / 800).toBeGreaterThan(0.9);
  });

  test("not even a slowdown as large as the margin fails more often than it may", () => {
    const { fail } = answers(300, 1, noise, () => 0.02);
    expect(fail / 300).toBeLessThan(0.005);
  });

  test("ten unchanged cells together fail no more often than one", () => {
    const { fail } = answers(80, 10, noise, () => 0);
    expect(fail).toBe(0);
  });

  test("a speed-up of 5 % never fails", () => {
    expect(answers(300, 1, noise, () => -0.05).fail).toBe(0);
  });

  test("10 % slower fails in 95 gates of 100", () => {
    expect(answers(200, 1, noise, () => 0.1).fail / 200).toBeGreaterThan(0.95);
  });
});

test.each(["quiet, 1.5 %", "noisy, 3 %", "two speeds: one pair in ten with a variant 30 % slower"])(
  "slower by 5 in 100, it fails in 90 gates of 100: %s",
  (name) => {
    const { fail } = answers(200, 1, NOISES[name] ?? normal, () => 0.05);
    expect(fail / 200).toBeGreaterThan(0.9);
  },
);

test("one slow cell among ten is found, and only that one", () => {
  const uniform = seededUniform(4);
  const pairs = simulatedPairs(
    MAX_PAIRS,
    10,
    NOISES["quiet, 1.5 %"] ?? normal,
    (cell) => (cell === 3 ? 0.1 : 0),
    uniform,
  );
  const { cells } = decide(10, pairs, 1);
  expect(cells.filter(({ answer }) => answer === "fail").length).toBe(1);
  expect(cells[3]).toMatchObject({ answer: "fail", reason: null });
  expect(cells[3]?.change).toBeCloseTo(0.1, 1);
});

describe("how a decision goes", () => {
  const uniform = seededUniform(9);
  const [first = 0] = INTERIM_ANALYSES;
  const [fresh = 0] = CONFIRMING;
  const pairs = (count: number, effect: number): DecidedPair[] =>
    simulatedPairs(
      MAX_PAIRS,
      1,
      (draw) => 0.005 * normal(draw),
      () => effect,
      uniform,
    ).slice(0, count);

  test("the same pairs and the same seed give the same decision", () => {
    const made = pairs(40, 0.03);
    expect(decide(1, made, 7)).toEqual(decide(1, made, 7));
  });

  test("nothing is said before the first interim analysis", () => {
    expect(decide(1, pairs(first - 1, 0.2), 1)).toMatchObject({
      answer: "inconclusive",
      isOpen: true,
      cells: [{ wants: first, reason: "the time was up" }],
    });
    expect(decide(1, [], 1).cells[0]).toMatchObject({ wants: PLAIN_PAIRS, pairs: 0 });
  });

  test("a slowdown waits for fresh pairs to confirm it", () => {
    const made = pairs(first + fresh + 4, 0.1);
    expect(decide(1, made.slice(0, first), 1)).toMatchObject({
      isOpen: true,
      cells: [{ wants: first + fresh }],
    });
    expect(decide(1, made, 1)).toMatchObject({
      answer: "fail",
      isOpen: false,
      cells: [{ pairs: first + fresh, confirming: fresh }],
    });
  });

  test("a slowdown that fresh pairs do not show is not said", () => {
    const made = [...pairs(first, 0.1), ...pairs(CONFIRMING.at(-1) ?? 0, 0)];
    expect(decide(1, made, 1)).toMatchObject({
      answer: "inconclusive",
      isOpen: false,
      cells: [{ reason: "it looked slower, and fresh pairs did not confirm that" }],
    });
  });

  test("dropped pairs do not count, and are counted", () => {
    const made = pairs(first + 2, 0).map((pair, index) =>
      index < 2 ? { ...pair, logRatio: 5, dropped: "the machine was busy" } : pair,
    );
    expect(decide(1, made, 1)).toMatchObject({
      answer: "pass",
      cells: [{ pairs: first, dropped: 2 }],
    });
  });

  test("pairs that were dropped after the answer was there do not change it", () => {
    const late = pairs(30, 0).map((pair) => ({ ...pair, dropped: "busy" }));
    expect(decide(1, [...pairs(first, 0), ...late], 1)).toMatchObject({
      answer: "pass",
      cells: [{ pairs: first, dropped: 0 }],
    });
  });

  test("a machine that is mostly busy gets no answer", () => {
    const made = pairs(30, 0.2).map((pair) => ({ ...pair, dropped: "busy" }));
    const { answer, isOpen, cells } = decide(1, made, 1);
    expect({ answer, isOpen }).toEqual({ answer: "inconclusive", isOpen: false });
    expect(cells[0]?.reason).toContain("busy in 30 of 30 pairs");
  });

  test("a reference workload that moves with the candidate undoes a FAIL and a PASS", () => {
    for (const effect of [0.1, 0]) {
      const made = pairs(first + fresh, effect).map((pair) => ({
        ...pair,
        sentinelLogRatio: 0.08,
      }));
      expect(decide(1, made, 1)).toMatchObject({ answer: "inconclusive", isOpen: false });
    }
  });
});
