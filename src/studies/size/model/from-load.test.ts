import { expect, test } from "vitest";
import type { LoadCell, LoadDocument } from "../../load/document.js";
import { fromLoad } from "./from-load.js";

const trial = (clientCpuSeconds: number, serverCpuSeconds: number | null) => ({
  ...{ round: 1, loads: 2, wallSeconds: 1, storedBytes: 80_000, peakMemoryBytes: 5e6 },
  ...{ clientCpuSeconds, serverCpuSeconds },
});

function cell(method: string, rows: number, trials: LoadCell["trials"]): LoadCell {
  const nothing = { clientCpuSeconds: null, serverCpuSeconds: null, rowsPerSecond: null };
  const status = trials.length > 0 ? "ok" : "failed";
  const reason = trials.length > 0 ? null : "it fell over";
  const storedBytesPerRow = trials.length > 0 ? 80 : null;
  return {
    method,
    rows,
    status,
    reason,
    ...nothing,
    storedBytesPerRow,
    peakMemoryBytes: null,
    trials,
  };
}

const cells = [
  cell("copy", 100, [trial(9, 9)]),
  cell("copy", 1000, [trial(3, 1), trial(5, 1), trial(4, 1)]),
  cell("insert", 1000, [trial(4, null)]),
  cell("broken", 100, []),
];
const comparison = {
  ...{ table: "events", cells },
  methods: ["copy", "insert", "broken"].map((name) => ({ name })),
};
const document = {
  createdAt: "2026-11-22T09:15:02.000Z",
  environment: { cpuModel: "a", architecture: "x64", node: "20" },
  store: { name: "postgres" },
  comparisons: [comparison],
} as unknown as LoadDocument;

test("a method costs what client and server took for a row of its largest size", () => {
  const { codecs, unsized, rowsOf } = fromLoad(document);
  const perRow = codecs.map(({ codec, compressor, cost }) => [
    `${codec} ${compressor}`,
    cost.writeCpuSeconds,
    cost.storedBytes,
  ]);
  expect(perRow).toEqual([
    ["copy events", 5 / 2000, 80],
    ["insert events", 4 / 2000, 80],
  ]);
  expect(unsized).toEqual([{ codec: "broken", compressor: "events", reason: "it fell over" }]);
  expect(rowsOf).toBe("events into postgres, client and server together,");
});
