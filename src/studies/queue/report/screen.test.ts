import { expect, test } from "vitest";
import { screenLine, screenLines, type QueueState } from "./screen.js";

const stage = (name: string, permits: number) => ({ name, permits, after: [], afterAll: [] });
const state: QueueState = {
  title: "jobs.yaml",
  seconds: 10,
  counts: [
    {
      stage: stage("import", 2),
      jobs: 20,
      done: 10,
      doneBefore: 0,
      failed: 0,
      running: 2,
      ready: 8,
    },
    {
      stage: stage("summary", 40),
      jobs: 20,
      done: 4,
      doneBefore: 0,
      failed: 1,
      running: 1,
      ready: 0,
    },
  ],
  took: new Map([["import", { jobs: 10, seconds: 20 }]]),
  workers: 3,
};

test("a screen has the whole, the permits of each stage, its rate, failures and the time left", () => {
  expect(screenLines(state)).toEqual([
    " jobs.yaml   10 s   ━━━━━━━━━─────────────── 38 %   10 s left   3 workers",
    "   import   ██            2 of 2     10 of 20 done, 8 ready  1.00 jobs/s, 2.00 s each",
    "   summary  █░░░░░░░░░░░ 1 of 40      4 of 20 done, 1 failed, 0 ready",
  ]);
  expect(screenLine(state)).toBe(
    "jobs.yaml: 10 s, import 10 of 20 done, 8 ready; summary 4 of 20 done, 1 failed, 0 ready, 10 s left",
  );
});
