import { expect, test } from "vitest";
import { imaginedGate } from "../../../testing/gate-document.js";
import type { GatePair } from "../document.js";
import { waysText } from "../report/ways.js";
import { chosenFrom, hasTimeToTry } from "./choose-way.js";
import type { Way } from "./plan.js";

const [template] = imaginedGate(0, 0).gate.pairs as [GatePair];

function aa(way: Way, changes: readonly number[], seconds: number): GatePair[] {
  return changes.map((change) => {
    const turns = template.baseline.turns.map((turn) => ({
      ...turn,
      cpuSeconds: turn.cpuSeconds * (1 + change),
    }));
    return { ...template, way, seconds, candidate: { ...template.candidate, turns } };
  });
}

test.each<[string, Way, number[], number, number[], number]>([
  ["the quieter way is taken", "one-process", [0.01, -0.01, 0.02], 2, [0.05, -0.06, 0.04], 2],
  ["whichever that is", "two-processes", [0.05, -0.06, 0.04], 2, [0.01, -0.01, 0.02], 2],
  ["of two that are as quiet, the faster", "one-process", [0.03, -0.03, 0.03], 2, [0.03, 0.03], 3],
  ["a bias counts as noise", "two-processes", [0.05, 0.05, 0.05], 2, [0.02, -0.02, 0.02], 4],
])("%s", (_, chosen, together, togetherSeconds, apart, apartSeconds) => {
  const pairs = [
    ...aa("one-process", together, togetherSeconds),
    ...aa("two-processes", apart, apartSeconds),
  ];
  const ways = chosenFrom(pairs);
  expect(ways.chosen).toBe(chosen);
  expect(ways.tried[0]?.changes.map((change) => Math.round(100 * change) / 100)).toEqual(together);
});

test("what was chosen is said with what it was chosen by", () => {
  const pairs = [
    ...aa("one-process", [0.05, -0.05], 2),
    ...aa("two-processes", [0.01, 0.01], 2.25),
  ];
  expect(waysText(chosenFrom(pairs))).toBe(
    "pairs in two processes: A/A pairs spread by 1.0 % in 2.3 s each in two processes, 5.0 % in 2.0 s each in one process",
  );
  expect(waysText({ chosen: "two-processes", reason: "asked for", tried: [] })).toBe(
    "pairs in two processes: asked for",
  );
});

test("ways are tried only where the pairs of the gate have time left after that", () => {
  expect(hasTimeToTry(2, 1, 360)).toBe(true);
  expect(hasTimeToTry(2, 1, 60)).toBe(false);
  expect(hasTimeToTry(2, 10, 360)).toBe(false);
});
