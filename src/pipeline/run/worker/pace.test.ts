import { setTimeout } from "node:timers/promises";
import { expect, test } from "vitest";
import { Pace } from "./pace.js";

test("whoever falls behind is late, and is not asked to wait until the time is caught up", async () => {
  const pace = new Pace(100);
  pace.take();
  await setTimeout(200);
  for (let fact = 0; fact < 10; fact++) {
    expect(pace.millisecondsToNext()).toBe(0);
    pace.take();
  }
  // The last was intended for 100 ms after the start, and came after 200.
  expect(pace.secondsLate).toBeGreaterThan(0.09);
  expect(pace.mostSecondsLate).toBeGreaterThan(0.18);
});

test("a fact is due at its own time, however early the ones before it were taken", () => {
  const pace = new Pace(0.01);
  pace.take();
  pace.take();
  expect(pace.secondsLate).toBe(0);
  expect(pace.millisecondsToNext()).toBeGreaterThan(190_000);
});
