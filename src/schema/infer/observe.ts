import { MAX_KEYS } from "./map-rule.js";
import type { Tally } from "./tally.js";

/** Values below so many levels are not looked into: nobody's fields are there. */
const DEEPEST = 64;

/** Counts a value and everything inside it into a tally and those below it. */
export function observe(tally: Tally, value: unknown, fact: number, depth = 0): void {
  tally.count(value, fact);
  if (typeof value !== "object" || value === null) return;
  if (depth >= DEEPEST) {
    tally.unseen += 1;
    return;
  }
  if (Array.isArray(value)) {
    if (value.length === 0) return;
    const items = tally.itemsOrNew();
    for (const item of value as unknown[]) observe(items, item, fact, depth + 1);
  } else if (tally.entries !== undefined) {
    for (const key of Object.keys(value)) {
      observe(tally.entries, (value as Record<string, unknown>)[key], fact, depth + 1);
    }
  } else {
    observeFields(tally, value as Record<string, unknown>, fact, depth);
  }
}

/** Keys mostly come in the order they had before, and then need no look-up. */
function observeFields(
  tally: Tally,
  value: Record<string, unknown>,
  fact: number,
  depth: number,
): void {
  const { keys, children } = tally;
  let place = 0;
  for (const key of Object.keys(value)) {
    if (keys[place] !== key) place = tally.placeOf(key);
    observe(children[place] as Tally, value[key], fact, depth + 1);
    place += 1;
  }
  if (keys.length > MAX_KEYS) tally.fold(`map: over ${MAX_KEYS} different keys`);
}
