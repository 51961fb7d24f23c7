import type { JsonSchema } from "../core/json-schema.js";

/** A JSON Schema as the compilers see it: which kinds of value may stand there, and what is in them. */
export interface Plan {
  readonly kinds: ReadonlySet<Kind>;
  /** Where `object` is among the kinds. */
  readonly object?: ObjectPlan;
  /** What the elements are, where `array` is among the kinds. */
  readonly items?: Plan;
  /** The strings that may stand there, where they are few and short. */
  readonly words?: readonly string[];
}

type Kind = "number" | "string" | "boolean" | "null" | "object" | "array";

export interface ObjectPlan {
  readonly properties: readonly PropertyPlan[];
  /** What stands under keys that are not among `properties`. */
  readonly others: Plan;
}

export interface PropertyPlan {
  readonly key: string;
  readonly required: boolean;
  readonly plan: Plan;
}

const KINDS: Readonly<Record<string, Kind>> = {
  integer: "number",
  number: "number",
  string: "string",
  boolean: "boolean",
  null: "null",
  object: "object",
  array: "array",
};

/** Nothing is known: every value takes the general path. */
export const ANYTHING: Plan = { kinds: new Set() };

/**
 * Reads a JSON Schema. A schema is a hint and may lie or hold words that are not understood:
 * nothing depends on it but speed.
 */
export function planOf(schema: JsonSchema): Plan {
  const named: readonly unknown[] = [schema.type ?? []].flat();
  const kinds = new Set<Kind>();
  for (const name of named) {
    if (typeof name !== "string") continue;
    const kind = Object.hasOwn(KINDS, name) ? KINDS[name] : undefined;
    if (kind !== undefined) kinds.add(kind);
  }
  const words = kinds.has("string") ? fewWords(schema.enum) : undefined;
  return {
    kinds,
    ...(words !== undefined && { words }),
    ...(kinds.has("object") && { object: objectPlan(schema) }),
    ...(kinds.has("array") && { items: innerPlan(schema.items) }),
  };
}

const MAX_WORDS = 24;
const MAX_WORD_UNITS = 32;

function fewWords(values: readonly unknown[] | undefined): string[] | undefined {
  const words = Array.isArray(values) ? values.filter((value) => typeof value === "string") : [];
  const fit = words.every((word) => word.length <= MAX_WORD_UNITS);
  return fit && words.length > 0 && words.length <= MAX_WORDS ? words : undefined;
}

function objectPlan({ properties, required, additionalProperties }: JsonSchema): ObjectPlan {
  const needed = new Set(Array.isArray(required) ? required : []);
  return {
    properties: Object.entries(isKeyed(properties) ? properties : {}).map(([key, schema]) => ({
      key,
      required: needed.has(key),
      plan: innerPlan(schema),
    })),
    others: innerPlan(additionalProperties),
  };
}

function isKeyed(value: unknown): value is Readonly<Record<string, JsonSchema>> {
  return typeof value === "object" && value !== null;
}

function innerPlan(schema: JsonSchema | boolean | undefined): Plan {
  return typeof schema === "object" && schema !== null ? planOf(schema) : ANYTHING;
}
