import { expect, test } from "vitest";
import { judge, type Round } from "./judge.js";

const ROUND: Round = { source: 5000, nobody: 9000, memory: 9000, file: 9000 };
const thrice = (round: Partial<Round>) => Array.from({ length: 3 }, () => ({ ...ROUND, ...round }));

test("who never waits is bound by itself, whatever others could do", () => {
  expect(judge(thrice({ file: 100 }), 0.05, true)).toEqual({ kind: "bound", by: "client" });
  expect(judge([], 0.05, true)).toEqual({ kind: "bound", by: "client" });
});

test("what is slower by one part more is bound by that part", () => {
  const by = (round: Partial<Round>, isFile = true) => judge(thrice(round), 0.8, isFile);
  expect(by({ file: 4000 })).toEqual({ kind: "bound", by: "storage" });
  expect(by({ memory: 4000, file: 3900 })).toEqual({ kind: "bound", by: "server" });
  expect(by({ memory: 8900, file: 8800 })).toEqual({ kind: "bound", by: "network" });
  // A stream in memory is not held up by files.
  expect(by({ file: 4000 }, false)).toEqual({ kind: "bound", by: "network" });
});

test("rounds that do not agree, and none, say nothing", () => {
  const rounds = [...thrice({ file: 4000 }), ROUND];
  expect(judge(rounds, 0.8, true)).toMatchObject({ kind: "inconclusive" });
  expect(judge([], 0.8, true)).toMatchObject({ kind: "inconclusive" });
});
