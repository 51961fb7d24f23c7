import type { SweepDocument } from "../document.js";
import type { Direction } from "../../../trial/result.js";
import { changeOver, curvesOf, fastestAt, rateUnit, type Curve } from "./curves.js";
import { unbroken } from "../../../report/layout.js";
import { directionsIn } from "../report/marks.js";
import { interval, significant } from "../../../report/numbers.js";
import { runtimeSentences } from "../report/runtimes.js";
import { valueText } from "./values.js";

const VERBS: Record<Direction, string> = {
  write: "writes",
  read: "reads",
  project: "reads single fields",
  validate: "validates",
};

/** Who is fastest at either end, what going from one end to the other does, and what another runtime does. */
export function sweepConclusion(document: SweepDocument): string[] {
  const overall = directionsIn(document).flatMap((direction) => {
    const curves = curvesOf(document, direction);
    const runtimes = [...new Set(curves.map(({ runtime }) => runtime))];
    const fastest = runtimes.flatMap((runtime) => {
      const own = curves.filter((curve) => curve.runtime === runtime);
      if (own.length < 2) return [];
      const under = runtime === undefined ? "" : `On ${runtime}, `;
      const text = fastestText(document, direction, own);
      return [under === "" ? text.replace(/^nothing/, "Nothing") : `${under}${text}`];
    });
    return [...fastest, ...changeSentence(document, curves)];
  });
  return [...overall, ...runtimesAtEnds(document)];
}

/** Who is fastest at the first value and at the last, or that nobody is. */
function fastestText(
  document: SweepDocument,
  direction: Direction,
  curves: readonly Curve[],
): string {
  const [from, to] = endsOf(document).map((value) => valueText(document, value)) as [
    string,
    string,
  ];
  const [first, last] = [0, document.sweep.points.length - 1].map((point) =>
    fastestAt(curves, point).map(({ choice }) => choice),
  ) as [string[], string[]];
  const verb = VERBS[direction];
  const told = (names: readonly string[], where: string) =>
    names.length > 1
      ? `nothing ${verb} significantly fastest at ${where}: ${listed(names)} are level`
      : `${names[0] ?? "nobody"} ${verb} fastest at ${where}`;
  if (listed(first) === listed(last)) return `${told(first, `${from} and at ${to}`)}.`;
  return first.length === 1 && last.length === 1
    ? `${told(first, from)}, ${last[0]} at ${to}.`
    : `${told(first, from)}; ${told(last, to)}.`;
}

/** In an order that does not depend on who was a little ahead. */
function listed(names: readonly string[]): string {
  return new Intl.ListFormat("en", { type: "conjunction" })
    .format(names.toSorted((a, b) => (a < b ? -1 : 1)))
    .replace(", and ", " and ");
}

function changeSentence(document: SweepDocument, curves: readonly Curve[]): string[] {
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
  if (changes.length === 0) return [];
  const [from, to] = endsOf(document).map((value) => valueText(document, value));
  return [
    `From ${from} to ${to}, ${rateUnit(document)} change by these factors: ${changes.join("; ")}.`,
  ];
}

/** What each runtime is worth against the first one, at the first value and at the last. */
function runtimesAtEnds(document: SweepDocument): string[] {
  return endsOf(document).flatMap((value) => {
    const there = document.scenarios.filter(({ sweepValue }) => sweepValue === value);
    return runtimeSentences({ scenarios: there }).map(
      (sentence) => `At ${valueText(document, value)}: ${sentence}`,
    );
  });
}

function endsOf({ sweep }: SweepDocument): [first: number, last: number] {
  return [sweep.points[0]?.value ?? NaN, sweep.points.at(-1)?.value ?? NaN];
}
