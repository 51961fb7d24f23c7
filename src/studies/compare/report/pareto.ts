/**
 * Size against speed. A row is dominated where another one takes no more bytes and is faster beyond
 * doubt; those that are left are the Pareto front: every choice among them buys one with the other.
 */
import type { Direction, ScenarioResult } from "../../../trial/result.js";
import { choiceName } from "../../../report/names.js";
import { rateOf, ratioOf, type Row } from "./rows.js";

/** What a person chooses by size and speed. */
const CHOICES = ["write", "read"] as const;
const VERBS = { write: "writing", read: "reading" } as const;

/** The rows of a direction that were measured, parted into the front and those dominated by it. */
export interface Front {
  /** The fastest first. */
  readonly front: readonly Row[];
  readonly dominated: readonly Row[];
}

/** Finds the Pareto front of stored bytes against rate. */
export function paretoFront(rows: readonly Row[], direction: Direction): Front {
  const measured = rows
    .filter((row) => row.scenarios[direction]?.status === "ok")
    .toSorted((a, b) => rate(b, direction) - rate(a, direction));
  const isDominated = (row: Row) =>
    measured.some((other) => beats(other.scenarios[direction], row.scenarios[direction]));
  return {
    front: measured.filter((row) => !isDominated(row)),
    dominated: measured.filter(isDominated),
  };
}

/** Rows that are dominated in every direction they were measured in: nobody needs them. */
export function dominatedRows(rows: readonly Row[]): ReadonlySet<Row> {
  const fronts = CHOICES.map((direction) => paretoFront(rows, direction));
  const kept = new Set(fronts.flatMap(({ front }) => front));
  return new Set(fronts.flatMap(({ dominated }) => dominated).filter((row) => !kept.has(row)));
}

/** Which rows are on the Pareto front, a sentence for each direction in which some row is dominated. */
export function paretoSentences(rows: readonly Row[]): string[] {
  return CHOICES.flatMap((direction) => {
    const { front, dominated } = paretoFront(rows, direction);
    if (dominated.length === 0) return [];
    const names = front.map(choiceName).join(", ");
    const others =
      dominated.length === 1
        ? `the other one, ${dominated.map(choiceName).join("")}, is slower than one of them and no smaller`
        : `the other ${dominated.length} are slower than one of them and no smaller`;
    return [`Size against speed, ${VERBS[direction]}: the Pareto front is ${names}; ${others}.`];
  });
}

function beats(a: ScenarioResult | undefined, b: ScenarioResult | undefined): boolean {
  if (a === undefined || b === undefined || a === b) return false;
  const [bytes, otherBytes] = [a.storedBytesPerFact, b.storedBytesPerFact];
  if (bytes === null || otherBytes === null || bytes > otherBytes) return false;
  return (ratioOf(a, b)?.low ?? 0) > 1;
}

function rate({ scenarios }: Row, direction: Direction): number {
  return rateOf(scenarios[direction]) ?? 0;
}
