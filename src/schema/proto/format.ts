import { quotedKey } from "./names.js";
import { Numbers } from "./previous.js";

/** Label and type of a field, without its name. */
export interface Declaration {
  readonly label: "required" | "optional" | "repeated" | "";
  readonly type: string;
  readonly options: readonly string[];
}

const SCALARS = new Set(["string", "bool", "double", "uint32", "uint64", "sint32", "sint64"]);

/** The fields of a union, by number: the same in every file. */
export const UNION_FIELDS = [
  "nothing",
  "boolean",
  "integer",
  "number",
  "text",
  "list",
  "map",
  "record",
];

export const NULLABLE = "(nullable) = true";
export const OMITTABLE = "(omittable) = true";

export function isPacked(type: string): boolean {
  return SCALARS.has(type) && type !== "string" && type !== "bool";
}

/** The name of the message inside `repeated X` or `map<string, X>`. */
export function bareType(type: string): string {
  return type.replace(/^repeated /, "").replace(/^map<string, (.*)>$/, "$1");
}

/** A type without the names of messages, which the wire does not know. */
export function kindOnWire(type: string): string {
  const bare = bareType(type);
  return SCALARS.has(bare) ? type : type.replace(bare, "message");
}

export function fieldLine(
  name: string,
  number: number,
  key: string,
  declared: Declaration,
): string {
  const { label, type, options } = declared;
  const all = name === key ? options : [...options, `(key) = "${quotedKey(key)}"`];
  const suffix = all.length > 0 ? ` [${all.join(", ")}]` : "";
  return `${label === "" ? "" : `${label} `}${type} ${name} = ${number}${suffix};`;
}

export function unionLine([name, type]: [name: string, type: string]): string {
  return `optional ${type} ${name} = ${UNION_FIELDS.indexOf(name) + 1};`;
}

export function message(name: string, { reserved }: Numbers, lines: readonly string[]): string {
  const gone = reserved.length === 0 ? [] : [`reserved ${reserved.join(", ")};`];
  return [`message ${name} {`, ...[...gone, ...lines].map((line) => `  ${line}`), "}"].join("\n");
}

export function standIn(
  name: string,
  standsFor: string,
  lines: readonly string[],
  numbers: Numbers = new Numbers(undefined),
): string {
  return message(name, numbers, [`option (stands_for) = "${standsFor}";`, ...lines]);
}

export function integerType({ minimum, maximum }: { minimum: number; maximum: number }): string {
  if (minimum >= 0) return maximum <= 0xffff_ffff ? "uint32" : "uint64";
  return minimum >= -0x8000_0000 && maximum <= 0x7fff_ffff ? "sint32" : "sint64";
}

/** The field of a union's message for each kind of value. */
export const UNION_FIELD_OF = {
  boolean: "boolean",
  string: "text",
  array: "list",
  map: "map",
  record: "record",
} as const;
