import { kindsOf, type Tally } from "./tally.js";

/** More keys than this are data, whatever they look like. */
export const MAX_KEYS = 1000;
/** A record with as many fields, all of one kind, is rarer than a map seen once. */
const MANY_KEYS = 100;
const SOME_KEYS = 8;
const LONGEST_NAME = 200;

/** Keys that no class of objects should have as a field, whatever they mean. */
const NEVER_FIELDS = new Set(["__proto__", "$unknowns"]);

/** Numbers, dates, UUIDs, long hexadecimal: nobody calls a field so. */
const DATA =
  /^(?:-?\d+(?:\.\d+)?|\d{4}-\d\d-\d\d.*|[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}|(?=.*\d)[\da-f]{16,})$/i;

/**
 * Why the keys of these objects are data, so that they are a map and no record; `undefined` for a
 * record. They are data
 * - if there are more than a thousand of them, or one is no name for a field (`__proto__`, or longer
 *   than 200 characters);
 * - if all of them look like data: numbers, dates, UUIDs, hexadecimal;
 * - if all that is behind them is of one kind, there are 8 or more, and two objects or more have on
 *   average fewer than half of them; or there is one object that has 100 or more.
 * Everything else is a record. A record taken for a map costs bytes and time, never content.
 */
export function mapReason(tally: Tally): string | undefined {
  const { keys, children, objects } = tally;
  if (tally.entries !== undefined) return tally.reason;
  if (keys.length === 0) return undefined;
  const seen = `${keys.length} different key${keys.length === 1 ? "" : "s"} in ${objects} objects`;
  if (keys.length > MAX_KEYS) return `map: over ${MAX_KEYS} different keys`;
  const odd = keys.find(neverField);
  if (odd !== undefined) return `map: a key is ${odd.length > LONGEST_NAME ? "very long" : odd}`;
  if (keys.every((key) => DATA.test(key))) return `map: keys look like data, such as ${keys[0]}`;
  if (keys.length < SOME_KEYS || !areAlike(children)) return undefined;
  const present = children.reduce((sum, { values }) => sum + values, 0);
  const isSparse = objects > 1 && present / objects < keys.length / 2;
  const isWide = objects === 1 && keys.length >= MANY_KEYS;
  return isSparse || isWide ? `map: ${seen}, all of one kind` : undefined;
}

export function neverField(key: string): boolean {
  return NEVER_FIELDS.has(key) || key.length > LONGEST_NAME;
}

/**
 * Whether all are of the same single kind; and objects, if they are maps, share most of their keys, or
 * have values of one simple kind only.
 */
function areAlike(tallies: readonly Tally[]): boolean {
  const kinds = new Set(tallies.flatMap(kindsOf));
  if (kinds.size !== 1) return false;
  if (!kinds.has("object")) return true;
  if (tallies.every((tally) => tally.keys.length === 0 || mapReason(tally) !== undefined)) {
    return true;
  }
  const inside = new Set(tallies.flatMap(({ children }) => children.flatMap(kindsOf)));
  if (inside.size === 1 && !inside.has("object") && !inside.has("array")) return true;
  const all = new Set(tallies.flatMap(({ keys }) => keys));
  const shared = tallies.reduce((sum, { keys }) => sum + keys.length, 0);
  return shared / tallies.length >= all.size / 2;
}
