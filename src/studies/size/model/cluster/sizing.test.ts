/** The founding load × 100 on a cluster. */
import { expect, test } from "vitest";
import { PLAIN_TERMS } from "../../../../testing/machine.js";
import { factsADay, PRESETS } from "../load.js";
import { plainMachine } from "../machine.js";
import { givenCoreSeconds } from "../measured.js";
import { sizeRow, type SizingTerms } from "../sizing.js";
import { MEASURED, sizeCluster } from "./sizing.js";

const LOAD = {
  ...{ name: "totalhelldeath", ...PRESETS.totalhelldeath },
  ...{ duplication: 100, peak: 1, readsPerWrite: 0 },
};
const CORE_SECONDS_PER_DAY = 11.5e6;

function clusterOf(rangeBytes: number) {
  const perFact = CORE_SECONDS_PER_DAY / factsADay(LOAD);
  const measured = givenCoreSeconds(perFact, LOAD.jsonBytesPerFact);
  const [codec] = measured.codecs;
  const terms: SizingTerms = {
    ...PLAIN_TERMS,
    load: LOAD,
    speed: { speed: 1, basis: { kind: "uncalibrated" } },
    storage: null,
  };
  if (codec === undefined) throw new Error("one codec is given");
  const machine = plainMachine(4, 16 / 24);
  const row = sizeRow(codec, measured, machine, terms);
  const cluster = sizeCluster(row, codec, machine, LOAD, rangeBytes);
  if (cluster === null) throw new Error("its bytes are known");
  return cluster;
}

test("ranges, machines and dollars are those of the load", () => {
  const { rangesPerDay, rangesPerSecond, workSeconds, needed } = clusterOf(64e6);
  expect(rangesPerDay).toBeCloseTo(36.5e12 / 64e6, -3);
  expect(rangesPerSecond * workSeconds).toBeCloseTo(CORE_SECONDS_PER_DAY / 86_400, 3);
  expect(needed).toMatchObject({ machines: 34, workers: 136, usdPerDay: 34 * 16 });
});

test("more workers make more until the coordinator has no time, and larger ranges put that off", () => {
  const { points, limits } = clusterOf(1e6);
  for (const [index, { rangesPerSecond }] of points.slice(1).entries()) {
    expect(rangesPerSecond).toBeGreaterThanOrEqual((points[index]?.rangesPerSecond ?? 0) * 0.99);
  }
  const last = points.at(-1);
  expect(last).toMatchObject({ workers: 10_000, busiest: "coordinator" });
  expect(last?.rangesPerSecond).toBeCloseTo(1 / MEASURED.coordinatorSeconds, -2);
  expect(limits.map(({ what }) => what)).toEqual(["coordinator", "server"]);
  const times = clusterOf(64e6).limits[0]?.timesLoad ?? 0;
  expect(times / (limits[0]?.timesLoad ?? 0)).toBeGreaterThan(50);
});
