import { kindsOf, type Tally } from "./tally.js";

/**
 * How much what is behind different keys is alike:
 * - `same`: one kind; one union that single keys show, too; or objects and arrays of one shape;
 * - `similar`: a few simple kinds, each key with its own: flags that are `true` or a word;
 * - `different`: anything else, as the fields of a record are.
 */
export type Likeness = "same" | "similar" | "different";

const SIMPLE = new Set(["boolean", "number", "string"]);
/** From so few values nobody can tell whether a key has one kind or several. */
const FEW_VALUES = 4;

/** @param isMap whether the keys of a tally's objects are data */
export function likenessOf(tallies: readonly Tally[], isMap: (tally: Tally) => boolean): Likeness {
  const kinds = new Set(tallies.flatMap(kindsOf));
  if (kinds.size > 1) return likenessOfUnion(tallies, kinds);
  if (kinds.has("object")) return haveOneShape(tallies, isMap) ? "same" : "different";
  if (kinds.has("array")) {
    const items = tallies.flatMap((tally) => tally.items ?? []);
    return items.length === 0 ? "same" : likenessOf(items, isMap);
  }
  return "same";
}

/** Fields have one kind each, as a rule: a union behind single keys is one of values. */
function likenessOfUnion(tallies: readonly Tally[], kinds: ReadonlySet<string>): Likeness {
  const often = tallies.filter(({ values, nulls }) => values - nulls >= FEW_VALUES);
  const mixed = often.filter((tally) => kindsOf(tally).length > 1);
  const areSimple = [...kinds].every((kind) => SIMPLE.has(kind));
  if (areSimple && often.length > 0 && mixed.length >= often.length / 2) return "same";
  return areSimple ? "similar" : "different";
}

/**
 * Objects are of one shape if they are maps, share most of their keys with one kind behind each, or
 * have values of one simple kind only.
 */
function haveOneShape(tallies: readonly Tally[], isMap: (tally: Tally) => boolean): boolean {
  const filled = tallies.filter(({ keys, entries }) => keys.length > 0 || entries !== undefined);
  if (filled.every(isMap)) return true;
  const inside = new Map<string, Set<string>>();
  let fields = 0;
  for (const { keys, children } of filled) {
    fields += keys.length;
    for (const [place, key] of keys.entries()) {
      const kinds = inside.get(key) ?? new Set();
      for (const kind of kindsOf(children[place] as Tally)) kinds.add(kind);
      inside.set(key, kinds);
    }
  }
  const all = new Set([...inside.values()].flatMap((kinds) => [...kinds]));
  const [only = "object"] = all;
  if (all.size === 1 && SIMPLE.has(only)) return true;
  const clear = [...inside.values()].filter(({ size }) => size <= 1).length;
  return fields / filled.length >= inside.size / 2 && clear >= inside.size * 0.8;
}
