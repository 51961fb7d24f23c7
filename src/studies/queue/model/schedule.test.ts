/** What nobody may lose: no more of a stage at once than it has permits, and nothing before what it waits for. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { jobName, type Job, type Plan } from "./plan.js";
import { Schedule } from "./schedule.js";

const STAGES = ["import", "transform", "summary"];

/** Imports and transforms of so many parts, and a summary of all of them. */
function planned(parts: number, permits: readonly number[], run = "run"): Plan {
  const base = { run, output: null, retries: 1, timeoutSeconds: null };
  const jobs: Job[] = Array.from({ length: parts }, (_, index) => `${index}`).flatMap((part) => [
    { ...base, stage: "transform", part, after: [`import/${part}`], afterAll: [] },
    { ...base, stage: "import", part, after: [], afterAll: [] },
  ]);
  return {
    stages: STAGES.map((name, index) => ({
      ...{ name, permits: permits[index] ?? 1, after: [], afterAll: [] },
    })),
    jobs: [...jobs, { ...base, stage: "summary", part: null, after: [], afterAll: ["transform"] }],
  };
}

const step = fc.oneof(
  fc.record({ kind: fc.constant("end" as const), pick: fc.nat(), fails: fc.boolean() }),
  fc.record({ kind: fc.constant("hand" as const), stage: fc.constantFrom(...STAGES) }),
  fc.record({
    kind: fc.constant("change" as const),
    parts: fc.integer({ min: 0, max: 8 }),
    permits: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 3, maxLength: 3 }),
    run: fc.constantFrom("run", "run it otherwise"),
  }),
);

test("permits hold and jobs wait, however jobs end, and whatever changes meanwhile", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 120 }), (steps) => {
      let plan = planned(4, [2, 3, 1]);
      const schedule = new Schedule(plan);
      const inHand: Job[] = [];
      const done = new Map<string, string>();
      const hand = (stage: string) => {
        const permits = plan.stages.find(({ name }) => name === stage)?.permits ?? 0;
        const before = inHand.filter((job) => job.stage === stage).length;
        const job = schedule.next(stage);
        if (job === undefined) return false;
        expect(before).toBeLessThan(permits);
        for (const name of job.after) expect(done.get(name)).toBe(job.run);
        for (const whole of job.afterAll) {
          for (const other of plan.jobs.filter((one) => one.stage === whole)) {
            expect(done.get(jobName(other))).toBe(other.run);
          }
        }
        expect(inHand.map(jobName)).not.toContain(jobName(job));
        inHand.push(job);
        return true;
      };
      const end = (pick: number, how: "done" | "failed" | "again") => {
        const [job] = inHand.splice(pick % inHand.length, 1);
        if (job === undefined) return;
        if (how === "done") done.set(jobName(job), job.run);
        schedule.ended(job, how);
      };
      for (const one of steps) {
        if (one.kind === "hand") hand(one.stage);
        else if (one.kind === "end") end(one.pick, one.fails ? "again" : "done");
        else schedule.replace((plan = planned(one.parts, one.permits, one.run)));
      }
      // It comes to its end, with everything done.
      for (;;) {
        while (STAGES.some(hand));
        if (inHand.length === 0) break;
        end(0, "done");
      }
      expect(schedule.isOver).toBe(true);
      for (const job of plan.jobs) expect(done.get(jobName(job))).toBe(job.run);
    }),
  );
});

test("what waits for a job that failed is left, and everything else is done", () => {
  const schedule = new Schedule(planned(2, [2, 2, 1]));
  for (const stage of ["import", "import"]) {
    const job = schedule.next(stage);
    if (job !== undefined) schedule.ended(job, job.part === "0" ? "failed" : "done");
  }
  const transform = schedule.next("transform");
  expect(transform?.part).toBe("1");
  if (transform !== undefined) schedule.ended(transform, "done");
  expect(schedule.isOver).toBe(true);
  expect(schedule.counts().map(({ done, failed, jobs }) => [done, failed, jobs])).toEqual([
    [1, 1, 2],
    [1, 0, 2],
    [0, 0, 1],
  ]);
});

/** Lines of a journal, one for each job that was done. */
const journal =
  (...names: string[]) =>
  (job: Job) => {
    const line = names.lastIndexOf(jobName(job));
    return line < 0 ? undefined : line + 2;
  };

test("a job that was done before counts only while all that it waits for does", () => {
  const schedule = new Schedule(
    planned(2, [2, 2, 1]),
    journal("import/1", "transform/1", "transform/0", "summary"),
  );
  // The summary was done, too: of a transform that is done again now.
  expect(schedule.counts().map(({ doneBefore }) => doneBefore)).toEqual([1, 1, 0]);
});

test("a job that was done before counts only where that was after all that it waits for", () => {
  const before = ["import/0", "import/1", "transform/0", "transform/1", "summary"];
  const counted = (...names: string[]) =>
    new Schedule(planned(2, [2, 2, 1]), journal(...before, ...names))
      .counts()
      .map(({ doneBefore }) => doneBefore);
  expect(counted()).toEqual([2, 2, 1]);
  expect(counted("import/1")).toEqual([2, 1, 0]);
  expect(counted("import/1", "transform/1")).toEqual([2, 2, 0]);
  expect(counted("import/1", "transform/1", "summary")).toEqual([2, 2, 1]);
});

test("what was done by another command since is not done, and what read the older is none either", () => {
  const schedule = new Schedule(planned(1, [1, 1, 1]));
  const run = (stage: string) => {
    const job = schedule.next(stage);
    if (job !== undefined) schedule.ended(job, "done");
  };
  run("import");
  schedule.replace(planned(1, [1, 1, 1], "other"));
  run("import");
  schedule.replace(planned(1, [1, 1, 1]));
  expect(schedule.next("transform")).toBeUndefined();
  run("import");
  const transform = schedule.next("transform");
  // Only what comes before it changes, while it runs.
  const changed = planned(1, [1, 1, 1]);
  const jobs = changed.jobs.map((job) => (job.stage === "import" ? { ...job, run: "x" } : job));
  expect(transform && schedule.isCurrent(transform)).toBe(true);
  schedule.replace({ ...changed, jobs });
  run("import");
  expect(transform && schedule.isCurrent(transform)).toBe(false);
});

test("while more jobs may come, no stage is whole, and it is not over", () => {
  const plan = planned(0, [1, 1, 1]);
  const schedule = new Schedule(plan, () => undefined, true);
  expect([schedule.next("summary"), schedule.isOver]).toEqual([undefined, false]);
  schedule.replace(plan);
  expect(schedule.next("summary")?.stage).toBe("summary");
});
