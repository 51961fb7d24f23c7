import { expect, test } from "vitest";
import type { QueryDocument } from "../document.js";
import { queryText } from "./text.js";

/** A comparison whose figures take as much room as they may. */
const NAMES = [
  ["postgres json", "postgres"],
  ["postgres jsonb-lz4", "postgres"],
  ["sqlite json", "sqlite"],
  ["sqlite generated", "sqlite"],
  ["ndjson", "files"],
  ["ndjson projected", "files"],
] as const;
const ways = NAMES.map(([name, store], place) => {
  const rate = { median: 123.4 + place, low: 1, high: 30_000 };
  return {
    ...{ name, store, summary: "", status: "ok", reason: null, server: "PostgreSQL 15.20 by pg" },
    load: { seconds: 0.1 + place * 0.000_003_1, storedBytes: 40_600_000 + place * 123_456 },
    ...{ byId: rate, inRange: rate, averages: rate, peakMemoryBytes: 1e8, trials: [] },
  };
});
const document = {
  ...{ facts: 1000, jsonBytes: 40_000_000, rounds: 5, complete: true, warnings: [], command: [] },
  environment: { node: "20.20.2", cpuModel: "a processor", cores: 2 },
  ways,
} as unknown as QueryDocument;

test("every line fits a screen of 100 columns", () => {
  const lines = queryText(document, { colors: false }).split("\n");
  expect(lines.filter((line) => line.length > 100)).toEqual([]);
  expect(lines.filter((line) => line.startsWith(" postgres jsonb-lz4"))).toHaveLength(5);
});
