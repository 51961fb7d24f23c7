import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import type { Fact } from "../core/fact.js";
import { realDocuments } from "../testing/shared-data.js";
import { ShapeTally, type ShapeReport } from "./shape.js";

function shapeOf(...facts: Fact[]): ShapeReport {
  const tally = new ShapeTally((text) => gzipSync(text, { level: 6 }).length);
  for (const fact of facts) tally.add(fact);
  return tally.report();
}

test("counts what a person would count", () => {
  const shape = shapeOf(
    { a: 1, b: 2.5, c: ["x", "x", "ü"], d: { e: null, f: true } },
    { a: -3, "k\n": "x" },
  );
  expect(shape).toMatchObject({
    facts: 2,
    depth: { mean: 1.5 },
    leaves: { mean: 4.5 },
    leafShares: {
      integers: 2 / 9,
      decimals: 1 / 9,
      strings: 4 / 9,
      booleans: 1 / 9,
      nulls: 1 / 9,
    },
    nonAsciiStrings: 1 / 4,
    distinctKeys: 7,
  });
  expect(shape.distinctStrings.mean).toBeCloseTo((2 / 3 + 1) / 2);
  const jsonBytes = '{"a":1,"b":2.5,"c":["x","x","ü"],"d":{"e":null,"f":true}}{"a":-3,"k\\n":"x"}';
  const keyBytes = 7 * 4 + 6;
  expect(shape.jsonBytes.mean).toBe(Buffer.byteLength(jsonBytes) / 2);
  expect(shape.keyBytes).toBeCloseTo(keyBytes / Buffer.byteLength(jsonBytes));
});

test("facts without strings, without anything, or none at all have a shape too", () => {
  expect(shapeOf({ a: 1 }).distinctStrings.mean).toBe(0);
  expect(shapeOf({}).leafShares.integers).toBe(0);
  expect(shapeOf()).toMatchObject({ facts: 0, keyBytes: 0 });
});

test("nesting deeper than the stack is walked", () => {
  let deep: unknown = 1;
  for (let level = 0; level < 3_000; level++) deep = [deep];
  expect(shapeOf({ deep }).depth.mean).toBe(3_001);
});

const KNOWN: Record<string, [gzip: number, keys: number, keyBytes: number, distinct: number]> = {
  "dota-match-7490235544.json": [5.3, 538, 0.67, 0.19],
  "twitter_timeline.json": [5.2, 74, 0.51, 0.78],
  "github_events.json": [5.7, 114, 0.21, 0.79],
};
const documents = realDocuments.filter((path) => KNOWN[basename(path)] !== undefined);

test.skipIf(documents.length === 0)("real documents have the shape they are known to have", () => {
  for (const path of documents) {
    const shape = shapeOf(JSON.parse(readFileSync(path, "utf8")) as Fact);
    const [gzip = NaN, keys, keyBytes = NaN, distinct = NaN] = KNOWN[basename(path)] ?? [];
    expect(Math.abs(shape.gzipRatio.mean - gzip)).toBeLessThan(0.1);
    expect(shape.distinctKeys).toBe(keys);
    expect(shape.keyBytes).toBeCloseTo(keyBytes, 2);
    expect(shape.distinctStrings.mean).toBeCloseTo(distinct, 2);
  }
});
