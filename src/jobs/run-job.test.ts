import { expect, test } from "vitest";
import { logPath } from "./run-job.js";

test("each attempt has a log of its own, whatever its part is called", () => {
  const long = "x".repeat(120);
  const logs = [
    ...["a", "a.2", "a@2", ".", "..", "a/b", `${long}1`, `${long}2`].map((part) => ({ part })),
    ...[{ part: "a", attempt: 2 }, { part: null }, { part: "a", who: "first-1" }],
  ].map(({ who, ...order }: { part: string | null; attempt?: number; who?: string }) =>
    logPath("/logs", { stage: "s", attempt: 1, ...order }, who),
  );
  expect(new Set(logs).size).toBe(logs.length);
  for (const log of logs) expect(log).toMatch(/^\/logs\/s\/[^/]{1,110}$/);
});
