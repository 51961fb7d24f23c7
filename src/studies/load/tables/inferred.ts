/** Facts of any kind as rows: a column for each plain field, and documents of the others. */
import type { Fact } from "../../../core/fact.js";
import type { JsonSchema } from "../../../core/json-schema.js";
import type { Column, ColumnType, Row, TableShape, Value } from "../../../core/store.js";
import { valueOf, type Field, type FieldType } from "../../../schema/fields.js";
import { repeating, type LoadTable } from "./table.js";

/** A pool of facts by their schema, over and over. */
export function inferredTable(
  facts: readonly Fact[],
  schema: JsonSchema,
  jsonKind?: string,
): LoadTable {
  const fields = fieldsOf(schema);
  const shape: TableShape = {
    name: "input",
    columns: [
      { name: "hellfact_number", type: "bigint" },
      ...fields.map(({ key, type }): Column => ({ name: key, type: columnType(type) })),
    ],
    ...(jsonKind !== undefined && { jsonKind }),
  };
  const rowOf = (fact: Fact, number: number): Row => [
    number,
    ...fields.map(({ key, type }) => columnValue(fact[key], columnType(type))),
  ];
  return {
    shape,
    before: [],
    *rows(count) {
      for (let number = 0; number < count; number++) {
        yield rowOf(facts[number % facts.length] as Fact, number);
      }
    },
    setBased: { staged: facts.map(rowOf), query: repeating(shape, facts.length) },
  };
}

/** The fields of a fact; those that its schema does not name are in none of them. */
function fieldsOf(schema: JsonSchema): readonly Field[] {
  const { type } = valueOf(schema);
  return type.kind === "record" ? type.fields : [];
}

function columnType(type: FieldType): ColumnType {
  switch (type.kind) {
    case "string":
      return "text";
    case "boolean":
      return "boolean";
    case "double":
      return "double";
    case "int32":
      return "integer";
    case "uint32":
    case "int64":
      return "bigint";
    case "json":
    case "record":
    case "map":
    case "list":
      return "json";
  }
}

/** A missing field and a null are both NULL, in a column that is no document. */
function columnValue(value: unknown, type: ColumnType): Value {
  if (value === undefined) return null;
  return type === "json" ? JSON.stringify(value) : (value as Value);
}
