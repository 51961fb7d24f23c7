/** A JSON Schema as the columns of an SQL table. */
import { literal, quoted } from "../core/sql.js";
import type { JsonSchema } from "../core/json-schema.js";
import { columnsFromJsonSchema } from "../schema/columns.js";
import type { FieldType } from "../schema/fields.js";

/** A column of the table `facts`. */
export interface QueryColumn {
  readonly name: string;
  /** As DuckDB writes it: `STRUCT("id" VARCHAR, "level" INTEGER)`. */
  readonly type: string;
}

export interface QueryColumns {
  readonly columns: readonly QueryColumn[];
  /** Whether facts have no columns of their own: the only one, `fact`, is the whole fact as JSON. */
  readonly isWhole: boolean;
  /** Whether an object of typed fields is JSON only because SQL cannot name or tell apart its keys. */
  readonly isFolded: boolean;
}

const WHOLE: Omit<QueryColumns, "isFolded"> = {
  columns: [{ name: "fact", type: "JSON" }],
  isWhole: true,
};

/**
 * The columns that facts of a schema have: objects are structs, arrays lists, data-keyed objects maps. JSON
 * stays what has no one type (`schema/fields.ts`), and an object with a key that SQL cannot name: an empty
 * one, one with a NUL, or two that differ in case only.
 *
 * @param isSampled whether facts that were not seen may have larger whole numbers
 */
export function queryColumns(schema: JsonSchema, isSampled = false): QueryColumns {
  const { fields, isWhole } = columnsFromJsonSchema(schema);
  let isFolded = false;
  const typeOf = (type: FieldType): string => {
    switch (type.kind) {
      case "string":
        return "VARCHAR";
      case "boolean":
        return "BOOLEAN";
      case "double":
        return "DOUBLE";
      case "int32":
        return isSampled ? "BIGINT" : "INTEGER";
      case "uint32":
        return isSampled ? "BIGINT" : "UINTEGER";
      case "int64":
        return "BIGINT";
      case "json":
        return "JSON";
      case "list":
        return `${typeOf(type.items.type)}[]`;
      case "map":
        return `MAP(VARCHAR, ${typeOf(type.values.type)})`;
      case "record": {
        if (!areNames(type.fields.map(({ key }) => key))) {
          isFolded = true;
          return "JSON";
        }
        const inner = type.fields.map((field) => `${quoted(field.key)} ${typeOf(field.type)}`);
        return `STRUCT(${inner.join(", ")})`;
      }
    }
  };
  if (isWhole) return { ...WHOLE, isFolded: false };
  if (!areNames(fields.map(({ key }) => key))) return { ...WHOLE, isFolded: true };
  const columns = fields.map(({ key, type }) => ({ name: key, type: typeOf(type) }));
  return { columns, isWhole: false, isFolded };
}

/** Whether keys can be names beside each other in SQL, where case makes no difference. */
function areNames(keys: readonly string[]): boolean {
  const folded = new Set(keys.map((key) => key.toLowerCase()));
  return folded.size === keys.length && keys.every((key) => key !== "" && !key.includes("\0"));
}

/** `{"player": 'STRUCT(…)'}`: how a reader of files is told of columns. */
export function columnsLiteral(columns: readonly QueryColumn[]): string {
  return `{${columns.map(({ name, type }) => `${quoted(name)}: ${literal(type)}`).join(", ")}}`;
}
