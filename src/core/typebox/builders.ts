/** The makers of schemas that are used, with the types that they make. */
import { Unsafe, type TRecord, type TSchema, type TString, type TUnion } from "typebox/type";

export {
  Array,
  Boolean,
  Integer,
  Literal,
  Null,
  Number,
  Object,
  Optional,
  String,
  Tuple,
  Unknown,
  Unsafe,
} from "typebox/type";
export type * from "typebox/type";

// TypeBox's own makers of these two come with an engine of 70 kB that evaluates types.

/** What one of some schemas takes. */
export function Union<const Types extends TSchema[]>(anyOf: [...Types]): TUnion<Types> {
  return Unsafe({ anyOf }) as unknown as TUnion<Types>;
}

/** An object with any keys, whose values are of one schema. */
export function Record<Values extends TSchema>(
  _keys: TString,
  values: Values,
): TRecord<"^.*$", Values> {
  const schema = { type: "object", additionalProperties: values };
  return Unsafe(schema) as unknown as TRecord<"^.*$", Values>;
}
