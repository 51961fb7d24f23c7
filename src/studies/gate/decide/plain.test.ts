/** By simulation against known truth: what the first interim analysis, after six pairs, gains and risks. */
import { describe, expect, test } from "vitest";
import { proportion } from "../../../stats/proportion.js";
import { normal, simulatedPairs } from "../../../testing/gate-pairs.js";
import { seededUniform, type Uniform } from "../../../stats/random.js";
import { decide } from "./decide.js";
import { plainStanding } from "./plain.js";
import { FAIL_LEVEL, INTERIM_ANALYSES, PLAIN_LEVEL, PLAIN_PAIRS } from "./rules.js";

/** Noise that the random order makes symmetric, from usual to the worst that there can be. */
const NOISES: Readonly<Record<string, (uniform: Uniform) => number>> = {
  "3 %": (uniform) => 0.03 * normal(uniform),
  "6 %": (uniform) => 0.06 * normal(uniform),
  "50 %": (uniform) => 0.5 * normal(uniform),
  "each pair twice or half as fast by the toss of a coin": (uniform) =>
    uniform() < 0.5 ? Math.LN2 : -Math.LN2,
};
/** Enough for every interim analysis and every confirmation. */
const MAX_PAIRS = 90;

const WORST = "each pair twice or half as fast by the toss of a coin";

test("in the worst noise, what is slower by the margin fails no more often than it may", () => {
  const uniform = seededUniform(18);
  const gates = 3000;
  let failed = 0;
  for (let gate = 0; gate < gates; gate++) {
    const made = simulatedPairs(MAX_PAIRS, 1, NOISES[WORST] ?? normal, () => 0.02, uniform);
    if (decide(1, made, gate).answer === "fail") failed += 1;
  }
  expect(proportion(failed, gates).high).toBeLessThan(FAIL_LEVEL);
});

describe.each(Object.entries(NOISES))("noise of %s", (_, noise) => {
  test.each([1, 3, 10])("of %i cells, none is called plainly slower too often", (cells) => {
    const uniform = seededUniform(15);
    const families = 20_000;
    let wrong = 0;
    for (let family = 0; family < families; family++) {
      const found = Array.from({ length: cells }, () => {
        const logs = Array.from({ length: 20 }, () => noise(uniform));
        return plainStanding(logs, cells).answer;
      });
      if (found.includes("fail")) wrong += 1;
    }
    expect(proportion(wrong, families).low).toBeLessThan(PLAIN_LEVEL);
  });
});

test.each([
  [3, "3 %"],
  [1, "3 %"],
  [3, "6 %"],
  [1, "6 %"],
])("%f times slower beside noise of %s: it fails after ten pairs, not eighteen", (effect, name) => {
  const uniform = seededUniform(4);
  const gates = 300;
  let early = 0;
  for (let gate = 0; gate < gates; gate++) {
    const { answer, isOpen, cells } = decide(
      1,
      simulatedPairs(MAX_PAIRS, 1, NOISES[name] ?? normal, () => effect, uniform),
      gate,
    );
    expect({ answer, isOpen }).toEqual({ answer: "fail", isOpen: false });
    if (cells[0]?.pairs === 10) early += 1;
  }
  expect(early / gates).toBeGreaterThan(0.98);
});

describe("how it goes", () => {
  const slow = Math.log(4);

  test("six pairs, then fresh ones that confirm it, more of them for more cells", () => {
    const of = (count: number) => Array.from({ length: count }, () => slow);
    expect(plainStanding([], 1)).toEqual({ answer: "open", wants: PLAIN_PAIRS, confirming: 0 });
    expect(plainStanding(of(6), 1)).toEqual({ answer: "open", wants: 10, confirming: 0 });
    expect(plainStanding(of(9), 1)).toEqual({ answer: "open", wants: 10, confirming: 3 });
    expect(plainStanding(of(10), 1)).toEqual({ answer: "fail", used: 10, confirming: 4 });
    expect(plainStanding(of(6), 10)).toEqual({ answer: "open", wants: 14, confirming: 0 });
  });

  test("one pair that is not much slower, and it goes on as if nothing had been looked at", () => {
    const logs = [slow, slow, slow, slow, slow, slow, slow, slow, 0.1, slow, slow, slow];
    expect(plainStanding(logs, 1)).toEqual({ answer: "no" });
    const made = logs.map((logRatio) => ({
      ...{ cell: 0, logRatio, sentinelLogRatio: 0, dropped: null },
    }));
    expect(decide(1, made, 1)).toMatchObject({ isOpen: true, cells: [{ wants: 18 }] });
    expect(decide(1, made.slice(0, 9), 1).cells[0]?.wants).toBe(INTERIM_ANALYSES[0]);
  });

  test("a cell that is plainly slower is told beside others that are not", () => {
    const uniform = seededUniform(3);
    const made = simulatedPairs(
      MAX_PAIRS,
      3,
      NOISES["3 %"] ?? normal,
      (cell) => (cell === 1 ? 3 : 0),
      uniform,
    );
    const { answer, cells } = decide(3, made, 1);
    expect(answer).toBe("fail");
    expect(cells.map((cell) => cell.answer)).toEqual(["pass", "fail", "pass"]);
    expect(cells[1]?.pairs).toBe(12);
  });
});
