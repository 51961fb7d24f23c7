/** What is loaded: a table's shape, and its rows by their number. */
import type { Row, TableShape } from "../../../core/store.js";

export interface LoadTable {
  readonly shape: TableShape;
  /** Tables that must be there before, with their rows: what is referred to. */
  readonly before: readonly { readonly shape: TableShape; readonly rows: Iterable<Row> }[];
  /** The first `count` rows, made as they are asked for. */
  rows(count: number): Iterable<Row>;
  /** Rows that set-based loading repeats or makes its own of, and the query that does so. */
  readonly setBased: {
    readonly staged: readonly Row[];
    query(stagedTable: string, count: number): string;
  };
}

/** A query that repeats the rows of a staged table until there are enough. */
export function repeating(
  { columns }: TableShape,
  stagedRows: number,
): (stagedTable: string, count: number) => string {
  const names = columns.map(({ name }) => `"${name}"`).join(", ");
  return (stagedTable, count) => {
    const times = Math.ceil(count / stagedRows);
    return (
      `WITH RECURSIVE times(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM times WHERE i < ${times}) ` +
      `SELECT ${names} FROM times, "${stagedTable}" LIMIT ${count}`
    );
  };
}
