/** How figures of loads are written. */
import type { LoadCell, LoadComparison, MeasuredMethod } from "../document.js";
import { significant } from "../../../report/numbers.js";

/** A number with three significant figures in steps of a thousand: `1.20 k`, `1.06 M`. */
export function short(value: number): string {
  if (value >= 999_500) return `${significant(value / 1e6)} M`;
  return value >= 999.5 ? `${significant(value / 1e3)} k` : significant(value);
}

/** A number of rows as the head of a column. */
export function rowCount(rows: number): string {
  if (rows < 1_000) return String(rows);
  return rows < 1e6
    ? `${Number((rows / 1e3).toPrecision(3))} k`
    : `${Number((rows / 1e6).toPrecision(3))} M`;
}

/** What stands in a cell: its rate, or why there is none. */
export function cellText({ status, rowsPerSecond }: LoadCell): string {
  switch (status) {
    case "ok":
      return short(rowsPerSecond?.median ?? 0);
    case "timeout":
      return "TIMEOUT";
    case "failed":
      return "failed";
    case "unavailable":
      return "n/a";
    case "not-measured":
      return "-";
  }
}

export interface MethodRow {
  readonly method: MeasuredMethod;
  /** In the order of the comparison's sizes. */
  readonly cells: readonly LoadCell[];
}

/** Methods whose commits outlive the same, which alone can be compared. */
export interface Group {
  readonly title: string;
  readonly survives: "power" | "process" | "nothing" | null;
  readonly rows: readonly MethodRow[];
}

const SURVIVES = {
  power: "commits survive a loss of power",
  process: "the last commits survive the process, not a loss of power",
  nothing: "in memory only",
} as const;

/** The methods of a comparison by what their commits outlive. */
export function groupsOf({ methods, cells }: LoadComparison): Group[] {
  const groups = new Map<string, { survives: Group["survives"]; rows: MethodRow[] }>();
  for (const method of methods) {
    const { durability } = method;
    const title =
      durability === null
        ? "nothing was committed"
        : `${durability.settings}: ${SURVIVES[durability.survives]}`;
    const group = groups.get(title) ?? { survives: durability?.survives ?? null, rows: [] };
    group.rows.push({ method, cells: cells.filter((cell) => cell.method === method.name) });
    groups.set(title, group);
  }
  return [...groups].map(([title, group]) => ({ title, ...group }));
}

/** Whether rows are looked up, and not loaded. */
export function isLookUp({ methods }: LoadComparison): boolean {
  return methods.some(({ takes }) => takes === "keys");
}

/** What a comparison's documents are kept as, to be said behind its table; nothing where it has none. */
export function documentsAs({ jsonKind }: LoadComparison): string {
  return jsonKind === null ? "" : `, documents as ${jsonKind}`;
}
