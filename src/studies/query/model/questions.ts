/** The questions, as people read them. */
import type { MeasuredWay } from "../document.js";

export const QUESTIONS = [
  { key: "byId", head: "by id", text: "a nested field of one fact by its id" },
  { key: "inRange", head: "range", text: "how many facts have a nested number in a range" },
  { key: "averages", head: "average", text: "the mean of a nested number by a nested text" },
] as const;

export type QuestionKey = (typeof QUESTIONS)[number]["key"];

/** Answers a second, or `undefined` where there are none. */
export function rateOf(way: MeasuredWay, key: QuestionKey): number | undefined {
  return way[key]?.median;
}

/** The ways that answer a question most often, and are not significantly slower than the first of them. */
export function bestOf(ways: readonly MeasuredWay[], key: QuestionKey): MeasuredWay[] {
  const sorted = ways
    .filter((way) => way[key] !== null)
    .toSorted((a, b) => (rateOf(b, key) ?? 0) - (rateOf(a, key) ?? 0));
  const low = sorted[0]?.[key]?.low ?? 0;
  return sorted.filter((way, index) => index === 0 || (way[key]?.high ?? 0) >= low);
}
