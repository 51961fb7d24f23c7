import type { JsonSchema } from "../src/core/json-schema.js";

/** More different keys than this in one place are data. */
const MAX_KEYS = 120;

/** The narrowest schema that all `values` fit: enough to try compilers on documents of any shape. */
export function schemaOf(values: readonly unknown[]): JsonSchema {
  const type = [...new Set(values.map(kindOf))];
  const objects = values.filter((value) => kindOf(value) === "object") as Record<string, unknown>[];
  const arrays = values.filter((value) => Array.isArray(value)) as unknown[][];
  return {
    type,
    ...(objects.length > 0 && objectSchema(objects)),
    ...(arrays.length > 0 && { items: schemaOf(arrays.flat()) }),
  };
}

function kindOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  return typeof value;
}

function objectSchema(objects: readonly Record<string, unknown>[]): JsonSchema {
  const keys = inOrder(objects.map((object) => Object.keys(object)));
  if (keys.length > MAX_KEYS || (keys.length > 0 && keys.every((key) => /^\d+$/.test(key)))) {
    return { additionalProperties: schemaOf(objects.flatMap((object) => Object.values(object))) };
  }
  return {
    properties: Object.fromEntries(
      keys.map((key) => {
        const having = objects.filter((object) => Object.hasOwn(object, key));
        return [key, schemaOf(having.map((object) => object[key]))];
      }),
    ),
    required: keys.filter((key) => objects.every((object) => Object.hasOwn(object, key))),
  };
}

/** All keys of the lists: each new one behind the key that it follows. */
function inOrder(lists: readonly string[][]): string[] {
  const order: string[] = [];
  for (const list of lists) {
    let behind = 0;
    for (const key of list) {
      const known = order.indexOf(key);
      if (known >= 0) behind = known + 1;
      else order.splice(behind++, 0, key);
    }
  }
  return order;
}
