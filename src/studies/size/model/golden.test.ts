/** The sums of the founding article, figure by figure. */
import { expect, test } from "vitest";
import { PLAIN_TERMS } from "../../../testing/machine.js";
import { DAY_SECONDS, factsADay, factsASecond, PRESETS, type Load } from "./load.js";
import { plainMachine } from "./machine.js";
import { givenCoreSeconds } from "./measured.js";
import { sizeRow, type SizingTerms } from "./sizing.js";

const GAP_CORE_SECONDS = 71_000 + 44_000;

function loadOf(preset: keyof typeof PRESETS, duplication = 1): Load {
  return { name: preset, ...PRESETS[preset], duplication, peak: 1, readsPerWrite: 0 };
}

function sizedOn(vcpus: number, usdPerHour: number, load: Load, coreSecondsPerDay: number) {
  const measured = givenCoreSeconds(coreSecondsPerDay / factsADay(load), load.jsonBytesPerFact);
  const [codec] = measured.codecs;
  const terms: SizingTerms = {
    ...PLAIN_TERMS,
    load,
    speed: { speed: 1, basis: { kind: "uncalibrated" } },
    storage: null,
  };
  if (codec === undefined) throw new Error("one codec is given");
  return sizeRow(codec, measured, plainMachine(vcpus, usdPerHour), terms);
}

test("totalhelldeath: 98.4 facts a second of 42.9 kB, 365 GB a day; duplication multiplies facts", () => {
  const load = loadOf("totalhelldeath");
  expect(factsASecond(load)).toBeCloseTo(98.4, 1);
  expect(load.jsonBytesPerFact ?? 0).toBeCloseTo(42_900, -2);
  expect(factsADay(load) * (load.jsonBytesPerFact ?? 0)).toBeCloseTo(365e9, 0);
  expect(factsADay(loadOf("totalhelldeath", 10))).toBe(85e6);
});

test("the codec gap: 1.331 cores, 33.3 % of a 4-vCPU machine, $5.32 or $16 a day", () => {
  const row = sizedOn(4, 16 / 24, loadOf("totalhelldeath"), GAP_CORE_SECONDS);
  expect(row.coreSecondsPerDay.median).toBeCloseTo(115_000, 6);
  expect(row.coreSecondsPerDay.median / DAY_SECONDS).toBeCloseTo(1.331, 3);
  expect((row.size.share * 100).toFixed(1)).toBe("33.3");
  expect(row.size.whole).toBe(1);
  expect(row.share.usdPerDay.toFixed(2)).toBe("5.32");
  expect(row.whole.usdPerDay.toFixed(2)).toBe("16.00");
  expect(row.whole.usdPerMonth).toBeCloseTo(16 * 30.44, 6);
});

test("the same on m1.xlarge at $0.35 an hour: $8.40 whole, $2.80 as a fraction", () => {
  const row = sizedOn(4, 0.35, loadOf("totalhelldeath"), GAP_CORE_SECONDS);
  expect(row.whole.usdPerDay.toFixed(2)).toBe("8.40");
  expect(row.share.usdPerDay.toFixed(2)).toBe("2.80");
});

test("the older system: a million facts a second, 25,000 for each of 40 cores, 51 GB a day", () => {
  const load = loadOf("warehouse");
  expect(factsASecond(load)).toBe(1e6);
  expect(factsADay(load) * (load.jsonBytesPerFact ?? 0)).toBeCloseTo(51e9, 0);
  const row = sizedOn(40, 1, load, 40 * DAY_SECONDS);
  expect(row.size.share).toBeCloseTo(1, 9);
  expect(row.size.whole).toBe(1);
  const perCore = factsADay(load) / row.coreSecondsPerDay.median;
  expect(perCore).toBeCloseTo(25_000, 6);
});

test("a popular game: 7 million daily users with 150 events are 1.05 G events a day", () => {
  expect(factsADay(loadOf("endless-runner"))).toBe(1.05e9);
});
