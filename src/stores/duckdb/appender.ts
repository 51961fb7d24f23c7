/** DuckDB's appender: value by value, or columns of many rows at a time. */
import {
  BIGINT,
  BLOB,
  BOOLEAN,
  DOUBLE,
  DuckDBDataChunk,
  INTEGER,
  VARCHAR,
  blobValue,
  type DuckDBAppender,
  type DuckDBConnection,
  type DuckDBType,
  type DuckDBValue,
} from "@duckdb/node-api";
import type { Column, Row, TableShape, Value } from "../../core/store.js";

/** As many rows as a vector of DuckDB has. */
const CHUNK_ROWS = 2_048;

/** Appends rows value by value. */
export async function appendRows(
  connection: DuckDBConnection,
  table: TableShape,
  rows: Iterable<Row>,
): Promise<void> {
  const appends = table.columns.map((column) => appendOf(column, table));
  await withAppender(connection, table, (appender) => {
    for (const row of rows) {
      for (let column = 0; column < appends.length; column++) {
        const value = row[column] ?? null;
        if (value === null) appender.appendNull();
        else appends[column]?.(appender, value);
      }
      appender.endRow();
    }
  });
}

/**
 * Closes an appender whatever comes: one that is left to the garbage collector appends what it still
 * holds when it is collected, long after the transaction of its rows was rolled back.
 */
async function withAppender(
  connection: DuckDBConnection,
  table: TableShape,
  append: (appender: DuckDBAppender) => void,
): Promise<void> {
  const appender = await connection.createAppender(table.name);
  try {
    append(appender);
  } catch (error) {
    appender.clear();
    appender.closeSync();
    throw error;
  }
  appender.closeSync();
}

/** Appends rows as columns, a chunk at a time. */
export async function appendChunks(
  connection: DuckDBConnection,
  table: TableShape,
  rows: Iterable<Row>,
): Promise<void> {
  const types = table.columns.map((column) => chunkType(column, table));
  const convert = table.columns.map((column) => valueOf(column, table));
  // One for all: their memory is the library's, which garbage collection lets go of late.
  const chunk = DuckDBDataChunk.create(types);
  await withAppender(connection, table, (appender) => {
    let columns = types.map((): DuckDBValue[] => []);
    let filled = 0;
    const send = () => {
      chunk.reset();
      chunk.rowCount = filled;
      chunk.setColumns(columns);
      appender.appendDataChunk(chunk);
      columns = types.map(() => []);
      filled = 0;
    };
    for (const row of rows) {
      for (let column = 0; column < columns.length; column++) {
        const value = row[column] ?? null;
        const toValue = convert[column];
        columns[column]?.push(
          value === null || toValue === undefined ? (value as DuckDBValue) : toValue(value),
        );
      }
      filled += 1;
      if (filled === CHUNK_ROWS) send();
    }
    if (filled > 0) send();
  });
}

type Append = (appender: DuckDBAppender, value: Value) => void;

function appendOf({ type }: Column, { jsonKind }: TableShape): Append {
  switch (type) {
    case "integer":
      return (appender, value) => appender.appendInteger(value as number);
    case "bigint":
      return (appender, value) => appender.appendBigInt(BigInt(value as number));
    case "double":
      return (appender, value) => appender.appendDouble(value as number);
    case "boolean":
      return (appender, value) => appender.appendBoolean(value as boolean);
    case "bytes":
      return (appender, value) => appender.appendBlob(value as Uint8Array);
    case "text":
      return (appender, value) => appender.appendVarchar(value as string);
    case "json":
      return jsonKind === "blob"
        ? (appender, value) => appender.appendBlob(Buffer.from(value as string))
        : (appender, value) => appender.appendVarchar(value as string);
  }
}

function chunkType({ type }: Column, { jsonKind }: TableShape): DuckDBType {
  switch (type) {
    case "integer":
      return INTEGER;
    case "bigint":
      return BIGINT;
    case "double":
      return DOUBLE;
    case "boolean":
      return BOOLEAN;
    case "bytes":
      return BLOB;
    case "text":
      return VARCHAR;
    case "json":
      return jsonKind === "blob" ? BLOB : VARCHAR;
  }
}

/** What makes a chunk's value of a row's; nothing where they are the same. */
function valueOf(
  { type }: Column,
  { jsonKind }: TableShape,
): ((value: Value) => DuckDBValue) | undefined {
  if (type === "bigint") return (value) => BigInt(value as number);
  if (type === "bytes") return (value) => blobValue(value as Uint8Array);
  if (type === "json" && jsonKind === "blob")
    return (value) => blobValue(Buffer.from(value as string));
  return undefined;
}
