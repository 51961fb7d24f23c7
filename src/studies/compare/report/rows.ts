import type { ResultDocument } from "../document.js";
import type { Direction, ScenarioResult } from "../../../trial/result.js";
import { isUndecided, ratioByRound } from "../../../stats/compare.js";
import type { MedianInterval } from "../../../stats/median-interval.js";

/** One line of the table: a codec with a compressor and a runtime, and what was found in each direction. */
export interface Row {
  readonly codec: string;
  readonly compressor: string;
  /** Where runtimes are compared. */
  readonly runtime: string | undefined;
  readonly scenarios: Readonly<Partial<Record<Direction, ScenarioResult>>>;
}

/** As much of a comparison as its rows are made of. */
interface Measured {
  readonly scenarios: ResultDocument["scenarios"];
  readonly configuration: Pick<ResultDocument["configuration"], "compressors">;
}

/**
 * The table's lines: uncompressed first, then the fastest writer first. A codec's runtimes stand
 * together, in the order they were asked for.
 */
export function rowsOf(document: Measured): Row[] {
  const rows = new Map<string, { -readonly [K in keyof Row]: Row[K] }>();
  for (const scenario of document.scenarios) {
    if (isOtherEngine(scenario, document)) continue;
    const { codec, compressor, direction, runtime } = scenario;
    const key = `${compressor} ${codec} ${runtime}`;
    const row = rows.get(key) ?? { codec, compressor, runtime, scenarios: {} };
    row.scenarios = { ...row.scenarios, [direction]: scenario };
    rows.set(key, row);
  }
  const compressors = document.configuration.compressors;
  const speed = (row: Row) =>
    rateOf(row.scenarios.write) ?? (rateOf(row.scenarios.read) ?? 0) / 1e9;
  const codecs = [...new Set(document.scenarios.map(({ codec }) => codec))];
  const runtimes = [...new Set(document.scenarios.map(({ runtime }) => runtime))];
  const groupSpeed = ({ codec, compressor }: Row) =>
    Math.max(
      ...[...rows.values()]
        .filter((row) => row.codec === codec && row.compressor === compressor)
        .map(speed),
    );
  return [...rows.values()].toSorted(
    (a, b) =>
      compressors.indexOf(a.compressor) - compressors.indexOf(b.compressor) ||
      groupSpeed(b) - groupSpeed(a) ||
      codecs.indexOf(a.codec) - codecs.indexOf(b.codec) ||
      runtimes.indexOf(a.runtime) - runtimes.indexOf(b.runtime),
  );
}

/** A scenario that differs from another one in nothing but the engine that inflates. */
function isOtherEngine(scenario: ScenarioResult, document: Measured): boolean {
  const first = document.scenarios.find((other) => hasSameRow(scenario, other));
  return first !== scenario;
}

function hasSameRow(a: ScenarioResult, b: ScenarioResult): boolean {
  return (
    a.codec === b.codec &&
    a.compressor === b.compressor &&
    a.direction === b.direction &&
    a.runtime === b.runtime
  );
}

/** Facts per second at the median, where there are any. */
export function rateOf(scenario: ScenarioResult | undefined): number | undefined {
  return scenario?.factsPerSecond?.median;
}

/** How many times as fast one scenario is as another, compared round by round. */
export function ratioOf(a: ScenarioResult, b: ScenarioResult): MedianInterval | undefined {
  return ratioByRound(ratesByRound(a), ratesByRound(b));
}

function ratesByRound({ trials }: ScenarioResult): Map<number, number> {
  return new Map(trials.map(({ round, factsPerSecond }) => [round, factsPerSecond]));
}

/** The scenarios of a column that have figures, the fastest first. */
export function measuredIn(rows: readonly Row[], direction: Direction): ScenarioResult[] {
  return rows
    .map((row) => row.scenarios[direction])
    .filter((scenario): scenario is ScenarioResult => scenario?.status === "ok")
    .toSorted((a, b) => (rateOf(b) ?? 0) - (rateOf(a) ?? 0));
}

/**
 * Scenarios of a column, with the same compression, that are not significantly different: each group is a
 * chain in which every member has a neighbour it may be equal to. What is not compressed comes
 * first, and in a group the fastest.
 */
export function undecidedGroups(rows: readonly Row[], direction: Direction): ScenarioResult[][] {
  const groups: ScenarioResult[][] = [];
  for (const scenario of measuredIn(rows, direction)) {
    const near = groups.filter((group) =>
      group.some((other) => isNotSignificantlyDifferent(scenario, other)),
    );
    const merged = [...near.flat(), scenario];
    groups.splice(0, groups.length, ...groups.filter((group) => !near.includes(group)), merged);
  }
  const compressed = ([first]: ScenarioResult[]) => Number(first?.compressor !== "none");
  return groups
    .filter((group) => group.length > 1)
    .toSorted((a, b) => compressed(a) - compressed(b));
}

/** Whether two scenarios with the same compression and runtime leave open which is the faster. */
export function isNotSignificantlyDifferent(a: ScenarioResult, b: ScenarioResult): boolean {
  return a.compressor === b.compressor && a.runtime === b.runtime && isUndecided(ratioOf(a, b));
}
