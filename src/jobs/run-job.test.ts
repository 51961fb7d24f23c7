import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterAll, expect, test } from "vitest";
import { logPath, runJob } from "./run-job.js";

const folder = mkdtempSync(join(tmpdir(), "hellfact-job-"));
afterAll(() => rmSync(folder, { recursive: true }));

const orderOf = (run: string) => ({
  ...{ name: "a", stage: "a", part: null, run, directory: folder, output: null },
  ...{ timeoutSeconds: null, staging: ".staging", attempt: 1 },
});

test("a job does nothing before it may begin, and then all", async () => {
  const job = runJob(orderOf("touch done"), null, `${folder}/1`);
  await setTimeout(300);
  expect(existsSync(join(folder, "done"))).toBe(false);
  job.begin();
  expect(await job.ended).toBeNull();
  expect(existsSync(join(folder, "done"))).toBe(true);
});

test("one that is ended before it may begin has done nothing", async () => {
  const job = runJob(orderOf("touch never"), null, `${folder}/2`);
  job.end("(ended)");
  expect(await job.ended).toBe("(ended)");
  job.begin();
  expect(existsSync(join(folder, "never"))).toBe(false);
});

test("one that cannot begin says why", async () => {
  const job = runJob(
    { ...orderOf("true"), directory: join(folder, "nowhere") },
    null,
    `${folder}/3`,
  );
  job.begin();
  expect(await job.ended).toContain("ENOENT");
});

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
