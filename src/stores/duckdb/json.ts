/** Rows as one JSON text, and how DuckDB takes it apart. */
import { quoted } from "../../core/sql.js";
import type { Column, Row, TableShape } from "../../core/store.js";
import { typeName } from "./types.js";

/** `[{"fact": "BIGINT", …}]`: what the text is made of. */
export function structureOf(table: TableShape): string {
  const fields = table.columns.map((column) => [
    column.name,
    isBlob(column, table) ? "VARCHAR" : typeName(column.type, table),
  ]);
  return JSON.stringify([Object.fromEntries(fields)]);
}

/** The columns out of a structure `r`: bytes travel in hexadecimal, or are those of a text. */
export function valuesOf(table: TableShape): string {
  const values = table.columns.map((column) => {
    const value = `r.${quoted(column.name)}`;
    if (!isBlob(column, table)) return value;
    return column.type === "bytes" ? `unhex(${value})` : `encode(${value})`;
  });
  return values.join(", ");
}

/** Rows as objects by the names of their columns; documents that stay JSON are put in as they are. */
export function objectsOf(
  { columns, jsonKind = "json" }: TableShape,
  rows: readonly Row[],
): string {
  const heads = columns.map(
    ({ name }, index) => `${index === 0 ? "{" : ","}${JSON.stringify(name)}:`,
  );
  const texts = rows.map((row) => {
    let text = "";
    for (const [index, { type }] of columns.entries()) {
      const value = row[index] ?? null;
      text += heads[index] ?? "";
      if (type === "json" && jsonKind === "json" && typeof value === "string") text += value;
      else if (typeof value === "bigint") text += String(value);
      else if (value instanceof Uint8Array) text += `"${Buffer.from(value).toString("hex")}"`;
      else text += JSON.stringify(value);
    }
    return `${text}}`;
  });
  return `[${texts.join(",")}]`;
}

function isBlob({ type }: Column, table: TableShape): boolean {
  return typeName(type, table) === "BLOB";
}
