import { expect, test } from "vitest";
import { causalEffect } from "./causal.js";

const FACT = 0.0004;

/** Times of a stage that hides so much of a delay. */
const measured = (slack: number) =>
  [0, 0.25, 0.5, 2].map((multiple) => {
    const delaySeconds = multiple * FACT;
    return { delaySeconds, factSeconds: FACT + Math.max(0, delaySeconds - slack) };
  });

test("a critical stage passes on every delay", () => {
  const { slope, slackSeconds } = causalEffect(measured(0));
  expect(slope).toBeCloseTo(1, 9);
  expect(slackSeconds).toBeCloseTo(0, 9);
});

test("a hidden stage passes on nothing, as far as its slack goes", () => {
  const { slope, slackSeconds } = causalEffect(measured(0.8 * FACT));
  expect(slope).toBeCloseTo(0, 9);
  expect(slackSeconds).toBeCloseTo(0.8 * FACT, 9);
});

test("slack beyond the largest delay is at least that", () => {
  expect(causalEffect(measured(1)).slackSeconds).toBeCloseTo(2 * FACT, 9);
});
