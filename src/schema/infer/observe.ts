import { InputError } from "../../core/errors.js";
import { MAX_KEYS } from "./limits.js";
import type { Tally } from "./tally.js";

/** Values below so many levels are not looked into: nobody's fields are there. */
const DEEPEST = 64;
/** No record has more fields, whoever says so. */
const MAX_RECORD_KEYS = 10_000;

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
  const { looksAtOrder } = tally;
  const own = Object.keys(value);
  if (own.length === 0) tally.empty += 1;
  let place = 0;
  let before = -1;
  for (const key of own) {
    if (keys[place] !== key) place = tally.placeOf(key);
    if (looksAtOrder && before !== -1) tally.order.add(before, place);
    observe(children[place] as Tally, value[key], fact, depth + 1);
    before = place;
    place += 1;
  }
  if (keys.length > MAX_KEYS) tooMany(tally);
}

/** So many keys are data, unless a person says otherwise; and then there is an end to it, too. */
function tooMany(tally: Tally): void {
  if (tally.decided?.as !== "record") tally.fold(`map: over ${MAX_KEYS} different keys`);
  else if (tally.keys.length > MAX_RECORD_KEYS) {
    throw new InputError(
      `--record ${tally.decided.path || "."}: it has over ${MAX_RECORD_KEYS} different keys. Leave it out.`,
    );
  }
}
