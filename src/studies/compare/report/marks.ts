import type { ResultDocument } from "../document.js";
import type { Direction, ScenarioResult } from "../../../trial/result.js";
import { rateOf, undecidedGroups, type Row } from "./rows.js";

/** What a reader must know about single cells of a table. */
export interface Marks {
  readonly best: ReadonlySet<ScenarioResult>;
  readonly undecided: ReadonlySet<ScenarioResult>;
  /** The fewest stored bytes per fact in the table, in memory and on disk. */
  readonly fewestEncoded: number;
  readonly fewestStored: number;
  readonly leastCpu: number;
}

/** Every direction, in the order of a table. */
export const DIRECTIONS: readonly Direction[] = ["write", "read", "project", "validate"];

/** Finds the best in each column, and those that are not significantly different. */
export function marksOf(rows: readonly Row[]): Marks {
  const best = new Set<ScenarioResult>();
  const undecided = new Set<ScenarioResult>();
  for (const direction of DIRECTIONS) {
    const column = rows
      .map((row) => row.scenarios[direction])
      .filter((scenario) => scenario !== undefined);
    const fastest = Math.max(...column.map((scenario) => rateOf(scenario) ?? 0));
    for (const scenario of column) if (rateOf(scenario) === fastest) best.add(scenario);
    for (const one of undecidedGroups(rows, direction).flat()) undecided.add(one);
  }
  const written = rows.map((row) => row.scenarios.write);
  const least = (value: (scenario: ScenarioResult) => number | null) =>
    Math.min(...written.map((scenario) => (scenario && value(scenario)) ?? Infinity));
  return {
    best,
    undecided,
    fewestEncoded: least((scenario) => scenario.encodedBytesPerFact),
    fewestStored: least((scenario) => scenario.storedBytesPerFact),
    leastCpu: least((scenario) => scenario.cpuSecondsPerMillionFacts),
  };
}

/** Relative half-width of an interval, the wider side; infinite where nothing is known. */
export function halfWidth({ factsPerSecond }: ScenarioResult): number {
  if (factsPerSecond === null) return NaN;
  const { median, low, high } = factsPerSecond;
  return high === null ? Infinity : Math.max(high / median - 1, 1 - low / median);
}

/** Directions that a document has figures or reasons for. */
export function directionsIn(document: ResultDocument): Direction[] {
  return DIRECTIONS.filter((direction) =>
    document.scenarios.some((scenario) => scenario.direction === direction),
  );
}
