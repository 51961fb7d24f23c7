import { expect, test } from "vitest";
import { memorySink } from "./memory.js";
import { NOT_SLOWED, slowedSink } from "./slowed.js";

const BATCH = Buffer.alloc(10_000, "x");

/** Milliseconds that some batches and the closing take. */
function time(batches: number, ...[slowing, extra]: [Parameters<typeof slowedSink>[1], number?]) {
  const memory = memorySink();
  const sink = slowedSink(memory, slowing, () => extra ?? 0);
  const start = performance.now();
  for (let n = 0; n < batches; n++) sink.write(BATCH);
  const written = performance.now() - start;
  sink.close();
  const closed = performance.now() - start;
  return { written, closed, bytes: memory.content().length };
}

/** The shortest of several: others may hold up this process now and then, but not always. */
function shortest(milliseconds: () => number): number {
  return Math.min(...Array.from({ length: 20 }, milliseconds));
}

test("a device carries no more than its rate, and closing waits for the last of it", () => {
  const { closed, written, bytes } = time(5, { ...NOT_SLOWED, bytesPerSecond: 1e6 });
  expect(bytes).toBe(50_000);
  expect(closed).toBeGreaterThanOrEqual(50);
  // All but the first wait for the one before.
  expect(written).toBeGreaterThanOrEqual(39.9);
});

test("the last batch is still on its way when it is written", () => {
  const slowing = { ...NOT_SLOWED, bytesPerSecond: 1e6 };
  expect(shortest(() => time(1, slowing).written)).toBeLessThan(9);
});

test("time that passes between batches is the device's, too", () => {
  const second = () => {
    const sink = slowedSink(memorySink(), { ...NOT_SLOWED, bytesPerSecond: 1e6 });
    sink.write(BATCH);
    const busyUntil = performance.now() + 15;
    while (performance.now() < busyUntil);
    const start = performance.now();
    sink.write(BATCH);
    return performance.now() - start;
  };
  expect(shortest(second)).toBeLessThan(9);
});

test("a latency holds up every batch, and what is injected as well", () => {
  expect(time(4, { ...NOT_SLOWED, latencySeconds: 0.005 }).written).toBeGreaterThanOrEqual(20);
  expect(time(4, NOT_SLOWED, 0.005).written).toBeGreaterThanOrEqual(20);
});

test("what is injected into a device is its own time", () => {
  expect(time(4, { ...NOT_SLOWED, bytesPerSecond: 1e6 }, 0.005).closed).toBeGreaterThanOrEqual(60);
});
