import fc from "fast-check";
import { expect, test } from "vitest";
import type { ScenarioResult } from "../../../trial/result.js";
import { imaginedDocument } from "../../../testing/document.js";
import { dominatedRows, paretoFront, paretoSentences } from "./pareto.js";
import { rowsOf, type Row } from "./rows.js";
import { textReport } from "./text.js";

const document = await imaginedDocument({ rate: () => 1000, noise: 0 });
const [template] = document.scenarios.filter(({ status }) => status === "ok");

interface Point {
  readonly rate: number;
  readonly bytes: number;
  /** Each round's rate as a share of the rate. */
  readonly rounds?: readonly number[];
}

const STILL = [1, 1.001, 0.999, 1, 1.002];

function rowOf(codec: string, { rate, bytes, rounds = STILL }: Point): Row {
  const { trials, ...base } = template as ScenarioResult;
  const write: ScenarioResult = {
    ...base,
    codec,
    direction: "write",
    storedBytesPerFact: bytes,
    factsPerSecond: { median: rate, low: rate, high: rate },
    trials: rounds.flatMap((share, index) =>
      trials.slice(0, 1).map((trial) => ({ ...trial, round: index, factsPerSecond: rate * share })),
    ),
  };
  return { codec, compressor: "none", runtime: undefined, scenarios: { write } };
}

test("a row is dominated by one that is faster and smaller, and by nothing else", () => {
  const rows = [
    rowOf("fast", { rate: 400, bytes: 100 }),
    rowOf("small", { rate: 100, bytes: 10 }),
    rowOf("slower and larger", { rate: 300, bytes: 110 }),
    rowOf("slower and as large", { rate: 300, bytes: 100 }),
    rowOf("between", { rate: 200, bytes: 50 }),
    rowOf("perhaps slower", { rate: 390, bytes: 100, rounds: [0.8, 1.2, 0.9, 1.1, 1.04] }),
  ];
  const { front, dominated } = paretoFront(rows, "write");
  expect(front.map(({ codec }) => codec)).toEqual(["fast", "perhaps slower", "between", "small"]);
  expect(dominated.map(({ codec }) => codec)).toEqual(["slower and larger", "slower and as large"]);
  expect([...dominatedRows(rows)]).toEqual(dominated);
  expect(paretoSentences(rows)).toEqual([
    "Size against speed, writing: the Pareto front is fast, perhaps slower, between, small; " +
      "the other 2 are slower than one of them and no smaller.",
  ]);
});

test("too few rounds beat nobody", () => {
  const rounds = [1, 1, 1, 1];
  const rows = [
    rowOf("a", { rate: 400, bytes: 10, rounds }),
    rowOf("b", { rate: 1, bytes: 100, rounds }),
  ];
  expect(paretoFront(rows, "write").dominated).toEqual([]);
  expect(paretoSentences(rows)).toEqual([]);
});

test("whoever is dominated is dominated by somebody on the front", () => {
  const point = fc.record({ rate: fc.integer({ min: 1, max: 9 }), bytes: fc.integer({ max: 9 }) });
  fc.assert(
    fc.property(fc.array(point, { minLength: 1, maxLength: 8 }), (points) => {
      const rows = points.map((each, index) => rowOf(`codec${index}`, each));
      const { front, dominated } = paretoFront(rows, "write");
      expect(front.length).toBeGreaterThan(0);
      const place = ({ codec }: Row) => points[Number(codec.slice(5))] as Point;
      for (const row of dominated) {
        const { rate, bytes } = place(row);
        expect(front.some((other) => place(other).rate > rate && place(other).bytes <= bytes)).toBe(
          true,
        );
      }
    }),
  );
});

test("the table marks who is dominated, and says what the mark means", async () => {
  const imagined = await imaginedDocument({
    rate: ({ codec }) => (codec === "protobuf" ? 4000 : 1000),
    noise: 0.01,
  });
  const [row] = rowsOf(imagined).filter(({ codec }) => codec === "msgpackr");
  expect(dominatedRows(rowsOf(imagined)).size).toBeGreaterThan(0);
  expect(row).toBeDefined();
  const text = textReport(imagined, { colors: false, detail: { all: true } });
  expect(text).toMatch(/^ msgpackr +- .*▽/m);
  expect(text).not.toMatch(/^ protobuf +- .*▽/m);
  expect(text).toContain("▽ another row is faster and no larger");
});
