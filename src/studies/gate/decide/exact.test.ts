import { expect, test } from "vitest";
import { imaginedGate } from "../../../testing/gate-document.js";
import { exactCounters } from "./exact.js";

test.each([
  [190_080, "5.6 % more allocated bytes per fact"],
  [470_000, "160 % more allocated bytes per fact"],
])("%i allocated bytes, of 180000 before: %s", (allocatedBytesPerFact, expected) => {
  const pairs = imaginedGate(0).gate.pairs.map((pair) => ({
    ...pair,
    candidate: { ...pair.candidate, allocatedBytesPerFact },
  }));
  expect(exactCounters(pairs).failure).toBe(expected);
});
