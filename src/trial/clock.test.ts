import { expect, test } from "vitest";
import { isBusy, TICK_SECONDS } from "../verdict/corroborate.js";
import { othersCores } from "../verdict/others.js";
import { MOST_TICK_SHARE, phaseSeconds } from "./clock.js";

test.each([
  [0.03, 1e-7, 0.03],
  [0.03, 0.001, 0.05],
  [0, TICK_SECONDS, 0.5],
])("a phase of %d s at least by a clock of ticks of %d s takes %d s", (least, tick, seconds) => {
  expect(phaseSeconds(least, tick)).toBeCloseTo(seconds, 9);
  expect(tick / phaseSeconds(least, tick)).toBeLessThanOrEqual(MOST_TICK_SHARE);
});

test("in a phase of that length some ticks too many do not make a machine busy", () => {
  const wallSeconds = phaseSeconds(0, TICK_SECONDS);
  const machineSeconds = wallSeconds + 4 * TICK_SECONDS;
  const counted = { machineSeconds, userSeconds: wallSeconds, systemSeconds: 0 };
  const counters = {
    ...{ processes: 1, wallSeconds, cpuSeconds: wallSeconds, garbageCollectionSeconds: 0 },
    // Behind its own threads.
    runQueueSeconds: wallSeconds / 4,
    ...{ othersCores: othersCores(counted, wallSeconds), cores: 2 },
    stolenSeconds: 4 * TICK_SECONDS,
    ...{ ioPressureSeconds: null, blockWrittenBytes: null, facts: 100 },
  };
  expect(isBusy(counters)).toBe(false);
  const short = wallSeconds / 10;
  const few = { ...counters, wallSeconds: short, cpuSeconds: short };
  expect(isBusy({ ...few, othersCores: othersCores(counted, short) })).toBe(true);
});
