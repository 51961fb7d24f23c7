/** Answers a second against what facts take on the disk. */
import type { Draw } from "../../../report/chart/frame.js";
import { scatterSvg, type Scatter } from "../../../report/chart/scatter.js";
import { bytes, short } from "../../../report/numbers.js";
import type { QueryDocument } from "../document.js";
import { QUESTIONS, rateOf, type QuestionKey } from "../model/questions.js";

const STORES = ["postgres", "sqlite", "duckdb", "files"] as const;

/** A point for each way; those that nothing beats in both are the front. */
export function answersChart({ ways, facts }: QueryDocument, key: QuestionKey): Scatter {
  const measured = ways.flatMap((way) => {
    const rate = rateOf(way, key);
    if (rate === undefined || way.load === null) return [];
    return [{ way, x: way.load.storedBytes / facts / 1000, y: rate }];
  });
  const { head = "", text = "" } = QUESTIONS.find((question) => question.key === key) ?? {};
  return {
    title: `${head}: ${text}`,
    x: { label: "stored, kB a fact", scale: "log" },
    y: { label: "answers/s", scale: "log" },
    points: measured.map(({ way, x, y }) => ({
      ...{ name: way.name, codec: way.name, x, y },
      hue: STORES.indexOf(way.store),
      kind: STORES.indexOf(way.store),
      isFront: !measured.some((other) => other.x <= x && other.y >= y && other.way !== way),
      hover: `${way.name}: ${short(y)} answers/s, ${bytes(x * 1000)} a fact`,
    })),
  };
}

export function queryDrawings(document: QueryDocument): ReadonlyMap<string, Draw> {
  return new Map(
    QUESTIONS.map(({ key }) => [
      key,
      (options) => scatterSvg(answersChart(document, key), options),
    ]),
  );
}
