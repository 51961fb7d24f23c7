import { expect, test } from "vitest";
import type { QueueAttempt, QueueDocument } from "../document.js";
import { boundSentence, failureSentences, queueHeadline } from "../report/sentences.js";
import { lanesOf, stageFigures } from "./figures.js";

const attempt = (stage: string, part: string, from: number, to: number): QueueAttempt => ({
  ...{ stage, part, from, to, worker: "", how: "done", why: null, again: false },
});

/** Two permits that are always taken, and one that waits for them. */
const document = {
  source: "jobs.yaml",
  seconds: 5,
  interrupted: false,
  changes: [],
  stages: [
    { name: "a", permits: 2, after: [], jobs: 4, done: 4, doneBefore: 0, failed: 0 },
    { name: "b", permits: 3, after: ["a"], jobs: 4, done: 2, doneBefore: 1, failed: 1 },
  ],
  attempts: [
    attempt("a", "1", 0, 2),
    attempt("a", "2", 0, 1),
    attempt("a", "3", 1, 4),
    attempt("a", "4", 2, 4),
    { ...attempt("b", "1", 2, 2.5), how: "failed", why: "(exit code 1)", again: true },
    attempt("b", "1", 2.5, 3),
    { ...attempt("b", "2", 1, 1.5), how: "failed", why: "(signal SIGKILL)" },
  ],
} as unknown as QueueDocument;

test("jobs stand one behind the other in as few rows as there were at once", () => {
  const lanes = lanesOf(document.attempts.filter(({ stage }) => stage === "a"));
  expect(lanes.map((lane) => lane.map(({ part }) => part))).toEqual([
    ["2", "3"],
    ["1", "4"],
  ]);
});

test("of each stage it is told how much of its permits was used, and what is left", () => {
  const [a, b] = stageFigures(document);
  expect(a).toMatchObject({ most: 2, left: 0, again: 0, medianSeconds: 2, span: 4, used: 1 });
  expect(b).toMatchObject({ most: 1, left: 1, again: 1, longestSeconds: 0.5, span: 2 });
  expect(b?.used).toBeCloseTo(0.25);
});

test("permits that changed count for as long as there were so many", () => {
  const changes = [
    { stage: "a", permits: 6, at: 0 },
    { stage: "b", permits: 9, at: 0 },
    { stage: "a", permits: 2, at: 3 },
  ];
  const [a] = stageFigures({ ...document, changes });
  // 8 s of jobs in 3 s of 6 permits and 1 s of 2.
  expect(a?.used).toBeCloseTo(8 / 20);
  expect(stageFigures({ ...document, changes: [{ stage: "a", permits: 4, at: 9 }] })[0]?.used).toBe(
    0.5,
  );
});

test("sentences name what bound it, and what failed for good", () => {
  expect(queueHeadline(document)).toBe("5 jobs of jobs.yaml done in 5.00 s, 1 failed, 1 not done.");
  expect(boundSentence(document)).toMatch(/^a bound it: its 2 permits were taken 100 % of 4.00 s/);
  expect(failureSentences(document)).toEqual(["b/2 failed (signal SIGKILL)"]);
});
