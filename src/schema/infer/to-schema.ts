import type { JsonSchema, KeysMark } from "../../core/json-schema.js";
import type { Tally } from "./tally.js";

/** Ranges that integers are given: the narrowest of them that holds everything seen. */
const RANGES: readonly (readonly [least: number, greatest: number])[] = [
  [0, 2 ** 32 - 1],
  [-(2 ** 31), 2 ** 31 - 1],
  [0, Number.MAX_SAFE_INTEGER],
  [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
];

/** The JSON Schema of what a tally has seen, in which maps are told from records already. */
export function schemaOf(tally: Tally): JsonSchema {
  // Nothing was seen, or not everything: anything may come.
  if (tally.values === 0 || tally.unseen > 0) return {};
  const kinds: JsonSchema[] = [];
  if (tally.booleans > 0) kinds.push({ type: "boolean" });
  if (tally.integers + tally.decimals > 0) kinds.push(numberSchema(tally));
  if (tally.strings > 0) kinds.push({ type: "string" });
  if (tally.arrays > 0) {
    kinds.push({ type: "array", items: tally.items === undefined ? {} : schemaOf(tally.items) });
  }
  if (tally.objects > 0) kinds.push(objectSchema(tally));
  const nullable = tally.nulls > 0;
  const [only] = kinds;
  if (only === undefined) return { type: "null" };
  if (kinds.length > 1) return { anyOf: nullable ? [...kinds, { type: "null" }] : kinds };
  return nullable ? { ...only, type: [only.type as string, "null"] } : only;
}

function numberSchema({ decimals, least, greatest }: Tally): JsonSchema {
  if (decimals > 0) return { type: "number" };
  const range = RANGES.find(([minimum, maximum]) => minimum <= least && greatest <= maximum);
  const [minimum, maximum] = range as readonly [number, number];
  return { type: "integer", minimum, maximum };
}

function objectSchema(tally: Tally): JsonSchema {
  const { entries, keys, children, objects } = tally;
  const mark = markOf(tally);
  if (entries !== undefined) {
    return { type: "object", ...mark, additionalProperties: schemaOf(entries) };
  }
  // Only empty ones were seen: whatever may come has keys that nobody knows yet.
  if (keys.length === 0) return { type: "object", additionalProperties: {} };
  const fields = keys.map((key, place) => ({ key, child: children[place] as Tally }));
  return {
    type: "object",
    ...mark,
    properties: Object.fromEntries(fields.map(({ key, child }) => [key, schemaOf(child)])),
    required: fields.filter(({ child }) => child.values === objects).map(({ key }) => key),
    additionalProperties: false,
  };
}

/** What is to be known of the keys besides; nothing where the rule is sure of them. */
function markOf({ judgement, entries }: Tally): { "x-keys"?: KeysMark } {
  if (judgement === undefined || (judgement.sure && !judgement.byPerson)) return {};
  const are = entries === undefined ? "fields" : "data";
  const by = judgement.byPerson ? "person" : "unsure rule";
  return { "x-keys": { are, because: judgement.because, by } };
}
