import type { JsonSchema } from "../core/json-schema.js";
import { shapeOf, type Alternative } from "./shape.js";

/**
 * A JSON Schema as formats with typed fields see it: Avro and columns are derived from this, so that
 * one place decides what can be typed and what is carried as JSON text.
 *
 * Carried as JSON text, and so never dropped:
 * - a value of several types, or of none that is named (a mixed array, a union);
 * - a field that may be missing and may be null, since absence can say only one of the two;
 * - an object that names no keys, or that has named keys and lets others be, or a key `__proto__`;
 * - what refers to itself, or says more than `shape.ts` reads.
 *
 * `avro.ts` and `columns.ts` derive from it. A codec whose `layout` is `columnar` has `encodeBatch` and
 * `decodeBatch` instead of `encode` and `decode`: the pipeline gathers 256 facts (`pipeline/fact-writer.ts`
 * says why). `codecs/typed.test.ts` draws schemas and facts that are valid by them, and sends them through
 * every typed codec: it found that avsc changes integers below −2⁵² without a word, which are doubles here
 * therefore.
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

/**
 * What a schema's values are typed as, and whether null is among them.
 *
 * @param root the whole document, for references into it
 * @param refs the references that were followed on the way here
 */
export function valueOf(
  schema: JsonSchema | boolean,
  root: JsonSchema = schema as JsonSchema,
  refs: ReadonlySet<string> = new Set(),
): Value {
  const shape = shapeOf(schema, root, refs);
  if (shape === "any") return JSON_TEXT;
  const [single, ...others] = shape.alternatives;
  if (single === undefined || others.length > 0) return JSON_TEXT;
  const type = typeOf(single, root, shape.refs);
  return type.kind === "json" ? JSON_TEXT : { type, nullable: shape.nullable };
}

/** JSON text says null itself. */
const JSON_TEXT: Value = { type: { kind: "json" }, nullable: false };

function typeOf(single: Alternative, root: JsonSchema, refs: ReadonlySet<string>): FieldType {
  switch (single.kind) {
    case "string":
    case "boolean":
      return { kind: single.kind };
    case "number":
      return { kind: "double" };
    case "integer":
      return integerType(single);
    case "array":
      return saysNothing(single.items)
        ? { kind: "json" }
        : { kind: "list", items: valueOf(single.items, root, refs) };
    case "map":
      return saysNothing(single.values)
        ? { kind: "json" }
        : { kind: "map", values: valueOf(single.values, root, refs) };
    case "record":
      return recordType(single, root, refs);
  }
}

function saysNothing(schema: JsonSchema | boolean): boolean {
  return typeof schema === "boolean" || Object.keys(schema).length === 0;
}

function recordType(
  { schema, open }: Extract<Alternative, { kind: "record" }>,
  root: JsonSchema,
  refs: ReadonlySet<string>,
): FieldType {
  const properties = Object.entries(schema.properties ?? {});
  if (open || properties.length === 0 || properties.some(([key]) => key === "__proto__")) {
    return { kind: "json" };
  }
  const always = new Set(schema.required);
  const fields = properties.map(([key, property]) =>
    fieldOf(key, valueOf(property, root, refs), always.has(key)),
  );
  return { kind: "record", fields };
}

function fieldOf(key: string, { type, nullable }: Value, required: boolean): Field {
  if (nullable && !required) return { key, type: { kind: "json" }, absence: "missing" };
  return { key, type, absence: nullable ? "null" : required ? "never" : "missing" };
}

/** A whole number whose stated bounds a double cannot hold exactly is kept as the double it is. */
function integerType({ minimum, maximum }: { minimum: number; maximum: number }): FieldType {
  const least = minimum === -Infinity ? Number.MIN_SAFE_INTEGER : minimum;
  const most = maximum === Infinity ? Number.MAX_SAFE_INTEGER : maximum;
  if (least >= -0x8000_0000 && most <= 0x7fff_ffff) return { kind: "int32" };
  if (least >= 0 && most <= 0xffff_ffff) return { kind: "uint32" };
  if (least >= Number.MIN_SAFE_INTEGER && most <= Number.MAX_SAFE_INTEGER) {
    return { kind: "int64", least };
  }
  return { kind: "double" };
}
