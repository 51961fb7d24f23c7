import type { JsonSchema } from "../core/json-schema.js";
import { valueOf, type Field } from "./fields.js";

/** Columns that carry every fact of a JSON Schema. */
export interface Columns {
  /**
   * One for each property of a fact: objects are structs, arrays are lists, data-keyed objects are maps,
   * and what `fields.ts` lists is JSON text.
   */
  readonly fields: readonly Field[];
  /** Whether the facts are no record, so that the one column is the whole fact. */
  readonly isWhole: boolean;
}

/** The columns of a JSON Schema, in the order of its properties. */
export function columnsFromJsonSchema(schema: JsonSchema): Columns {
  const { type, nullable } = valueOf(schema);
  if (type.kind === "record" && !nullable) return { fields: type.fields, isWhole: false };
  return { fields: [{ key: "fact", type: { kind: "json" }, absence: "never" }], isWhole: true };
}
