import type { ResultDocument, SweepDocument } from "../document.js";
import type { Direction, ScenarioResult } from "../../../trial/result.js";
import type { MedianInterval } from "../../../stats/median-interval.js";
import { isNotSignificantlyDifferent, rateOf, ratioOf } from "../report/rows.js";

/** How one codec, and what compresses it, does at each value of a sweep. */
export interface Curve {
  /** `json`, or `json gzip:6 on node@24.21.0`. */
  readonly name: string;
  /** The same without the runtime. */
  readonly choice: string;
  /** Where runtimes are compared. */
  readonly runtime: string | undefined;
  /** In the order of the sweep's points. */
  readonly scenarios: readonly (ScenarioResult | undefined)[];
}

/** Whether something was swept. */
export function isSweep(document: ResultDocument): document is SweepDocument {
  return document.sweep !== undefined;
}

/** The curves of a direction, in the order in which their codecs were named. */
export function curvesOf({ sweep, scenarios }: SweepDocument, direction: Direction): Curve[] {
  const byName = new Map<string, { choice: string; scenarios: (ScenarioResult | undefined)[] }>();
  for (const scenario of scenarios) {
    if (scenario.direction !== direction) continue;
    const choice = choiceOf(scenario, sweep.parameter);
    const name = scenario.runtime === undefined ? choice : `${choice} on ${scenario.runtime}`;
    const curve = byName.get(name) ?? { choice, scenarios: sweep.points.map(() => undefined) };
    const place = sweep.points.findIndex(({ value }) => value === scenario.sweepValue);
    // The first engine's figures: the others read the same files.
    curve.scenarios[place] ??= scenario;
    byName.set(name, curve);
  }
  return [...byName]
    .map(([name, curve]) => ({
      ...{ name, ...curve },
      runtime: curve.scenarios.find((scenario) => scenario !== undefined)?.runtime,
    }))
    .filter(({ scenarios: found }) => found.some((scenario) => rateOf(scenario) !== undefined));
}

function choiceOf({ codec, compressor }: ScenarioResult, parameter: string): string {
  const shown = parameter === "level" ? compressor.split(":", 1)[0] : compressor;
  return shown === "none" ? codec : `${codec} ${shown}`;
}

/**
 * How much of a sweep's rate a fact stands for at a point: megabytes of JSON where facts differ in
 * size, because facts a second would only say that large facts take longer, and else one.
 */
function factWeight({ sweep }: SweepDocument, point: number): number {
  if (sweep.parameter !== "fact-size") return 1;
  return (sweep.points[point]?.payload.jsonBytesPerFact ?? NaN) / 1e6;
}

/** What rates are told in. */
export function rateUnit({ sweep }: SweepDocument): string {
  return sweep.parameter === "fact-size" ? "MB of JSON/s" : "facts/s";
}

/** A curve's rate at a point, in the sweep's unit. */
export function rateAt(
  document: SweepDocument,
  { scenarios }: Curve,
  point: number,
): number | undefined {
  const rate = rateOf(scenarios[point]);
  return rate === undefined ? undefined : rate * factWeight(document, point);
}

/** How many times its rate at the first value a curve has at the last; `undefined` if unknown. */
export function changeOver(
  document: SweepDocument,
  { scenarios }: Curve,
): MedianInterval | undefined {
  const [first, last] = [scenarios[0], scenarios.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  const ratio = ratioOf(last, first);
  if (ratio === undefined) return undefined;
  const weight = factWeight(document, scenarios.length - 1) / factWeight(document, 0);
  return {
    median: ratio.median * weight,
    low: ratio.low * weight,
    high: ratio.high * weight,
  };
}

/** The fastest curve at a point, with all that may be as fast; none where nothing was measured. */
export function fastestAt(curves: readonly Curve[], point: number): Curve[] {
  const rate = ({ scenarios }: Curve) => rateOf(scenarios[point]) ?? 0;
  const [best, ...others] = curves
    .filter(({ scenarios }) => rateOf(scenarios[point]) !== undefined)
    .toSorted((a, b) => rate(b) - rate(a));
  const fastest = best?.scenarios[point];
  if (best === undefined || fastest === undefined) return [];
  const tied = others.filter(({ scenarios }) => {
    const other = scenarios[point];
    return other !== undefined && isNotSignificantlyDifferent(fastest, other);
  });
  return [best, ...tied];
}
