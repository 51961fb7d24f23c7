import thrift from "thrift";
import { InputError } from "../../core/errors.js";
import type { Field, FieldType, Value } from "../../schema/fields.js";

const { Type } = thrift.Thrift;

/** The type of Thrift's that values are written as. It has no whole numbers without a sign. */
export function thriftType({ kind }: FieldType): thrift.Thrift.Type {
  switch (kind) {
    case "boolean":
      return Type.BOOL;
    case "double":
      return Type.DOUBLE;
    case "int32":
      return Type.I32;
    case "uint32":
    case "int64":
      return Type.I64;
    case "string":
    case "json":
      return Type.STRING;
    case "record":
      return Type.STRUCT;
    case "list":
      return Type.LIST;
    case "map":
      return Type.MAP;
  }
}

/** What stands in a list or a map: an item that may be null is a struct, whose one field may be missing. */
export function itemType({ type, nullable }: Value): FieldType {
  if (!nullable) return type;
  return { kind: "record", fields: [{ key: "value", type, absence: "null" }] };
}

/** Numbers of fields have 16 bits. */
const MOST_FIELDS = 32_767;

export function checkFields(fields: readonly Field[]): void {
  if (fields.length <= MOST_FIELDS) return;
  throw new InputError(
    `thrift: an object with ${fields.length} fields; a struct has at most ${MOST_FIELDS}`,
  );
}
