/** How large a schema may be that somebody gives: beyond this, what compiles it runs out of stack, or of time. */
import { InputError } from "../core/errors.js";

/** Objects and lists inside each other. */
export const MAX_SCHEMA_DEPTH = 200;
/** Properties of one object. */
export const MAX_PROPERTIES = 2000;
/** Objects and lists in all. */
export const MAX_SCHEMA_PARTS = 10_000;

/** What stands behind these is a value, and no schema. */
const VALUES = new Set(["const", "enum", "default", "examples"]);
/** Keywords whose schemas are applied to the same value: a circle of these never comes to an end. */
const IN_PLACE = ["anyOf", "oneOf", "allOf", "not", "if", "then", "else", "dependentSchemas"];

interface Place {
  readonly value: object;
  readonly path: readonly string[];
}

/**
 * Throws an `InputError` naming the schema, the place and the limit that it exceeds.
 *
 * @returns the most properties that one object has
 */
export function checkSchemaLimits(schema: object, name: string): number {
  const waiting: Place[] = [{ value: schema, path: [] }];
  let parts = 0;
  let widest = 0;
  for (let place = waiting.pop(); place !== undefined; place = waiting.pop()) {
    const { value, path } = place;
    parts += 1;
    if (parts > MAX_SCHEMA_PARTS) {
      throw new InputError(
        `${name} has more than ${MAX_SCHEMA_PARTS} objects and lists in it, which is the most. Give a smaller schema.`,
      );
    }
    if (path.length > MAX_SCHEMA_DEPTH) {
      throw new InputError(
        `${name} at ${pointer(path)}: nested more than ${MAX_SCHEMA_DEPTH} deep, which is the most. Give a flatter schema.`,
      );
    }
    const entries = Object.entries(value);
    if (path.at(-1) === "properties") widest = Math.max(widest, entries.length);
    if (widest > MAX_PROPERTIES) {
      throw new InputError(
        `${name} at ${pointer(path)}: ${entries.length} properties, and ${MAX_PROPERTIES} are the most. Describe keys that are data by additionalProperties.`,
      );
    }
    for (const [key, inner] of entries as [string, unknown][]) {
      if (typeof inner !== "object" || inner === null || VALUES.has(key)) continue;
      waiting.push({ value: inner, path: [...path, key] });
    }
  }
  const circle = circleIn(schema);
  if (circle !== undefined) {
    throw new InputError(
      `${name} at ${circle}: refers to itself for the same value, so nothing can be checked by it.`,
    );
  }
  return widest;
}

function pointer(path: readonly string[]): string {
  const first = path.slice(0, 6).join("/");
  return `#/${first}${path.length > 6 ? "/…" : ""}`;
}

/** The first reference that comes back to where it stands without a step into the value. */
function circleIn(root: object): string | undefined {
  const done = new Set<unknown>();
  const open = new Set<unknown>();
  const leadsBack = (schema: unknown): string | undefined => {
    if (typeof schema !== "object" || schema === null || done.has(schema)) return undefined;
    open.add(schema);
    const { $ref } = schema as { readonly $ref?: unknown };
    const target = typeof $ref === "string" ? targetOf($ref, root) : undefined;
    if (target !== undefined && open.has(target)) return String($ref);
    const applied = [target, ...IN_PLACE.map((key) => (schema as Record<string, unknown>)[key])];
    for (const one of applied) {
      const members = Array.isArray(one) ? (one as unknown[]) : [one];
      for (const member of members) {
        const found = leadsBack(member);
        if (found !== undefined) return found;
      }
    }
    open.delete(schema);
    done.add(schema);
    return undefined;
  };
  const every: unknown[] = [root];
  for (let schema = every.pop(); schema !== undefined; schema = every.pop()) {
    const found = leadsBack(schema);
    if (found !== undefined) return found;
    every.push(
      ...Object.values(schema as object).filter((one) => typeof one === "object" && one !== null),
    );
  }
  return undefined;
}

function targetOf(reference: string, root: object): unknown {
  if (!reference.startsWith("#")) return undefined;
  let place: unknown = root;
  for (const step of reference.slice(1).split("/").slice(1)) {
    let key = step;
    try {
      key = decodeURIComponent(step);
    } catch {
      // it stands there as it is
    }
    key = key.replaceAll("~1", "/").replaceAll("~0", "~");
    if (typeof place !== "object" || place === null || !Object.hasOwn(place, key)) return undefined;
    place = (place as Record<string, unknown>)[key];
  }
  return place;
}
