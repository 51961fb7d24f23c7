import { describe, expect, test } from "vitest";
import type { LoadCell, LoadComparison } from "../document.js";
import { comparedKinds, kindLines, kindSentences, kindsChart } from "./kinds.js";

const CELL: LoadCell = {
  ...{ method: "copy", rows: 100, status: "ok", reason: null, trials: [], peakMemoryBytes: 1 },
  ...{ rowsPerSecond: { median: 1000, low: 900, high: 1100 }, storedBytesPerRow: 500 },
  ...{ clientCpuSeconds: 20, serverCpuSeconds: 30 },
};

function comparison(jsonKind: string, rate: number, storedBytesPerRow: number): LoadComparison {
  const rowsPerSecond = { median: rate, low: rate * 0.9, high: rate * 1.1 };
  return {
    ...{ table: "facts", columns: 2, jsonKind, timeoutSeconds: 3, sizes: [100], rounds: 5 },
    methods: [
      {
        ...{ name: "copy", summary: "", isAtomic: true, takes: "rows", isOneParameter: false },
        durability: { settings: "FULL", survives: "power" },
      },
    ],
    cells: [{ ...CELL, rowsPerSecond, storedBytesPerRow }],
  };
}

const KINDS = [
  comparison("jsonb", 500, 400),
  comparison("json", 1000, 400.9),
  comparison("text", 950, 900),
];

describe("kinds of documents", () => {
  test("the fastest, those that are not significantly slower, and the smallest of them", () => {
    expect(kindSentences(KINDS)).toEqual([
      "Documents load fastest as json by copy: 1.00 k rows/s at 100 rows. Not significantly slower: text.",
      "They are smallest as json, jsonb: 400 B a row.",
    ]);
    const order = kindLines(KINDS).flatMap((line) => /^(json|jsonb|text) /.exec(line)?.[1] ?? []);
    expect(order).toEqual(["json", "text", "jsonb"]);
  });

  test("a bar for each method and kind, of the client's and the server's time", () => {
    const { parts, bars } = kindsChart(KINDS);
    expect(parts).toEqual(["client", "server"]);
    expect(bars.map(({ name, values }) => [name, ...values])).toEqual([
      ["copy, jsonb", 20, 30],
      ["copy, json", 20, 30],
      ["copy, text", 20, 30],
    ]);
  });

  test("where there is one kind, or none, nothing is said", () => {
    const lone = [comparison("json", 1, 1)];
    const none = [{ ...comparison("", 1, 1), jsonKind: null }];
    for (const few of [lone, [...none, ...none]]) {
      expect(comparedKinds(few)).toEqual([]);
      expect(kindSentences(few)).toEqual([]);
      expect(kindLines(few)).toEqual([]);
      expect(kindsChart(few).bars).toEqual([]);
    }
  });
});
