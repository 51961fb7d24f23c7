/** Rows as parameters of statements. */
import type { Row, TableShape, Value } from "../../core/store.js";

/** The values of rows one after the other. */
export function parameters(table: TableShape, rows: readonly Row[]): unknown[] {
  const width = table.columns.length;
  const values = Array.from<unknown>({ length: rows.length * width });
  let place = 0;
  for (const row of rows) {
    for (let column = 0; column < width; column++) {
      values[place++] = parameter(table, column, row[column] ?? null);
    }
  }
  return values;
}

/** The values of rows as an array for each column. */
export function columnsOf(table: TableShape, rows: readonly Row[]): unknown[][] {
  return table.columns.map((_, column) =>
    rows.map((row) => parameter(table, column, row[column] ?? null)),
  );
}

/** Documents are text for the library; a column of bytes wants them as bytes. */
function parameter({ columns, jsonKind }: TableShape, column: number, value: Value): unknown {
  if (typeof value === "bigint") return String(value);
  if (Object.is(value, -0)) return "-0"; // as text it would be 0
  if (value instanceof Uint8Array) return Buffer.from(value);
  const isBytes = jsonKind === "bytea" && columns[column]?.type === "json";
  return isBytes && typeof value === "string" ? Buffer.from(value) : value;
}

/** Rows as a JSON array of objects; documents are put in as they are, where their column is JSON. */
export function jsonRows(
  { columns, jsonKind = "jsonb" }: TableShape,
  rows: readonly Row[],
): string {
  const heads = columns.map(
    ({ name }, index) => `${index === 0 ? "{" : ","}${JSON.stringify(name)}:`,
  );
  const isJson = jsonKind.startsWith("json");
  const lines = rows.map((row) => {
    let text = "";
    for (let column = 0; column < columns.length; column++) {
      const value = row[column] ?? null;
      const isDocument = columns[column]?.type === "json" && typeof value === "string";
      text += heads[column] ?? "";
      if (!isDocument) text += scalar(value);
      else if (isJson) text += value;
      else text += scalar(jsonKind === "bytea" ? Buffer.from(value) : value);
    }
    return `${text}}`;
  });
  return `[${lines.join(",")}]`;
}

function scalar(value: Value): string {
  if (typeof value === "bigint") return String(value);
  if (Object.is(value, -0)) return "-0";
  if (value instanceof Uint8Array) return `"\\\\x${Buffer.from(value).toString("hex")}"`;
  return JSON.stringify(value);
}
