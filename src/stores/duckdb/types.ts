import type { ColumnType, TableShape } from "../../core/store.js";

/** How DuckDB calls the types of columns. */
const TYPES: Record<ColumnType, string> = {
  integer: "INTEGER",
  bigint: "BIGINT",
  double: "DOUBLE",
  boolean: "BOOLEAN",
  text: "VARCHAR",
  bytes: "BLOB",
  json: "JSON",
};

const JSON_KINDS: Record<string, string> = { json: "JSON", text: "VARCHAR", blob: "BLOB" };

/** The name of a column's type. */
export function typeName(type: ColumnType, { jsonKind }: Pick<TableShape, "jsonKind">): string {
  return type === "json" ? (JSON_KINDS[jsonKind ?? "json"] ?? "JSON") : TYPES[type];
}
