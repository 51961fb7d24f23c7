import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { ToWorker } from "./messages.js";
import { PROBES } from "./probe.js";
import { Study, type Slice } from "./study.js";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const slice = (facts: number): Slice => ({
  facts,
  seconds: 1,
  storedBytes: facts * 100,
  cpuSinceRelease: 1,
  counters: {} as Slice["counters"],
});

/** Workers that answer at once: each does 100 facts a second as a pipeline, and twice that alone. */
function crew(
  names: string[],
  answer: (worker: string, message: ToWorker) => boolean = () => true,
) {
  const told: string[] = [];
  const study: Study<string> = new Study(
    () => names,
    (worker, message) => {
      told.push(`${worker} ${message.kind}`);
      if (!answer(worker, message)) return;
      if (message.kind === "pause") {
        queueMicrotask(() => study.hear(worker, { kind: "paused", slice: slice(100) }));
      }
      if (message.kind === "probe") {
        const probed =
          message.probe === "encode" ? null : { facts: 100, seconds: 0.5, batches: 10 };
        queueMicrotask(() => study.hear(worker, { kind: "probed", probe: message.probe, probed }));
      }
    },
  );
  return { study, told };
}

test("every round stops all workers, has them do each part at the same time, and lets them go on", async () => {
  const { study, told } = crew(["a", "b"]);
  study.start();
  await vi.advanceTimersByTimeAsync(1000);
  expect(told).toEqual([
    "a pause",
    "b pause",
    ...PROBES.flatMap(() => ["a probe", "b probe"]),
    "a resume",
    "b resume",
  ]);
  study.stop();
});

test("rates are of all workers together, and the first round only warms up", async () => {
  const { study } = crew(["a", "b"]);
  study.start();
  await vi.advanceTimersByTimeAsync(2000);
  study.stop();
  expect(study.rounds).toHaveLength(2);
  expect(study.rounds[0]).toMatchObject({ pipeline: 200, codec: 400, sink: 400, encode: null });
  expect(study.rounds[0]?.factsPerBatch).toBe(10);
});

test("a worker with nothing to do makes a round say nothing", async () => {
  const { study } = crew(["a", "b"], (worker, message) => {
    if (worker === "b" && message.kind === "pause") {
      queueMicrotask(() => study.hear("b", { kind: "paused", slice: null }));
      return false;
    }
    return true;
  });
  study.start();
  await vi.advanceTimersByTimeAsync(5000);
  study.stop();
  expect(study.rounds).toEqual([]);
});

test("a worker that dies while all stand still does not hold up the others", async () => {
  const { study, told } = crew(["a", "b"], (worker) => worker === "a");
  study.start();
  await vi.advanceTimersByTimeAsync(1000);
  expect(told.at(-1)).toBe("b pause");
  study.giveUpRound();
  expect(told.slice(-2)).toEqual(["a resume", "b resume"]);
  await vi.advanceTimersByTimeAsync(1000);
  expect(told.slice(-2)).toEqual(["a pause", "b pause"]);
  study.stop();
});

test("a study that was stopped begins no further round", async () => {
  const { study, told } = crew(["a"]);
  study.start();
  study.stop();
  await vi.advanceTimersByTimeAsync(5000);
  expect(told).toEqual([]);
});
