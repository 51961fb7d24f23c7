import type { SweepDocument } from "../document.js";
import type { Direction, ScenarioResult } from "../../../trial/result.js";
import { changeOver, curvesOf, rateUnit, type Curve } from "./curves.js";
import { unbroken } from "../../../report/layout.js";
import { directionsIn } from "../report/marks.js";
import { interval, significant } from "../../../report/numbers.js";
import { isNotSignificantlyDifferent, rateOf } from "../report/rows.js";

const VERBS: Record<Direction, string> = {
  write: "writes",
  read: "reads",
  project: "reads single fields",
  validate: "validates",
};

/** Who is fastest at either end, and what going from one end to the other does. */
export function sweepConclusion(document: SweepDocument): string[] {
  const values = document.sweep.points.map(({ value }) => valueText(document, value));
  const [from = "", to = ""] = [values[0], values.at(-1)];
  return directionsIn(document).flatMap((direction) => {
    const curves = curvesOf(document, direction);
    if (curves.length === 0) return [];
    const ends = [0, values.length - 1].map((point) => fastestAt(curves, point));
    const fastest =
      ends[0] === ends[1]
        ? `${ends[0]} ${VERBS[direction]} fastest at ${from} and at ${to}.`
        : `${ends[0]} ${VERBS[direction]} fastest at ${from}, ${ends[1]} at ${to}.`;
    const changes = curves.flatMap((curve) => {
      const ratio = changeOver(document, curve);
      if (ratio === undefined) return [];
      const size =
        (curve.scenarios.at(-1)?.storedBytesPerFact ?? NaN) /
        (curve.scenarios[0]?.storedBytesPerFact ?? NaN);
      const speed = `${curve.name} ${significant(ratio.median)} ×${interval(ratio)}`;
      const bytes =
        document.sweep.parameter === "fact-size" ? "" : `, ${significant(size)} × the bytes`;
      return [unbroken(`${speed}${bytes}`)];
    });
    const overall = `From ${from} to ${to}, ${rateUnit(document)} change by these factors: ${changes.join("; ")}.`;
    return [...(curves.length > 1 ? [fastest] : []), ...(changes.length > 0 ? [overall] : [])];
  });
}

/** The fastest codec at a point, with all that may be as fast. */
function fastestAt(curves: readonly Curve[], point: number): string {
  const found = curves
    .map(({ name, scenarios }) => ({ name, scenario: scenarios[point] }))
    .filter(
      (one): one is { name: string; scenario: ScenarioResult } =>
        rateOf(one.scenario) !== undefined,
    )
    .toSorted((a, b) => (rateOf(b.scenario) ?? 0) - (rateOf(a.scenario) ?? 0));
  const [best] = found;
  if (best === undefined) return "nobody";
  const tied = found.filter(
    (other) => other === best || isNotSignificantlyDifferent(best.scenario, other.scenario),
  );
  return tied.map(({ name }) => name).join(" or ");
}

/** A value of the swept thing as people write it: `4 kB`, `64 KiB`, `9`. */
export function valueText({ sweep }: SweepDocument, value: number): string {
  if (sweep.parameter === "level") return `level ${value}`;
  if (sweep.parameter === "duplication") return `${value} ×`;
  const units = [
    [1 << 20, "MiB"],
    [1e6, "MB"],
    [1 << 10, "KiB"],
    [1e3, "kB"],
  ] as const;
  const [bytes, unit] = units.find(([size]) => value % size === 0) ?? [1, "B"];
  return `${value / bytes} ${unit}`;
}
