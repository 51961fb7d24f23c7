/** Values as parameters, by the type of their column: asking the library to guess takes longer. */
import type { DuckDBPreparedStatement } from "@duckdb/node-api";
import type { Column, Row, TableShape, Value } from "../../core/store.js";

/** Binds rows one after the other. */
export function bindRows(
  statement: DuckDBPreparedStatement,
  { columns, jsonKind }: TableShape,
  rows: readonly Row[],
): void {
  let place = 1;
  for (const row of rows) {
    for (const [index, column] of columns.entries()) {
      bind(statement, place, column, jsonKind, row[index] ?? null);
      place += 1;
    }
  }
}

function bind(
  statement: DuckDBPreparedStatement,
  place: number,
  { type }: Column,
  jsonKind: string | undefined,
  value: Value,
): void {
  if (value === null) {
    statement.bindNull(place);
    return;
  }
  switch (type) {
    case "integer":
      statement.bindInteger(place, value as number);
      return;
    case "bigint":
      statement.bindBigInt(place, BigInt(value as number));
      return;
    case "double":
      statement.bindDouble(place, value as number);
      return;
    case "boolean":
      statement.bindBoolean(place, value as boolean);
      return;
    case "text":
      statement.bindVarchar(place, value as string);
      return;
    case "bytes":
      statement.bindBlob(place, value as Uint8Array);
      return;
    case "json":
      if (jsonKind === "blob") statement.bindBlob(place, Buffer.from(value as string));
      else statement.bindVarchar(place, value as string);
  }
}
