import { expect, test } from "vitest";
import type { FetchCell, FetchDocument } from "../document.js";
import { rowOf } from "./rows.js";
import { fetchSentences } from "./sentences.js";

function cell(driver: string, median: number, low: number, high: number | null): FetchCell {
  return {
    ...{ store: "sqlite", driver, shape: "array", fetch: "all", status: "ok", reason: null },
    ...{ rowsPerSecond: { median, low, high }, cpuSeconds: 1, gcSeconds: 0, firstRowSeconds: 0.1 },
    ...{ peakMemoryBytes: null, trials: [] },
  };
}
const told = (...cells: FetchCell[]) => {
  const document = { cells, costs: [], rows: 10 } as unknown as FetchDocument;
  return {
    sentence: fetchSentences(document).join(" "),
    rates: cells.map((one) => rowOf(one, document)[2]),
  };
};

test("the fastest is named, and marked, where all others are slower beyond doubt", () => {
  expect(told(cell("a", 900, 800, 990), cell("b", 500, 400, 700))).toEqual({
    sentence: "Fastest is a, all rows as array: 900 rows/s (95 %: 800 to 990).",
    rates: ["900▲", "500 "],
  });
});

test("where intervals overlap nobody is, and who is level is named", () => {
  expect(told(cell("a", 900, 300, 990), cell("b", 500, 400, 700), cell("c", 90, 80, 99))).toEqual({
    sentence:
      "Nothing is significantly fastest: a, all rows as array had the most, 900 rows/s (95 %: 300 to 990). Not significantly slower: b, all rows as array.",
    rates: ["900 ", "500 ", "90.0 "],
  });
});

test("without intervals nothing is decided", () => {
  const { sentence, rates } = told(cell("a", 900, 0, null), cell("b", 5, 0, null));
  expect(sentence).toMatch(/^Nothing is decided, with too few rounds .*: a, .* 900 rows\/s\.$/);
  expect(rates).toEqual(["900 ", "5.00 "]);
});
