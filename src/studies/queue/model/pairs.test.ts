import fc from "fast-check";
import { expect, test } from "vitest";
import { pairsBetween, pairsDefinition, pairsOf } from "./pairs.js";
import { planOf } from "./plan-of.js";

test("ranges of pairs are all pairs, each once, in one order", () => {
  const all = [...pairsBetween(0, pairsOf(5))].map(({ a, b }) => [a, b]);
  expect(all.slice(0, 6)).toEqual([
    ...[[1, 2], [1, 3], [2, 3], [1, 4], [2, 4], [3, 4]], // prettier-ignore
  ]);
  expect(all).toHaveLength(10);
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 40 }), fc.integer({ min: 1, max: 100 }), (n, range) => {
      const pairs = Array.from({ length: Math.ceil(pairsOf(n) / range) }, (_, index) => [
        ...pairsBetween(index * range, Math.min(pairsOf(n), (index + 1) * range)),
      ]).flat();
      expect(pairs).toEqual([...pairsBetween(0, pairsOf(n))]);
      for (const { a, b } of pairs) expect(a >= 1 && a < b && b <= n).toBe(true);
    }),
  );
});

test("a number far away is found exactly", () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 100_000_000 }), (b) => {
      const [last] = pairsBetween(pairsOf(b) - 1, pairsOf(b));
      const [first] = pairsBetween(pairsOf(b), pairsOf(b) + 1);
      expect([last, first]).toEqual([
        { a: b - 1, b },
        { a: 1, b: b + 1 },
      ]);
    }),
  );
});

test("2200 samples are jobs over all of their pairs", () => {
  const { jobs } = planOf(
    pairsDefinition({
      ...{ samples: 2200, distance: "./d.js", sha256: "00", store: "sqlite:x.db", permits: 4 },
    }),
    { resolve: (output) => `/${output}`, kept: new Map() },
  );
  expect(pairsOf(2200)).toBe(2_418_900);
  expect(jobs).toHaveLength(2 * 49);
  expect(jobs.at(-1)).toMatchObject({
    stage: "keep",
    after: ["distances/2400000-2418900"],
    run: "hellfact pairs ./d.js --samples 2200 --from 2400000 --to 2418900 --keep pairs.queue/distances/2400000-2418900.txt --store sqlite:x.db",
  });
});
