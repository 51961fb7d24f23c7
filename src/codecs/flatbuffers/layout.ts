import { InputError } from "../../core/errors.js";
import type { Field, FieldType, Value } from "../../schema/fields.js";

/** Types whose values stand in the table itself; others stand elsewhere, and the table says where. */
export type Scalar = "boolean" | "double" | "int32" | "uint32" | "int64";

export function scalarOf({ kind }: FieldType): Scalar | undefined {
  return kind === "boolean" ||
    kind === "double" ||
    kind === "int32" ||
    kind === "uint32" ||
    kind === "int64"
    ? kind
    : undefined;
}

/** The bytes of an item in a vector: of a scalar, or of where the item stands. */
export function itemBytes(scalar: Scalar | undefined): number {
  if (scalar === "boolean") return 1;
  return scalar === "double" || scalar === "int64" ? 8 : 4;
}

/** An entry of a map, as a table. */
export function entryFields(values: Value): readonly Field[] {
  return [
    { key: "key", type: { kind: "string" }, absence: "never" },
    { key: "value", type: values.type, absence: values.nullable ? "null" : "never" },
  ];
}

/** The table around an item that no vector can have itself: null, or another vector; else `undefined`. */
export function boxFields({ type, nullable }: Value): readonly Field[] | undefined {
  if (!nullable && type.kind !== "list" && type.kind !== "map") return undefined;
  return [{ key: "value", type, absence: nullable ? "null" : "never" }];
}

/** Places in a table's index are numbers of 16 bits. */
const MOST_FIELDS = 32_000;

export function checkFields(fields: readonly Field[]): void {
  if (fields.length <= MOST_FIELDS) return;
  throw new InputError(
    `flatbuffers: an object with ${fields.length} fields; a table has at most ${MOST_FIELDS}`,
  );
}
