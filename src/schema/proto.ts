import { InputError } from "../core/errors.js";
import { formatPath, type Path } from "../core/fact.js";
import type { JsonSchema } from "../core/json-schema.js";

/** Field options by which a `.proto` says what JSON can and protobuf alone cannot. */
const EXTENSION = `
import "google/protobuf/descriptor.proto";

extend google.protobuf.FieldOptions {
  // The field is always there, and null: absent on the wire means null.
  optional bool nullable = 50000;
  // The array or map may be missing: empty on the wire means missing.
  optional bool omittable = 50001;
}
`;

/**
 * A `.proto` (proto2) that carries every fact of a JSON Schema.
 *
 * Objects become messages, named by the keys that lead to them; data-keyed objects become maps;
 * arrays become repeated fields, packed where they hold numbers. A required property is `required`,
 * so that zeros and empty strings are there again after decoding. Integers take the narrowest type
 * that their minimum and maximum allow, and 64 bits without them. Fields are numbered in the order
 * of the schema's properties. Two options say the rest: see `EXTENSION`.
 *
 * Throws an `InputError` naming the path of whatever protobuf cannot say.
 */
export function protoFromJsonSchema(schema: JsonSchema): string {
  const derivation = new Derivation();
  derivation.message(schema.title ?? "Fact", schema, []);
  const messages = derivation.messages.join("\n\n");
  return `syntax = "proto2";\n\npackage hellfact;\n${EXTENSION}\n${messages}\n`;
}

class Derivation {
  /** The text of each message, the outermost first. */
  readonly messages: string[] = [];
  private readonly names = new Set<string>();

  /** Adds the message for `schema` and all those below it; returns its name. */
  message(wantedName: string, schema: JsonSchema, path: Path): string {
    const name = this.unusedName(wantedName);
    const place = this.messages.push("") - 1;
    const required = new Set(schema.required);
    const fields = Object.entries(schema.properties ?? {}).map(
      ([key, property], index) =>
        `  ${this.field(key, index + 1, property, required.has(key), [...path, key])}`,
    );
    this.messages[place] = [`message ${name} {`, ...fields, "}"].join("\n");
    return name;
  }

  private field(
    key: string,
    number: number,
    schema: JsonSchema,
    required: boolean,
    path: Path,
  ): string {
    if (!/^[A-Za-z_]\w*$/.test(key)) throw unsayable(path, "a field name like this");
    const { type, nullable } = typeOf(schema, path);
    const options: string[] = [];
    let declaration: string;
    if (type === "array" || isMap(schema)) {
      if (nullable) throw unsayable(path, "an array or map that may be null");
      if (!required) options.push("(omittable) = true");
      if (type === "array") {
        const items = schema.items ?? {};
        declaration = `repeated ${this.valueType(items, path)}`;
        if (isNumeric(items)) options.push("packed = true");
      } else {
        declaration = `map<string, ${this.valueType(mapValues(schema), path)}>`;
      }
    } else {
      if (nullable && !required) throw unsayable(path, "a field that may be missing or null");
      if (nullable) options.push("(nullable) = true");
      declaration = `${required && !nullable ? "required" : "optional"} ${this.valueType(schema, path)}`;
    }
    const suffix = options.length > 0 ? ` [${options.join(", ")}]` : "";
    return `${declaration} ${key} = ${number}${suffix};`;
  }

  /** The protobuf type of a single value. */
  private valueType(schema: JsonSchema, path: Path): string {
    const { type } = typeOf(schema, path);
    switch (type) {
      case "string":
        return "string";
      case "boolean":
        return "bool";
      case "number":
        return "double";
      case "integer":
        return integerType(schema);
      case "object":
        if (isMap(schema)) throw unsayable(path, "a map inside an array or a map");
        return this.message(path.map((step) => pascalCase(String(step))).join(""), schema, path);
      default:
        throw unsayable(path, `the type ${JSON.stringify(type)} here`);
    }
  }

  private unusedName(wanted: string): string {
    let name = wanted;
    for (let copy = 2; this.names.has(name); copy++) name = `${wanted}${copy}`;
    this.names.add(name);
    return name;
  }
}

/** The one type of a schema, and whether null is allowed beside it. */
function typeOf(schema: JsonSchema, path: Path): { type: string; nullable: boolean } {
  const types = typeof schema.type === "string" ? [schema.type] : (schema.type ?? []);
  const [type, ...others] = types.filter((name) => name !== "null");
  if (type === undefined || others.length > 0) {
    throw unsayable(path, "a value of several types, or of none");
  }
  return { type, nullable: types.includes("null") };
}

function isMap(schema: JsonSchema): boolean {
  return schema.properties === undefined && typeof schema.additionalProperties === "object";
}

function mapValues(schema: JsonSchema): JsonSchema {
  return typeof schema.additionalProperties === "object" ? schema.additionalProperties : {};
}

function isNumeric(schema: JsonSchema): boolean {
  return schema.type === "integer" || schema.type === "number";
}

function integerType({ minimum = -Infinity, maximum = Infinity }: JsonSchema): string {
  if (minimum >= 0) return maximum <= 0xffff_ffff ? "uint32" : "uint64";
  return minimum >= -0x8000_0000 && maximum <= 0x7fff_ffff ? "sint32" : "sint64";
}

function pascalCase(key: string): string {
  return key.charAt(0).toUpperCase() + key.slice(1);
}

function unsayable(path: Path, what: string): InputError {
  return new InputError(`the schema's ${formatPath(path) || "root"}: protobuf cannot say ${what}`);
}
