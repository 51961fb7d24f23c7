/** What a comparison of methods says, as data: the best of equals, what it is worth, where it ends. */
import type { LoadCell, LoadComparison } from "../document.js";
import { groupsOf, type MethodRow } from "./words.js";

/** The best general method of those whose commits survive a loss of power, at the largest size. */
export interface Best {
  readonly method: string;
  readonly rows: number;
  readonly cell: LoadCell;
  /** Others at that size that are not significantly slower. */
  readonly equals: readonly string[];
}

/** One by one in a commit each, which every other method is a multiple of. */
export interface Multiple {
  readonly method: string;
  readonly rowsPerSecond: number;
  readonly times: number;
}

/** From this size on a method has no rate, or less than half of its best one. */
export interface Collapse {
  readonly method: string;
  readonly rows: number;
  readonly isTimeout: boolean;
  /** Of its best rate, at that size. */
  readonly share: number | null;
}

/** Half of the best rate is gone: what a person would call slower, whatever the noise. */
const COLLAPSED_SHARE = 0.5;

/**
 * The best of the methods that take rows from a client and promise most, at the largest size at which
 * it has an interval, or else at the largest.
 */
export function bestOf(comparison: LoadComparison): Best | undefined {
  const general = durableRows(comparison).filter(
    ({ method: { takes } }) => takes === "rows" || takes === "keys",
  );
  const candidates = comparison.sizes.toReversed().flatMap((rows) => bestAt(general, rows) ?? []);
  return (
    candidates.find(({ cell }) => (cell.rowsPerSecond?.high ?? null) !== null) ?? candidates[0]
  );
}

function bestAt(general: readonly MethodRow[], rows: number): Best | undefined {
  const found = general
    .flatMap(({ cells }) => cells.filter((cell) => cell.rows === rows && cell.status === "ok"))
    .toSorted((a, b) => rateOf(b) - rateOf(a));
  const [best, ...others] = found;
  if (best === undefined) return undefined;
  const low = best.rowsPerSecond?.low ?? 0;
  const equals = others
    .filter(({ rowsPerSecond }) => (rowsPerSecond?.high ?? Infinity) >= low)
    .map(({ method }) => method);
  return { method: best.method, rows, cell: best, equals };
}

/** Each method's best rate as a multiple of that of one by one. */
export function multiplesOf(comparison: LoadComparison): Multiple[] {
  const best = comparison.methods.map(({ name }) => ({ name, rate: bestRate(comparison, name) }));
  const plain = best.find(({ name }) => name === "one-by-one")?.rate;
  if (plain === undefined) return [];
  return best.flatMap(({ name, rate }) =>
    rate === undefined || name === "one-by-one"
      ? []
      : [{ method: name, rowsPerSecond: rate, times: rate / plain }],
  );
}

/**
 * The share of the time of one by one that waiting for its commits takes: what is left of it when
 * the same statements are in one transaction.
 */
export function commitShare(comparison: LoadComparison): number | undefined {
  const plain = bestRate(comparison, "one-by-one");
  const together = bestRate(comparison, "one-transaction");
  if (plain === undefined || together === undefined || together <= plain) return undefined;
  return 1 - plain / together;
}

/** Where methods collapse. */
export function collapsesOf({ methods, cells }: LoadComparison): Collapse[] {
  return methods.flatMap(({ name }): Collapse[] => {
    let best = 0;
    for (const cell of cells.filter(({ method }) => method === name)) {
      const { rows, status } = cell;
      if (status === "timeout") return [{ method: name, rows, isTimeout: true, share: null }];
      const rate = rateOf(cell);
      const high = cell.rowsPerSecond?.high ?? rate;
      if (status === "ok" && high < best * COLLAPSED_SHARE) {
        return [{ method: name, rows, isTimeout: false, share: rate / best }];
      }
      best = Math.max(best, rate);
    }
    return [];
  });
}

function durableRows(comparison: LoadComparison): MethodRow[] {
  return groupsOf(comparison)
    .filter(({ survives }) => survives === "power")
    .flatMap(({ rows }) => rows);
}

function bestRate({ cells }: LoadComparison, method: string): number | undefined {
  const rates = cells.filter((cell) => cell.method === method && cell.status === "ok").map(rateOf);
  return rates.length === 0 ? undefined : Math.max(...rates);
}

export function rateOf({ rowsPerSecond }: LoadCell): number {
  return rowsPerSecond?.median ?? 0;
}
