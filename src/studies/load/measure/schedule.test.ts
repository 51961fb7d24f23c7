import { expect, test } from "vitest";
import type { CellFigures } from "./messages.js";
import { runSchedule, type ScheduleOptions } from "./schedule.js";
import { summarised } from "./summarise.js";

const FIGURES: Omit<CellFigures, "wallSeconds"> = {
  loads: 1,
  clientCpuSeconds: 0.1,
  serverCpuSeconds: 0,
  storedBytes: 1_000,
  peakMemoryBytes: 1e8,
  durability: { settings: "FULL", survives: "power" },
};

/** Methods that load at a known rate, on a clock that only they move. */
function imagined(
  ratesOf: Record<string, (rows: number) => number>,
  more: Partial<ScheduleOptions> = {},
) {
  let clock = 0;
  const asked: string[] = [];
  const options: ScheduleOptions = {
    methods: Object.keys(ratesOf),
    sizes: [100, 1_000, 10_000],
    timeoutSeconds: 3,
    rounds: 5,
    budgetSeconds: 1_000,
    seed: 1,
    signal: new AbortController().signal,
    now: () => clock,
    onProgress: () => undefined,
    start: (method) => ({
      ready: async () => ({ answer: { driver: "d", server: "s", address: "a" } }),
      load: async (rows, timeoutSeconds) => {
        asked.push(`${method} ${rows}`);
        const wallSeconds = rows / (ratesOf[method]?.(rows) ?? 1);
        clock += Math.min(wallSeconds, timeoutSeconds);
        return wallSeconds > timeoutSeconds
          ? { late: true }
          : { answer: { ...FIGURES, wallSeconds } };
      },
      end: async () => undefined,
    }),
    ...more,
  };
  return { options, asked };
}

test("rates come out as they were put in, with an interval after five rounds", async () => {
  const { options } = imagined({ fast: () => 1e5, slow: () => 1e4 });
  const { cells, rounds } = await runSchedule(options);
  expect(rounds).toBe(5);
  for (const cell of cells.map(summarised)) {
    expect(cell.status).toBe("ok");
    expect(cell.rowsPerSecond?.median).toBeCloseTo(cell.method === "fast" ? 1e5 : 1e4, 5);
    expect(cell.rowsPerSecond?.high).not.toBe(null);
  }
});

test("a method that is too slow is asked once, and for nothing larger", async () => {
  const { options, asked } = imagined({ slow: () => 100 });
  const { cells } = await runSchedule(options);
  expect(cells.map(({ problem }) => problem?.status)).toEqual([undefined, "timeout", "timeout"]);
  expect(cells[2]?.problem?.reason).toBe("not tried: 1000 rows were too many");
  expect(asked.filter((one) => one === "slow 1000").length).toBe(1);
  expect(asked).not.toContain("slow 10000");
});

test("a time-out in a later round takes the rate away", async () => {
  let calls = 0;
  const { options } = imagined({ unsteady: (rows) => (rows === 10_000 && ++calls > 2 ? 1 : 1e6) });
  const { cells } = await runSchedule(options);
  const [, , largest] = cells.map(summarised);
  expect(largest).toMatchObject({ status: "timeout", rowsPerSecond: null });
});

test("the first round is whole whatever it takes; later ones begin only what there is time for", async () => {
  const { options, asked } = imagined({ slow: () => 5_000 }, { budgetSeconds: 3.2, rounds: 9 });
  const { cells } = await runSchedule(options);
  expect(cells.every(({ trials }) => trials.length > 0)).toBe(true);
  expect(asked.filter((one) => one === "slow 10000").length).toBe(1);
  expect(asked.filter((one) => one === "slow 100").length).toBeGreaterThan(1);
});

test("a store that does not open is said of every cell, and asked once", async () => {
  const { options } = imagined({ any: () => 1 });
  const { cells, ready } = await runSchedule({
    ...options,
    start: () => ({
      ready: async () => ({ problem: "no server", isUnavailable: true }),
      load: async () => ({ late: true }),
      end: async () => undefined,
    }),
  });
  expect(ready).toBe(undefined);
  expect(cells.map(({ problem }) => problem?.reason)).toEqual(Array(3).fill("no server"));
});
