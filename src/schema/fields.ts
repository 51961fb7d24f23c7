import type { JsonSchema } from "../core/json-schema.js";

/**
 * A JSON Schema as formats with typed fields see it: Avro and columns are derived from this, so that
 * one place decides what can be typed and what is carried as JSON text.
 *
 * Carried as JSON text, and so never dropped:
 * - a value of several types, or of none that is named (a mixed array, a union);
 * - a field that may be missing and may be null, since absence can say only one of the two;
 * - an object that names no keys, or that has named keys and lets others be, or a key `__proto__`.
 */
export type FieldType =
  | { readonly kind: "string" | "boolean" | "double" | "json" }
  /** Whole numbers of 32 bits, with or without a sign. */
  | { readonly kind: "int32" | "uint32" }
  /** Whole numbers of up to 53 bits, from `least` on. */
  | { readonly kind: "int64"; readonly least: number }
  | { readonly kind: "record"; readonly fields: readonly Field[] }
  | { readonly kind: "map"; readonly values: Value }
  | { readonly kind: "list"; readonly items: Value };

/** What stands in a list or a map. */
export interface Value {
  readonly type: FieldType;
  readonly nullable: boolean;
}

/** A property of a record. */
export interface Field {
  readonly key: string;
  readonly type: FieldType;
  /** What it means if there is no value: it cannot be, the property is missing, or it is null. */
  readonly absence: "never" | "missing" | "null";
}

/** What a schema's values are typed as, and whether null is among them. */
export function valueOf(schema: JsonSchema): Value {
  const types = typeof schema.type === "string" ? [schema.type] : (schema.type ?? []);
  const [type, ...others] = types.filter((name) => name !== "null");
  if (type === undefined || others.length > 0) return JSON_TEXT;
  const own = typeNamed(type, schema);
  return own.kind === "json" ? JSON_TEXT : { type: own, nullable: types.includes("null") };
}

/** JSON text says null itself. */
const JSON_TEXT: Value = { type: { kind: "json" }, nullable: false };

function typeNamed(type: string, schema: JsonSchema): FieldType {
  switch (type) {
    case "string":
    case "boolean":
      return { kind: type };
    case "number":
      return { kind: "double" };
    case "integer":
      return integerType(schema);
    case "array":
      return schema.items === undefined
        ? { kind: "json" }
        : { kind: "list", items: valueOf(schema.items) };
    case "object":
      return objectType(schema);
    default:
      return { kind: "json" };
  }
}

function objectType({ properties, required, additionalProperties }: JsonSchema): FieldType {
  if (properties === undefined) {
    return typeof additionalProperties === "object"
      ? { kind: "map", values: valueOf(additionalProperties) }
      : { kind: "json" };
  }
  // Without a word about other keys there are none, as in the `.proto`.
  const isOpen = (additionalProperties ?? false) !== false;
  const keys = Object.keys(properties);
  if (isOpen || keys.length === 0 || keys.includes("__proto__")) return { kind: "json" };
  const always = new Set(required);
  const fields = Object.entries(properties).map(([key, property]) =>
    fieldOf(key, valueOf(property), always.has(key)),
  );
  return { kind: "record", fields };
}

function fieldOf(key: string, { type, nullable }: Value, required: boolean): Field {
  if (nullable && !required) return { key, type: { kind: "json" }, absence: "missing" };
  return { key, type, absence: nullable ? "null" : required ? "never" : "missing" };
}

/** A whole number whose stated bounds a double cannot hold exactly is kept as the double it is. */
function integerType({ minimum, maximum }: JsonSchema): FieldType {
  const least = minimum ?? Number.MIN_SAFE_INTEGER;
  const most = maximum ?? Number.MAX_SAFE_INTEGER;
  if (least >= -0x8000_0000 && most <= 0x7fff_ffff) return { kind: "int32" };
  if (least >= 0 && most <= 0xffff_ffff) return { kind: "uint32" };
  if (least >= Number.MIN_SAFE_INTEGER && most <= Number.MAX_SAFE_INTEGER) {
    return { kind: "int64", least };
  }
  return { kind: "double" };
}
