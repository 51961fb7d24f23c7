/** Paths of facts as SQL writes them, for suggestions and completion. */
import { quoted } from "../core/sql.js";
import type { JsonSchema } from "../core/json-schema.js";
import { columnsFromJsonSchema } from "../schema/columns.js";
import type { Field, FieldType } from "../schema/fields.js";

const MAX_PATHS = 5_000;
const MAX_DEPTH = 12;

/**
 * What can be written in SQL of a schema's facts: `player.id`, `"a.b"`. A list is a path of its own, to
 * be unnested, and what is in it is written as after that: `runs`, and `runs[1].speed` for one of it.
 */
export function sqlPathsOf(schema: JsonSchema): string[] {
  const { fields, isWhole } = columnsFromJsonSchema(schema);
  const paths: string[] = [];
  const visit = (type: FieldType, path: string, depth: number): void => {
    // An empty name is no name in SQL.
    if (paths.length >= MAX_PATHS || depth > MAX_DEPTH || path.endsWith('""')) return;
    paths.push(path);
    if (type.kind === "record") {
      for (const field of type.fields) visit(field.type, `${path}.${sqlName(field)}`, depth + 1);
    } else if (type.kind === "list" && type.items.type.kind === "record") {
      for (const field of type.items.type.fields) {
        visit(field.type, `${path}[1].${sqlName(field)}`, depth + 1);
      }
    }
  };
  if (isWhole) return ["fact"];
  for (const field of fields) visit(field.type, sqlName(field), 0);
  return paths;
}

function sqlName({ key }: Field): string {
  return /^[a-z_][a-z0-9_]*$/i.test(key) && !RESERVED.has(key.toLowerCase()) ? key : quoted(key);
}

/** Words that DuckDB takes for its own where a column's name could stand. */
const RESERVED = new Set(
  (
    "all analyse analyze and anti any array as asc asof asymmetric both case cast check collate column " +
    "constraint create cross current_date current_timestamp default deferrable desc describe distinct do else end except false fetch " +
    "for foreign from full glob grant group having in inner initially intersect into is isnull join lambda lateral " +
    "leading left like limit localtime natural not notnull null offset on only or order outer pivot " +
    "placing positional primary qualify references returning right select semi show similar some " +
    "summarize symmetric table tablesample then to trailing true union unique unpivot using variadic when where window with"
  ).split(" "),
);
