import { expect, test } from "vitest";
import { Tops, type Scalar } from "./index.js";
import { randomNumbers } from "./testing/random.js";

/** Values of which the k-th comes about 1 / k^steepness as often as the first. */
function skewed(seed: number, size: number, steepness: number): string[] {
  const random = randomNumbers(seed);
  return Array.from({ length: size }, () => `item-${Math.floor(random() ** -steepness)}`);
}

function exactCounts(values: readonly Scalar[]): Map<Scalar, number> {
  const counts = new Map<Scalar, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

function sketchOf(values: readonly Scalar[], capacity: number): Tops {
  const tops = new Tops(capacity);
  for (const value of values) tops.add(value);
  return tops;
}

/** The promises of Space-Saving, against the truth. */
function expectBounds(tops: Tops, exact: ReadonlyMap<Scalar, number>, total: number): void {
  const most = total / tops.capacity;
  const all = tops.top(Infinity);
  expect(tops.count).toBe(total);
  expect(tops.mostMissed).toBeLessThanOrEqual(most);
  for (const { value, atLeast, atMost } of all) {
    expect(exact.get(value)).toBeGreaterThanOrEqual(atLeast);
    expect(exact.get(value)).toBeLessThanOrEqual(atMost);
    expect(atMost - atLeast).toBeLessThanOrEqual(most);
  }
  const found = new Set(all.map(({ value }) => value));
  const missing = [...exact].filter(([value]) => !found.has(value)).map(([, count]) => count);
  expect(missing.filter((count) => count > tops.mostMissed)).toEqual([]);
}

test.each([0.3, 0.7, 1, 2])(
  "steepness %d: the bounds hold and no frequent value is missing",
  (steepness) => {
    for (const capacity of [10, 64, 500]) {
      const values = skewed(capacity, 50_000, steepness);
      expectBounds(sketchOf(values, capacity), exactCounts(values), values.length);
    }
  },
);

test.each([0.3, 0.8])("steepness %d: strings in bytes are counted as strings", (steepness) => {
  const random = randomNumbers(3);
  for (const capacity of [1, 10, 500]) {
    const [plain, placed] = [new Tops(capacity), new Tops(capacity)];
    for (let round = 0; round < 2; round++) {
      for (const text of skewed(capacity + round, 20_000, steepness)) {
        plain.add(text);
        if (random() < 0.1) placed.add(text);
        else placed.addAscii(Buffer.from(`before${text}behind`), 6, 6 + text.length);
      }
      expect(placed.toBytes()).toEqual(plain.toBytes());
      expect(placed.top(Infinity)).toEqual(plain.top(Infinity));
      if (round > 0) continue;
      plain.clear();
      placed.clear();
      expect(placed.toBytes()).toEqual(new Tops(capacity).toBytes());
    }
  }
});

test("0 and −0 are one value, which is 0", () => {
  const tops = sketchOf([-0, 0], 10);
  expect(tops.top(1)).toEqual([{ value: 0, atLeast: 2, atMost: 2 }]);
});

test("bounds hold for the worst order, too: each value once, and the frequent one last", () => {
  const values = [...Array.from({ length: 20_000 }, (_, i) => i), ...Array<number>(500).fill(-1)];
  const tops = sketchOf(values, 64);
  expectBounds(tops, exactCounts(values), values.length);
  expect(tops.top(1)[0]?.value).toBe(-1);
});

test("parts that are merged in any order keep the bounds, and say the same", () => {
  const parts = Array.from({ length: 12 }, (_, part) => skewed(part, 5_000, 0.8));
  const all = parts.flat();
  const merge = (order: readonly string[][]) => {
    const merged = new Tops(100);
    for (const part of order) merged.merge(sketchOf(part, 100));
    return merged;
  };
  const one = merge(parts);
  expectBounds(one, exactCounts(all), all.length);
  expect(merge(parts.toReversed()).toBytes()).toEqual(one.toBytes());
});

test("so many merged that counters are given up: the bounds hold, and memory is bounded", () => {
  const parts = Array.from({ length: 80 }, (_, part) =>
    skewed(part + 100, 2_000, 0.9).map((v) => `${v}-${part % 40}`),
  );
  const merged = new Tops(16);
  for (const part of parts) merged.merge(sketchOf(part, 16));
  const all = parts.flat();
  expectBounds(merged, exactCounts(all), all.length);
  expect(merged.top(Infinity).length).toBeLessThanOrEqual(16 * 32);
});

test("fewer different values than counters: everything is exact and certain", () => {
  const values: Scalar[] = [1, "1", 1, null, true, null, null, "1", 1, 1];
  const tops = sketchOf(values, 8);
  expect(tops.top(3)).toEqual([
    { value: 1, atLeast: 4, atMost: 4 },
    { value: null, atLeast: 3, atMost: 3 },
    { value: "1", atLeast: 2, atMost: 2 },
  ]);
  expect(tops.certain(3)).toBe(3);
  expect(tops.mostMissed).toBe(0);
});

test("what is called certain is", () => {
  for (let seed = 0; seed < 20; seed++) {
    const values = skewed(seed, 20_000, 0.8);
    const tops = sketchOf(values, 100);
    const exact = [...exactCounts(values)].toSorted((a, b) => b[1] - a[1]);
    const tenth = exact[9]?.[1] ?? 0;
    const certain = tops.certain(10);
    const outside = Math.max(tops.mostMissed, tops.top(11)[10]?.atMost ?? 0);
    const named = tops.top(10).filter(({ atLeast }) => atLeast >= outside);
    expect(named).toHaveLength(certain);
    expect(certain).toBeGreaterThan(0);
    for (const { value } of named) {
      expect(exact.find(([other]) => other === value)?.[1]).toBeGreaterThanOrEqual(tenth);
    }
  }
});
