/** Who won a direction, decided by ratios within rounds, or why nobody did. */
import { isUndecided } from "../../../stats/compare.js";
import { MIN_FOR_INTERVAL, type MedianInterval } from "../../../stats/median-interval.js";
import type { Direction, ScenarioResult } from "../../../trial/result.js";
import { halfWidth } from "./marks.js";
import { measuredIn, ratioOf, type Row } from "./rows.js";

export type Winner =
  /** The fastest, or two or three that nothing tells from each other, with the ratio to json. */
  | {
      readonly kind: "won";
      readonly scenarios: readonly ScenarioResult[];
      readonly againstJson: MedianInterval | undefined;
    }
  /** Several are not significantly different from the fastest; the smallest and the largest half-width. */
  | {
      readonly kind: "open";
      readonly scenarios: readonly ScenarioResult[];
      readonly widths: readonly [number, number];
    }
  /** There are too few trials to tell. */
  | { readonly kind: "too-few"; readonly trials: number; readonly needed: number };

/** More that are not significantly different from the fastest leave the question open. */
const MAX_TIED = 3;

/** `undefined` where nothing, or one thing only, was measured. */
export function winnerOf(rows: readonly Row[], direction: Direction): Winner | undefined {
  const measured = measuredIn(rows, direction);
  const [best, ...others] = measured;
  if (best === undefined || others.length === 0) return undefined;
  const trials = Math.min(...measured.map((scenario) => scenario.trials.length));
  if (trials < MIN_FOR_INTERVAL) return { kind: "too-few", trials, needed: MIN_FOR_INTERVAL };
  const tied = others.filter((other) => isUndecided(ratioOf(best, other)));
  const scenarios = [best, ...tied];
  if (scenarios.length > MAX_TIED || scenarios.length === measured.length) {
    const widths = scenarios.map(halfWidth).toSorted((a, b) => a - b);
    return { kind: "open", scenarios, widths: [widths[0] ?? 0, widths.at(-1) ?? 0] };
  }
  const json = measured.find(({ codec, compressor }) => codec === "json" && compressor === "none");
  const againstJson = json === undefined || json === best ? undefined : ratioOf(best, json);
  return { kind: "won", scenarios, againstJson };
}
