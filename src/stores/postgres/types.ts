import type { ColumnType, TableShape } from "../../core/store.js";

const TYPES: Record<ColumnType, string> = {
  integer: "integer",
  bigint: "bigint",
  double: "double precision",
  boolean: "boolean",
  text: "text",
  bytes: "bytea",
  json: "jsonb",
};

/** The name of a column's type. */
export function typeName(type: ColumnType, { jsonKind = "jsonb" }: TableShape): string {
  if (type !== "json") return TYPES[type];
  return jsonKind === "jsonb-lz4" ? "jsonb" : jsonKind;
}

/** A column's type as it stands in a table's definition. */
export function definition(type: ColumnType, table: TableShape): string {
  const isLz4 = type === "json" && table.jsonKind === "jsonb-lz4";
  return `${typeName(type, table)}${isLz4 ? " COMPRESSION lz4" : ""}`;
}

/** What a column is on the wire; a document is text, binary JSON, or bytes, as its column keeps it. */
export type WireType = Exclude<ColumnType, "json"> | "jsonb" | "text-bytes";

export function wireTypes({ columns, jsonKind = "jsonb" }: TableShape): WireType[] {
  return columns.map(({ type }) => {
    if (type !== "json") return type;
    if (jsonKind === "bytea") return "text-bytes";
    return jsonKind.startsWith("jsonb") ? "jsonb" : "text";
  });
}
