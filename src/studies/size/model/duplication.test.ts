import { describe, expect, test } from "vitest";
import type { SweepDocument } from "../../compare/document.js";
import { imaginedDocument } from "../../../testing/document.js";
import { betweenDuplications, intervalBetween, shareOf } from "./duplication.js";
import { fromDuplications } from "./from-comparison.js";
import { givenCoreSeconds, type Measured } from "./measured.js";

/** A codec whose facts cost 2 and 8 more of what is not a copy; `size` times as large as usual. */
function told(duplication: number, size = 1): { duplication: number; measured: Measured } {
  const seconds = size * (2 + 8 / duplication);
  return { duplication, measured: givenCoreSeconds(seconds, 40_000 * size) };
}

describe("two duplications tell a third", () => {
  test.each([1, 2, 3, 10, 40, 1000])("at %d", (wanted) => {
    const { codecs, between } = betweenDuplications([told(10), told(1)], wanted);
    expect(codecs[0]?.write.median).toBeCloseTo(2 + 8 / wanted, 9);
    expect(codecs[0]?.cost.writeCpuSeconds).toBe(codecs[0]?.write.median);
    expect(between).toEqual([1, 10]);
  });

  test("those around it, where there are more", () => {
    const odd = { duplication: 100, measured: givenCoreSeconds(50, 40_000) };
    const { between, codecs } = betweenDuplications([odd, told(1), told(10)], 3);
    expect(between).toEqual([1, 10]);
    expect(codecs[0]?.write.median).toBeCloseTo(2 + 8 / 3, 9);
  });

  test("whose facts were larger or smaller counts by bytes", () => {
    const { codecs } = betweenDuplications([told(1), told(10, 0.9)], 3);
    expect(codecs[0]?.write.median).toBeCloseTo(2 + 8 / 3, 9);
    expect(codecs[0]?.cost.jsonBytes).toBe(40_000);
  });

  test("a codec that one of them lacks is told", () => {
    const { codecs, unsized } = betweenDuplications(
      [told(1), { duplication: 10, measured: { ...told(10).measured, codecs: [] } }],
      3,
    );
    expect(codecs).toEqual([]);
    expect(unsized[0]?.reason).toBe("it has no figures at a duplication of 10");
  });
});

test("an interval holds what both allow, also beyond them", () => {
  const [less, more] = [
    { median: 10, low: 9, high: 12 },
    { median: 4, low: 3, high: 5 },
  ];
  expect(intervalBetween(less, more, 0.5)).toEqual({ median: 7, low: 6, high: 8.5 });
  expect(intervalBetween(less, more, 1)).toEqual(less);
  const beyond = intervalBetween(less, more, shareOf(1, 10, 100));
  expect(beyond.low).toBeLessThan(intervalBetween(less, more, 0).low);
  expect(beyond.low).toBeLessThan(beyond.median);
  expect(beyond.high).toBeGreaterThan(beyond.median);
});

test("a sweep of duplications is sized at one that it did not measure", async () => {
  const documents = await Promise.all(
    [1, 10].map((value) =>
      imaginedDocument({ rate: () => 1000 / (2 + 8 / value), noise: 0.01 }).then(
        (document) => ({ value, document }) as const,
      ),
    ),
  );
  const [{ document: first }] = documents as [(typeof documents)[number]];
  const swept = {
    ...first,
    sweep: {
      parameter: "duplication",
      points: documents.map(({ value, document }) => ({ value, payload: document.payload })),
    },
    scenarios: documents.flatMap(({ value, document }) =>
      document.scenarios.map((scenario) => ({ ...scenario, sweepValue: value })),
    ),
  } as SweepDocument;
  const { codecs, duplication } = fromDuplications(swept, 4);
  expect(duplication).toBe(4);
  const gzip = codecs.find(({ codec, compressor }) => codec === "json" && compressor === "gzip:6");
  const once = fromDuplications(swept, 1).codecs.find((codec) => codec.compressor === "gzip:6");
  const ratio = (gzip?.write.median ?? NaN) / (once?.write.median ?? NaN);
  expect(ratio).toBeGreaterThan((2 + 8 / 4) / 10 / 1.1);
  expect(ratio).toBeLessThan(((2 + 8 / 4) / 10) * 1.1);
});
