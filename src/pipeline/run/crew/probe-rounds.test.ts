import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { ToWorker } from "../messages.js";
import { PROBES } from "../worker/probe.js";
import { ProbeRounds } from "./probe-rounds.js";
import type { Slice } from "../worker/slice-recorder.js";

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
function workers(
  names: string[],
  answer: (worker: string, message: ToWorker) => boolean = () => true,
) {
  const told: string[] = [];
  const rounds: ProbeRounds<string> = new ProbeRounds(
    () => names,
    (worker, message) => {
      told.push(`${worker} ${message.kind}`);
      if (!answer(worker, message)) return;
      if (message.kind === "pause") {
        queueMicrotask(() => rounds.hear(worker, { kind: "paused", slice: slice(100) }));
      }
      if (message.kind === "probe") {
        const probed =
          message.probe === "encode" ? null : { facts: 100, seconds: 0.5, batches: 10 };
        queueMicrotask(() => rounds.hear(worker, { kind: "probed", probe: message.probe, probed }));
      }
    },
  );
  return { rounds, told };
}

test("every round stops all workers, has them do each stage at the same time, and lets them go on", async () => {
  const { rounds, told } = workers(["a", "b"]);
  rounds.start();
  await vi.advanceTimersByTimeAsync(1000);
  expect(told).toEqual([
    "a pause",
    "b pause",
    ...PROBES.flatMap(() => ["a probe", "b probe"]),
    "a resume",
    "b resume",
  ]);
  rounds.stop();
});

test("rates are of all workers together, and the first round only warms up", async () => {
  const { rounds } = workers(["a", "b"]);
  rounds.start();
  await vi.advanceTimersByTimeAsync(2000);
  rounds.stop();
  expect(rounds.rounds).toHaveLength(2);
  expect(rounds.rounds[0]).toMatchObject({
    pipeline: 200,
    encodeAndCompress: 400,
    write: 400,
    encode: null,
  });
  expect(rounds.rounds[0]?.factsPerBatch).toBe(10);
});

test("a worker with nothing to do makes a round say nothing", async () => {
  const { rounds } = workers(["a", "b"], (worker, message) => {
    if (worker === "b" && message.kind === "pause") {
      queueMicrotask(() => rounds.hear("b", { kind: "paused", slice: null }));
      return false;
    }
    return true;
  });
  rounds.start();
  await vi.advanceTimersByTimeAsync(5000);
  rounds.stop();
  expect(rounds.rounds).toEqual([]);
});

test("a worker that dies while all stand still does not hold up the others", async () => {
  const { rounds, told } = workers(["a", "b"], (worker) => worker === "a");
  rounds.start();
  await vi.advanceTimersByTimeAsync(1000);
  expect(told.at(-1)).toBe("b pause");
  rounds.giveUpRound();
  expect(told.slice(-2)).toEqual(["a resume", "b resume"]);
  await vi.advanceTimersByTimeAsync(1000);
  expect(told.slice(-2)).toEqual(["a pause", "b pause"]);
  rounds.stop();
});

test("a measurement that was stopped begins no further round", async () => {
  const { rounds, told } = workers(["a"]);
  rounds.start();
  rounds.stop();
  await vi.advanceTimersByTimeAsync(5000);
  expect(told).toEqual([]);
});
