import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { PLAIN_TERMS, ROUND_COST, ROUND_LOAD, ROUND_MACHINE } from "../../../testing/machine.js";
import { loadCurve } from "./curve.js";
import { sizeOn, whyUnfit, type FactCost, type Resource } from "./model.js";
import { breakEven, moneyFor, storageFor, type StorageTerms } from "./money.js";

const STORAGE: StorageTerms = { retentionDays: 30, usdPerGbMonth: 0.02 };

describe("machines", () => {
  test("each resource asks for its part, and the largest binds", () => {
    const { needs, share, whole } = sizeOn(ROUND_MACHINE, ROUND_COST, ROUND_LOAD, PLAIN_TERMS);
    expect(needs.map(({ resource, machines }) => [resource, machines])).toEqual([
      ["CPU", 0.25], // 1,000 facts/s × 1 ms of 4 cores
      ["disk", 0.1], // 10 MB/s of 100
      ["network", 0.04], // 40 MB/s of JSON of 1 GB/s
      ["memory", 0.00625], // one busy worker of 100 MB of 16 GB
    ]);
    expect({ share, whole }).toEqual({ share: 0.25, whole: 1 });
  });

  test.each<[Resource, Partial<FactCost>]>([
    ["disk", { storedBytes: 1e6 }],
    ["network", { jsonBytes: 10e6 }],
    ["memory", { workerMemoryBytes: 15e9 }],
  ])("%s binds where it is what a fact takes most of", (resource, cost) => {
    const { needs } = sizeOn(ROUND_MACHINE, { ...ROUND_COST, ...cost }, ROUND_LOAD, PLAIN_TERMS);
    expect(needs[0]?.resource).toBe(resource);
  });

  test("peak, utilisation, core speed and spare machines are in the sum", () => {
    const load = { ...ROUND_LOAD, peak: 10 };
    const terms = { ...PLAIN_TERMS, utilisation: 0.5, coreSpeed: 2, spare: 2 };
    const { share, whole } = sizeOn(ROUND_MACHINE, ROUND_COST, load, terms);
    expect(share).toBeCloseTo(2.5, 9);
    expect(whole).toBe(3 + 2);
  });

  test("reads take processors, disk and the way out", () => {
    const { needs } = sizeOn(
      ROUND_MACHINE,
      ROUND_COST,
      { ...ROUND_LOAD, readsPerWrite: 10 },
      PLAIN_TERMS,
    );
    const found = Object.fromEntries(needs.map(({ resource, machines }) => [resource, machines]));
    expect(found).toMatchObject({ CPU: 1.5, disk: 1.1, network: 0.1 });
  });

  test("what nobody has told is left out", () => {
    const machine = { ...ROUND_MACHINE, diskBytesPerSecond: null, memoryBytes: null };
    const { needs } = sizeOn(machine, ROUND_COST, ROUND_LOAD, PLAIN_TERMS);
    expect(needs.map(({ resource }) => resource)).toEqual(["CPU", "network"]);
  });

  test("a worker that does not fit, and a local disk that is not there", () => {
    const large = { ...ROUND_COST, workerMemoryBytes: 17e9 };
    expect(whyUnfit(ROUND_MACHINE, large, PLAIN_TERMS)).toBe("memory");
    expect(whyUnfit(ROUND_MACHINE, ROUND_COST, { ...PLAIN_TERMS, disk: "local" })).toBe(
      "local disk",
    );
    expect(whyUnfit(ROUND_MACHINE, ROUND_COST, PLAIN_TERMS)).toBeUndefined();
  });

  test("more load never takes fewer machines, and whole ones always carry it", () => {
    const positive = fc.double({ min: 1e-6, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(positive, positive, fc.integer({ min: 0, max: 5 }), (facts, more, spare) => {
        const sizeAt = (factsPerDay: number) =>
          sizeOn(
            ROUND_MACHINE,
            ROUND_COST,
            { ...ROUND_LOAD, factsPerDay },
            { ...PLAIN_TERMS, spare },
          );
        const [less, larger] = [sizeAt(facts), sizeAt(facts + more)];
        expect(larger.whole).toBeGreaterThanOrEqual(less.whole);
        expect(less.whole - spare).toBeGreaterThanOrEqual(less.share * (1 - 1e-9));
        expect(less.whole - spare).toBeLessThan(Math.max(less.share, 0) + 1 + 1e-9);
      }),
    );
  });
});

describe("money", () => {
  test("a day, a month of 30.44 days, a billion facts, a TB of JSON", () => {
    expect(moneyFor(2, ROUND_MACHINE, ROUND_LOAD, 40_000)).toEqual({
      usdPerDay: 48,
      usdPerMonth: 48 * 30.44,
      usdPerBillionFacts: (48 / 86.4e6) * 1e9,
      usdPerJsonTerabyte: expect.closeTo(48 / 3.456, 9) as number,
    });
  });

  test("what is kept, once as many days have passed", () => {
    expect(storageFor(ROUND_COST, ROUND_LOAD, STORAGE)).toEqual({
      storedBytesPerDay: 864e9,
      keptBytes: 30 * 864e9,
      usdPerMonth: 30 * 864 * 0.02,
    });
  });

  test("at the break-even both cost the same, and below it the smaller but slower is cheaper", () => {
    const json: FactCost = { ...ROUND_COST, storedBytes: 40_000 };
    const compressed: FactCost = {
      ...ROUND_COST,
      writeCpuSeconds: 3e-3,
      readCpuSeconds: 9e-4,
      storedBytes: 8_000,
    };
    const found = breakEven(compressed, json, ROUND_LOAD, ROUND_MACHINE, PLAIN_TERMS, STORAGE);
    if (found?.kind !== "cheaper-below") throw new Error(`it is ${found?.kind}`);
    const usdAt = (cost: FactCost, readsPerWrite: number) => {
      const load = { ...ROUND_LOAD, readsPerWrite };
      const { needs } = sizeOn(ROUND_MACHINE, cost, load, PLAIN_TERMS);
      const cpu = needs.find(({ resource }) => resource === "CPU")?.machines ?? NaN;
      const kept = storageFor(cost, load, STORAGE)?.usdPerMonth ?? NaN;
      return moneyFor(cpu, ROUND_MACHINE, load, null).usdPerMonth + kept;
    };
    const { readsPerWrite } = found;
    expect(readsPerWrite).toBeGreaterThan(0);
    expect(usdAt(compressed, readsPerWrite)).toBeCloseTo(usdAt(json, readsPerWrite), 6);
    expect(usdAt(compressed, readsPerWrite / 2)).toBeLessThan(usdAt(json, readsPerWrite / 2));
    expect(usdAt(compressed, readsPerWrite * 2)).toBeGreaterThan(usdAt(json, readsPerWrite * 2));
  });

  test.each<[string, Partial<FactCost>]>([
    ["always-cheaper", { writeCpuSeconds: 5e-4, readCpuSeconds: 1e-4 }],
    ["never-cheaper", { writeCpuSeconds: 2e-3, readCpuSeconds: 6e-4 }],
    ["cheaper-above", { writeCpuSeconds: 2e-3, readCpuSeconds: 1e-4 }],
  ])("%s", (kind, cost) => {
    const other = { ...ROUND_COST, ...cost };
    const found = breakEven(other, ROUND_COST, ROUND_LOAD, ROUND_MACHINE, PLAIN_TERMS, null);
    expect(found?.kind).toBe(kind);
  });

  test("without a measured read there is no break-even", () => {
    const unread = { ...ROUND_COST, readCpuSeconds: null };
    expect(breakEven(unread, ROUND_COST, ROUND_LOAD, ROUND_MACHINE, PLAIN_TERMS, null)).toBeNull();
  });
});

test("the curve steps up exactly where one machine more is needed", () => {
  const size = sizeOn(ROUND_MACHINE, ROUND_COST, ROUND_LOAD, PLAIN_TERMS);
  const corners = loadCurve(size, 0);
  expect(corners.slice(0, 5)).toEqual([
    [1, 1],
    [4, 1],
    [4, 2],
    [8, 2],
    [8, 3],
  ]);
  expect(corners.at(-1)?.[0]).toBe(1000);
  for (const [times, machines] of corners.filter((_, index) => index % 2 === 0).slice(1, 20)) {
    const load = { ...ROUND_LOAD, factsPerDay: ROUND_LOAD.factsPerDay * times * 1.0001 };
    expect(sizeOn(ROUND_MACHINE, ROUND_COST, load, PLAIN_TERMS).whole).toBe(machines);
  }
});
