/** What takes rows out of a database. */
import type { Row } from "../../../core/store.js";

/** What a row becomes: an array, a plain object, an instance of a class. */
export const SHAPES = ["array", "object", "class"] as const;
export type Shape = (typeof SHAPES)[number];

/** All rows at once in one array; or a few at a time, each let go of before the next ones come. */
export const FETCHES = ["all", "iterate"] as const;
export type Fetch = (typeof FETCHES)[number];

export interface OpenFetcher {
  /** `PostgreSQL 15.8 by pg 8.23.1` */
  readonly server: string;
  /** Left out by a driver that has no way to. */
  readonly all?: (sql: string, shape: Shape) => Promise<readonly unknown[]> | readonly unknown[];
  /** Rows, or groups of rows where they come from a server in groups. Left out likewise. */
  readonly iterate?: (
    sql: string,
    shape: Shape,
  ) => Iterable<unknown> | AsyncIterable<readonly unknown[]>;
  close(): Promise<void> | void;
}

/** One file in `drivers`. */
export interface FetchDriver {
  /** The package's name, or the runtime's module. */
  readonly name: string;
  /** How it is used, in a line. */
  readonly summary: string;
  /** Rejects where the package is missing, or the database does not answer. */
  open(url: string, columns: readonly string[]): Promise<OpenFetcher>;
}

/** Rows that a server sends at once where they come in groups. */
export const GROUP_ROWS = 1_000;

/** Makes an instance of a class that has a row's values as fields. */
export type MakeRow = (row: Row) => object;

/** A class with these fields, compiled once, as a person would have written it. */
export function rowClass(columns: readonly string[]): MakeRow {
  const fields = columns.map((name, place) => `this[${JSON.stringify(name)}] = row[${place}];`);
  // oxlint-disable-next-line typescript/no-implied-eval
  const make = new Function(
    `class FetchedRow { constructor(row) { ${fields.join(" ")} } } return (row) => new FetchedRow(row);`,
  ) as () => MakeRow;
  return make();
}
