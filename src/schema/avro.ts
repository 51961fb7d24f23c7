import type { JsonSchema } from "../core/json-schema.js";
import { valueOf, type Field, type FieldType, type Value } from "./fields.js";

/** An Avro schema (specification 1.11, "Schema Declaration"), as JSON has it. */
export type AvroSchema = string | AvroSchema[] | { readonly [attribute: string]: unknown };

/** The logical type of strings that are JSON text; "" stands for a field that is missing. */
export const JSON_LOGICAL_TYPE = "json";

/** The attribute of a record that stands for facts which are no Avro record: its one field is the fact. */
export const WHOLE_FACT = "wholeFact";

/** Names that Avro allows, but for one that means something else to JavaScript. */
const AVRO_NAME = /^(?!__proto__$)[A-Za-z_][A-Za-z0-9_]*$/;

/**
 * An Avro schema that carries every fact of a JSON Schema.
 *
 * Objects become records, named by the keys that lead to them; data-keyed objects become maps. What may
 * be null is a union with null. So is what may be missing; that has null as its default, and null means
 * missing. Whole numbers are `int` where 32 bits hold them, else `long`, and `double` where their stated
 * bounds do not keep them to what the library can write exactly. What `fields.ts` lists, and objects with keys that
 * are no Avro names, are strings of JSON text.
 */
export function avroFromJsonSchema(schema: JsonSchema): AvroSchema {
  const name = schema.title ?? "Fact";
  const derivation = new Derivation();
  const { type, nullable } = valueOf(schema);
  if (type.kind === "record" && !nullable && isSayable(type.fields)) {
    return derivation.record(AVRO_NAME.test(name) ? name : "Fact", type.fields, "hellfact");
  }
  const fields = [{ name: "fact", type: JSON_TEXT }];
  return { type: "record", name: "Fact", namespace: "hellfact", [WHOLE_FACT]: true, fields };
}

/** Below it avsc 5.7 writes another number, without a word: its arithmetic is in doubles. */
const MIN_LONG = -(2 ** 52);

const JSON_TEXT = { type: "string", logicalType: JSON_LOGICAL_TYPE };

class Derivation {
  private readonly names = new Set<string>();

  record(wantedName: string, fields: readonly Field[], namespace?: string): AvroSchema {
    const name = this.unusedName(wantedName);
    return {
      type: "record",
      name,
      ...(namespace !== undefined && { namespace }),
      fields: fields.map((field) => this.field(field, wantedName)),
    };
  }

  private field({ key, type, absence }: Field, parent: string): AvroSchema {
    const plain = this.type(type, pascalCase(key, parent));
    if (absence === "never" || isJson(plain)) return { name: key, type: plain };
    const union = { name: key, type: ["null", plain] };
    return absence === "null" ? union : { ...union, default: null };
  }

  private value({ type, nullable }: Value, name: string): AvroSchema {
    const plain = this.type(type, name);
    return nullable && !isJson(plain) ? ["null", plain] : plain;
  }

  /** @param name what a record here is called */
  private type(type: FieldType, name: string): AvroSchema {
    switch (type.kind) {
      case "string":
      case "boolean":
      case "double":
        return type.kind;
      case "json":
        return JSON_TEXT;
      case "int32":
        return "int";
      case "uint32":
        return "long";
      case "int64":
        return type.least >= MIN_LONG ? "long" : "double";
      case "list":
        return { type: "array", items: this.value(type.items, name) };
      case "map":
        return { type: "map", values: this.value(type.values, name) };
      case "record":
        return isSayable(type.fields) ? this.record(name, type.fields) : JSON_TEXT;
    }
  }

  private unusedName(wanted: string): string {
    let name = wanted;
    for (let copy = 2; this.names.has(name); copy++) name = `${wanted}${copy}`;
    this.names.add(name);
    return name;
  }
}

function isSayable(fields: readonly Field[]): boolean {
  return fields.every(({ key }) => AVRO_NAME.test(key));
}

function isJson(schema: AvroSchema): boolean {
  return schema === JSON_TEXT;
}

/** The name of a record that stands at `key` in another one. */
function pascalCase(key: string, parent: string): string {
  const own = AVRO_NAME.test(key) ? key.charAt(0).toUpperCase() + key.slice(1) : "Value";
  return `${parent}${own}`;
}
