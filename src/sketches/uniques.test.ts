import { expect, test } from "vitest";
import { hashInto, Uniques } from "./index.js";
import { randomNumbers } from "./testing/random.js";
import { mostLikelyCount, withRank } from "./uniques/registers.js";
import { rankOf, registerOf, tokenOf } from "./uniques/tokens.js";

test.each([0, 1, 2, 100, 3000])("%s different values are counted", (wanted) => {
  const uniques = new Uniques();
  for (let round = 0; round < 3; round++) {
    for (let index = 0; index < wanted; index++) uniques.add(`player-${index}`);
  }
  expect(uniques.count()).toBe(wanted);
  expect(uniques.isEstimate).toBe(false);
});

test.each([
  [4_000, 300],
  [20_000, 200],
  [100_000, 100],
  [1_000_000, 20],
])("%i different values are estimated within the stated standard error", (wanted, rounds) => {
  const errors = Array.from({ length: rounds }, (_, round) => {
    const uniques = new Uniques();
    for (let index = 0; index < wanted; index++) uniques.add(round * 1e9 + index);
    expect(uniques.isEstimate).toBe(true);
    return uniques.count() / wanted - 1;
  });
  const rootMeanSquare = Math.sqrt(errors.reduce((sum, error) => sum + error ** 2, 0) / rounds);
  const bias = errors.reduce((sum, error) => sum + error, 0) / rounds;
  const { STANDARD_ERROR } = Uniques;
  // Three standard deviations of each figure.
  expect(rootMeanSquare).toBeLessThan(STANDARD_ERROR * (1 + 3 / Math.sqrt(2 * rounds)));
  expect(Math.abs(bias)).toBeLessThan((3 * STANDARD_ERROR) / Math.sqrt(rounds));
  const within = errors.filter((error) => Math.abs(error) <= 0.01).length;
  expect(within / rounds).toBeGreaterThanOrEqual(0.84);
});

test.each([1e3, 1e5, 1e7, 1e9, 1e12, 1e15])("registers of %d values say so", (wanted) => {
  const random = randomNumbers(wanted);
  const rounds = 15;
  const errors = Array.from({ length: rounds }, () => {
    const registers = new Uint8Array(1 << 14);
    for (const at of registers.keys()) {
      for (let rank = 1; rank <= 51; rank++) {
        // The values of a rank in a register are a Poisson process: none with this probability.
        const rate = (wanted / registers.length) * 2 ** -Math.min(rank, 50);
        if (random() >= Math.exp(-rate)) registers[at] = withRank(registers[at] ?? 0, rank);
      }
    }
    return mostLikelyCount(registers, 14) / wanted - 1;
  });
  // Of few values, how many there are is random by itself here.
  const spread = Math.sqrt(Uniques.STANDARD_ERROR ** 2 + 1 / wanted);
  const rootMeanSquare = Math.sqrt(errors.reduce((sum, error) => sum + error ** 2, 0) / rounds);
  expect(rootMeanSquare).toBeLessThan(spread * (1 + 3 / Math.sqrt(2 * rounds)));
});

test("it takes 16 KiB at most", () => {
  const uniques = new Uniques();
  const sizes = Array.from({ length: 100 }, (_, thousand) => {
    for (let index = 0; index < 1000; index++) uniques.add(thousand * 1000 + index);
    return uniques.toBytes().length;
  });
  expect(Math.max(...sizes)).toBeLessThan(16_400);
});

test("fewer registers say what a sketch that had no more would say", () => {
  const uniques = new Uniques();
  const direct = new Map(
    [6, 9, 13].map((precision) => [precision, new Uint8Array(1 << precision)]),
  );
  const hash = { high: 0, low: 0 };
  for (let index = 0; index < 20_000; index++) {
    uniques.add(index);
    hashInto(index, hash);
    const token = tokenOf(hash);
    for (const [precision, registers] of direct) {
      const at = registerOf(token, precision);
      registers[at] = withRank(registers[at] ?? 0, rankOf(token, precision));
    }
  }
  for (const [precision, registers] of direct) {
    expect(uniques.countIn(precision)).toBe(Math.round(mostLikelyCount(registers, precision)));
  }
  expect(uniques.countIn(14)).toBe(uniques.count());
  expect(() => uniques.countIn(15)).toThrow("a precision is from 6 to 14");
});
