/**
 * When keeping JSON as its text pays: it is the cheapest to load, and dearer to ask. Another way costs more
 * once, and saves some time with every answer; from so many answers on it has paid for itself.
 */
import type { MeasuredWay, QueryDocument } from "../document.js";
import { QUESTIONS, rateOf, type QuestionKey } from "./questions.js";

/** What another way is compared with: JSON as it is, in the same store. */
const BASELINES: Readonly<Record<MeasuredWay["store"], string>> = {
  postgres: "postgres json",
  sqlite: "sqlite json",
  duckdb: "duckdb json",
  files: "ndjson",
};

/** `always`: it is no slower to load. `never`: it answers no faster. Else from so many answers on. */
export type BreakEven = "always" | "never" | number;

export interface Payment {
  readonly way: MeasuredWay;
  readonly baseline: MeasuredWay;
  /** What it takes longer to load all facts; negative where it takes less. */
  readonly extraSeconds: number;
  readonly extraBytes: number;
  readonly from: Readonly<Record<QuestionKey, BreakEven | undefined>>;
}

/** Every way that keeps facts as something else than their JSON. */
export function payments({ ways }: Pick<QueryDocument, "ways">): Payment[] {
  return ways.flatMap((way): Payment[] => {
    const baseline = ways.find(({ name }) => name === BASELINES[way.store]);
    if (baseline === undefined || way === baseline) return [];
    if (way.load === null || baseline.load === null) return [];
    const extraSeconds = way.load.seconds - baseline.load.seconds;
    const from = Object.fromEntries(
      QUESTIONS.map(({ key }) => [key, breakEven(way, baseline, key, extraSeconds)]),
    ) as Payment["from"];
    const extraBytes = way.load.storedBytes - baseline.load.storedBytes;
    return [{ way, baseline, extraSeconds, extraBytes, from }];
  });
}

function breakEven(
  way: MeasuredWay,
  baseline: MeasuredWay,
  key: QuestionKey,
  extraSeconds: number,
): BreakEven | undefined {
  const [rate, plain] = [rateOf(way, key), rateOf(baseline, key)];
  if (rate === undefined || plain === undefined) return undefined;
  const saved = 1 / plain - 1 / rate;
  if (saved <= 0) return extraSeconds < 0 ? undefined : "never";
  return extraSeconds <= 0 ? "always" : Math.max(1, Math.ceil(extraSeconds / saved));
}
