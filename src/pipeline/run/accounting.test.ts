import { expect, test } from "vitest";
import { NOT_SLOWED } from "../../sinks/slowed.js";
import { NO_DELAYS } from "../injection.js";
import { PartAccounting } from "./accounting.js";
import type { MadeRange, PartEntry, Range, Run, RunPlan } from "./plan.js";

const plan: RunPlan = {
  source: { kind: "stream", path: "facts.ndjson.gz", bytes: 1000 },
  ...{ codec: "json", compressor: "none", unit: "batch", sync: "none", folder: "out" },
  ...{ start: 0, end: 100, partLength: 10, mostPartBytes: null, mostPartSeconds: null },
  ...{ bytesPerPosition: 7, sidecar: null, durationSeconds: null, onError: "stop" },
};

function run(changed: Partial<RunPlan> = {}, done: PartEntry[] = []): Run {
  const conditions = { factsPerSecond: null, slowing: NOT_SLOWED, delays: NO_DELAYS };
  return {
    plan: { ...plan, ...changed },
    ...{ workers: 2, conditions: { ...conditions, probing: false }, done, secondsBefore: 0 },
    ...{ own: {}, damaged: [], repair: null },
  };
}

const part = ({ from, to }: Range, file: string | null = `part-${from}`): MadeRange => ({
  ...{ from, to, file, facts: to - from, encodedBytes: 20, storedBytes: 10, crc32: "0" },
  ...{ sidecar: null, rejected: 0, rejects: null },
});

test("every range goes out once, and what comes back too short goes out again", () => {
  const accounting = new PartAccounting(run(), undefined);
  const given: number[] = [];
  for (let range = accounting.next(); range !== undefined; range = accounting.next()) {
    given.push(range.from);
    // Every part ends three positions early, if it has more.
    const to = Math.max(range.from + 1, range.to - 3);
    accounting.enter(range, part({ from: range.from, to }), false, 1);
  }
  expect(given.slice(0, 5)).toEqual([0, 7, 8, 9, 10]);
  expect(accounting.positionsDone).toBe(100);
  expect(accounting.totals).toMatchObject({ facts: 100, parts: given.length });
  expect(accounting.close()).toBe("facts");
});

test("behind the end of the source there is nothing to do", () => {
  const accounting = new PartAccounting(run({ end: Number.MAX_SAFE_INTEGER }), undefined);
  const range = accounting.next() ?? { from: -1, to: -1 };
  accounting.enter(range, part({ from: 0, to: 4 }), true, 1);
  expect(accounting.next()).toBeUndefined();
  expect(accounting.close()).toBe("input");
  expect(accounting.foundNothing).toBe(false);
});

test("a stream that ends at once had nothing in it", () => {
  const accounting = new PartAccounting(run(), undefined);
  const nothing = part({ from: 0, to: 0 }, null);
  accounting.enter(accounting.next() ?? { from: 0, to: 0 }, nothing, true, 1);
  expect(accounting.foundNothing).toBe(true);
});

test("when time is up nothing more goes out", () => {
  const accounting = new PartAccounting(run(), undefined);
  accounting.stop();
  expect(accounting.next()).toBeUndefined();
  expect(accounting.close()).toBe("duration");
});

test("what is left says how many bytes it needs; parts of earlier processes count", () => {
  const whole = { ...part({ from: 0, to: 40 }), file: "part-0" };
  const accounting = new PartAccounting(run({}, [whole]), undefined);
  expect(accounting.bytesLeft).toBe(420);
  expect(accounting.next()).toEqual({ from: 40, to: 50 });
  expect(new PartAccounting(run({ bytesPerPosition: null }), undefined).bytesLeft).toBeNull();
});
