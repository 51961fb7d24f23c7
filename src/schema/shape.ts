import type { JsonSchema } from "../core/json-schema.js";

/** What a schema allows at one place, said so that a format can be derived from it. */
export interface Shape {
  readonly nullable: boolean;
  /** At most one of each kind, and at most one of map and record; empty for null alone. */
  readonly alternatives: readonly Alternative[];
  /** References that were followed to come here. */
  readonly refs: ReadonlySet<string>;
}

export type Alternative =
  | { readonly kind: "boolean" | "number" | "string" }
  | { readonly kind: "integer"; readonly minimum: number; readonly maximum: number }
  | { readonly kind: "array"; readonly items: JsonSchema; readonly mayBeEmpty: boolean }
  /** Objects whose keys are data. */
  | { readonly kind: "map"; readonly values: JsonSchema; readonly mayBeEmpty: boolean }
  /** Objects whose keys are known; open, if others may come with any value. */
  | { readonly kind: "record"; readonly schema: JsonSchema; readonly open: boolean };

/** Keywords that make a schema mean something that is not read here: then anything may come. */
const UNREAD = [
  "allOf",
  "not",
  "if",
  "patternProperties",
  "prefixItems",
  "dependentSchemas",
].concat(["$dynamicRef", "unevaluatedProperties", "unevaluatedItems"]);

/**
 * Reads a schema. Returns `"any"` for what allows anything, for what refers to itself, and for what
 * uses keywords that are not read: whatever is derived must then take every value.
 *
 * @param root the whole document, for references into it
 * @param refs the references that were followed on the way here
 */
export function shapeOf(
  schema: JsonSchema | boolean,
  root: JsonSchema,
  refs: ReadonlySet<string>,
): Shape | "any" {
  if (typeof schema === "boolean" || UNREAD.some((keyword) => keyword in schema)) return "any";
  if (schema.$ref !== undefined) {
    const target = resolved(schema.$ref, root);
    if (target === undefined || refs.has(schema.$ref)) return "any";
    return shapeOf(target, root, new Set([...refs, schema.$ref]));
  }
  const members = schema.anyOf ?? schema.oneOf;
  if (members !== undefined) {
    if (schema.type !== undefined || schema.properties !== undefined) return "any";
    const shapes = members.map((member) => shapeOf(member, root, refs));
    return shapes.reduce((one, other) =>
      one === "any" || other === "any" ? "any" : joined(one, other),
    );
  }
  const types = typesOf(schema);
  if (types.length === 0) return "any";
  const alternatives = types
    .filter((type) => type !== "null")
    .map((type) => alternative(type, schema));
  const simple = { nullable: false, alternatives: [], refs };
  return alternatives.reduce<Shape>(
    (shape, one) => joined(shape, { nullable: false, alternatives: [one], refs }),
    { ...simple, nullable: types.includes("null") },
  );
}

function typesOf({ type, enum: values, const: value }: JsonSchema): readonly string[] {
  if (type !== undefined) return typeof type === "string" ? [type] : type;
  const constants = values ?? (value === undefined ? [] : [value]);
  const types = new Set(constants.map((one) => (one === null ? "null" : typeof one)));
  return types.has("object") ? [] : [...types];
}

function alternative(type: string, schema: JsonSchema): Alternative {
  const { minimum = -Infinity, maximum = Infinity, items = {}, additionalProperties } = schema;
  switch (type) {
    case "boolean":
    case "number":
    case "string":
      return { kind: type };
    case "integer":
      return { kind: type, minimum, maximum };
    case "array":
      return { kind: type, items: items as JsonSchema, mayBeEmpty: (schema.minItems ?? 0) < 1 };
    default: {
      const isClosed = additionalProperties === false;
      if (schema.properties !== undefined || isClosed) {
        return { kind: "record", schema, open: !isClosed };
      }
      const values = typeof additionalProperties === "object" ? additionalProperties : {};
      return { kind: "map", values, mayBeEmpty: (schema.minProperties ?? 0) < 1 };
    }
  }
}

/** What either of two shapes allows. */
function joined(one: Shape, other: Shape): Shape {
  const alternatives = [...one.alternatives];
  for (const added of other.alternatives) {
    const place = alternatives.findIndex((known) => groupOf(known) === groupOf(added));
    const known = alternatives[place];
    if (known === undefined) alternatives.push(added);
    else alternatives[place] = either(known, added);
  }
  const refs = new Set([...one.refs, ...other.refs]);
  return { nullable: one.nullable || other.nullable, alternatives, refs };
}

function groupOf({ kind }: Alternative): string {
  if (kind === "integer") return "number";
  return kind === "record" ? "map" : kind;
}

/** The one alternative for two of a group: of two kinds of arrays or objects, nothing is known. */
function either(one: Alternative, other: Alternative): Alternative {
  if (one.kind === "array") return { kind: "array", items: {}, mayBeEmpty: true };
  if (one.kind === "map" || one.kind === "record") {
    return { kind: "map", values: {}, mayBeEmpty: true };
  }
  if (one.kind !== "integer" || other.kind !== "integer") {
    return one.kind === "integer" ? other : one;
  }
  return {
    kind: "integer",
    minimum: Math.min(one.minimum, other.minimum),
    maximum: Math.max(one.maximum, other.maximum),
  };
}

/** The schema that a reference into its own document means. */
function resolved(reference: string, root: JsonSchema): JsonSchema | undefined {
  if (!reference.startsWith("#")) return undefined;
  let place: unknown = root;
  for (const step of reference.slice(1).split("/").slice(1)) {
    const key = decodeURIComponent(step).replaceAll("~1", "/").replaceAll("~0", "~");
    if (typeof place !== "object" || place === null || !Object.hasOwn(place, key)) return undefined;
    place = (place as Record<string, unknown>)[key];
  }
  return place as JsonSchema;
}
