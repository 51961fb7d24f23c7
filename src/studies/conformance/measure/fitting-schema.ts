import type { JsonSchema } from "../../../core/json-schema.js";

/**
 * The schema that somebody who knows the value would write for it: integers are integers, every
 * key is required, arrays hold what their elements are. `undefined` for what no JSON Schema can
 * say, such as a Date.
 */
export function fittingSchema(value: unknown): JsonSchema | undefined {
  switch (typeof value) {
    case "string":
    case "boolean":
      return { type: typeof value };
    case "number":
      return { type: Number.isInteger(value) && !Object.is(value, -0) ? "integer" : "number" };
    case "bigint":
      return { type: "integer" };
    case "object":
      if (value === null) return { type: "null" };
      if (Array.isArray(value)) return arraySchema(value);
      return Object.prototype.toString.call(value) === "[object Object]"
        ? objectSchema(Object.entries(value))
        : undefined;
    default:
      return undefined;
  }
}

/** The schema of an object with these keys, in this order. */
function objectSchema(entries: readonly (readonly [string, unknown])[]): JsonSchema | undefined {
  const properties: [string, JsonSchema][] = [];
  for (const [key, value] of entries) {
    const schema = fittingSchema(value);
    if (schema === undefined) return undefined;
    properties.push([key, schema]);
  }
  return {
    type: "object",
    properties: Object.fromEntries(properties),
    required: properties.map(([key]) => key),
    additionalProperties: false,
  };
}

function arraySchema(items: readonly unknown[]): JsonSchema | undefined {
  const schemas = new Map<string, JsonSchema>();
  for (const item of items) {
    const schema = fittingSchema(item);
    if (schema === undefined) return undefined;
    schemas.set(JSON.stringify(schema), schema);
  }
  const [first, ...others] = schemas.values();
  if (first === undefined) return { type: "array", items: { type: "string" } };
  if (others.length === 0) return { type: "array", items: first };
  const types = [first, ...others].flatMap(({ type = [] }) => type);
  return types.some((type) => type === "object" || type === "array")
    ? undefined
    : { type: "array", items: { type: [...new Set(types)] } };
}
