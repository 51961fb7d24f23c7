import { expect, test } from "vitest";
import { measureRounds } from "./rounds.js";

function world(
  secondsOf: (cell: string, round: number) => number,
  failing: readonly string[] = [],
) {
  let clock = 0;
  const order: string[] = [];
  const shares: number[] = [];
  const run = (rounds: number, budgetSeconds: number, signal = new AbortController().signal) =>
    measureRounds({
      ...{ cells: ["a", "b", "c"], rounds, budgetSeconds, seed: 1, signal },
      now: () => clock,
      measure: (cell, round) => {
        order.push(`${cell}${round}`);
        clock += secondsOf(cell, round);
        return Promise.resolve(
          failing.includes(cell) ? { reason: "it died" } : { answer: { cell, round } },
        );
      },
      onProgress: ({ done }) => shares.push(Math.round(done * 100)),
    });
  return { run, order, shares };
}

test("every round measures every cell once, and no two rounds in one order", async () => {
  const { run, order } = world(() => 1);
  const { cells, rounds } = await run(4, 100);
  expect(rounds).toBe(4);
  expect(cells.map(({ answers }) => answers.length)).toEqual([4, 4, 4]);
  const orders = [0, 3, 6, 9].map((from) =>
    order.slice(from, from + 3).map((one) => one.charAt(0)),
  );
  for (const one of orders) expect(one.toSorted()).toEqual(["a", "b", "c"]);
  expect(new Set(orders.map((one) => one.join(""))).size).toBeGreaterThan(1);
});

test("the first round is made whatever it takes; later only what there is time for", async () => {
  const { run, order } = world((cell) => (cell === "b" ? 50 : 1));
  const { cells, rounds } = await run(3, 60);
  expect(order.filter((one) => one.startsWith("b"))).toEqual(["b1"]);
  expect(cells.map(({ answers }) => answers.length)).toEqual([3, 1, 3]);
  expect(rounds).toBe(3);
});

test("what is left is reckoned on the clock of the rounds, and is the budget before anything was done", async () => {
  let clock = 5; // of a process that has been at work before
  const left: number[] = [];
  await measureRounds({
    ...{ cells: ["a", "b"], rounds: 1, budgetSeconds: 8, seed: 1 },
    signal: new AbortController().signal,
    now: () => clock,
    measure: () => {
      clock += 3;
      return Promise.resolve({ answer: 1 });
    },
    onProgress: ({ secondsLeft }) => left.push(secondsLeft),
  });
  expect(left).toEqual([8, 3]);
});

test("a cell that failed is not measured again, and says why", async () => {
  const { run, order } = world(() => 1, ["c"]);
  const { cells } = await run(3, 100);
  expect(order.filter((one) => one.startsWith("c"))).toHaveLength(1);
  expect(cells[2]).toMatchObject({ answers: [], problem: { reason: "it died" } });
});

test("how much is done goes by the rounds, by the time, and by a first round that takes longer", async () => {
  const quick = world(() => 1);
  await quick.run(2, 100);
  expect(quick.shares).toEqual([0, 17, 33, 50, 67, 83]);
  const timed = world(() => 10);
  await timed.run(9, 60);
  expect(timed.shares).toEqual([0, 17, 33, 50, 67, 83]);
  const slow = world(() => 40);
  await slow.run(9, 60);
  expect(slow.shares).toEqual([0, 33, 67]);
});
