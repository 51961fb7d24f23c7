import { formatPath, type Path } from "../../../core/fact.js";
import type { Cell } from "../document.js";
import { classOf, say } from "./say.js";

export const EXACT: Cell = { outcome: "exact", detail: null };

/** That a value came back as something else. */
export function changed(detail: string): Cell {
  return { outcome: "changed", detail };
}

/** A step of a path, linked to the one outside it: paths 10,000 levels deep must cost nothing. */
interface Place {
  readonly step: string | number;
  readonly outside: Place | undefined;
}

interface Pair {
  readonly expected: unknown;
  readonly actual: unknown;
  readonly place: Place | undefined;
}

/**
 * Whether `actual` is what `expected` was, down to −0, classes and holes; and if not, what the first
 * difference is. The order of keys counts only where it is asked for: to JSON it means nothing.
 * Walks without recursion, so that no depth is too much.
 */
export function judge(expected: unknown, actual: unknown, { keyOrder = false } = {}): Cell {
  const open: Pair[] = [{ expected, actual, place: undefined }];
  for (let pair = open.pop(); pair !== undefined; pair = open.pop()) {
    const difference = compare(pair, open, keyOrder);
    if (difference !== undefined) return changed(`${where(pair.place)}${difference}`);
  }
  return EXACT;
}

/** What differs between the two themselves, if anything does; what is in them goes to `open`. */
function compare(
  { expected, actual, place }: Pair,
  open: Pair[],
  keyOrder: boolean,
): string | undefined {
  if (Object.is(expected, actual)) return undefined;
  const becomes = `becomes ${say(actual)}`;
  if (typeof expected !== "object" || expected === null) return becomes;
  if (typeof actual !== "object" || actual === null) return becomes;
  if (classOf(expected) !== classOf(actual)) return becomes;
  if (expected instanceof Date) {
    return Number(expected) === Number(actual) ? undefined : becomes;
  }
  if (expected instanceof Uint8Array) {
    return Buffer.compare(expected, actual as Uint8Array) === 0 ? undefined : becomes;
  }
  return Array.isArray(expected)
    ? compareArrays(expected, actual as unknown[], place, open)
    : (compareObjects(expected, actual, place, open) ??
        (keyOrder ? compareOrder(expected, actual) : undefined));
}

function compareArrays(
  expected: readonly unknown[],
  actual: readonly unknown[],
  outside: Place | undefined,
  open: Pair[],
): string | undefined {
  if (expected.length !== actual.length) return `becomes ${say(actual)}`;
  for (let step = expected.length - 1; step >= 0; step--) {
    if (step in expected !== step in actual) {
      return step in actual ? `the hole becomes ${say(actual[step])}` : "a value becomes a hole";
    }
    open.push({ expected: expected[step], actual: actual[step], place: { step, outside } });
  }
  return undefined;
}

function compareObjects(
  expected: object,
  actual: object,
  outside: Place | undefined,
  open: Pair[],
): string | undefined {
  const keys = Object.keys(expected);
  const otherKeys = Object.keys(actual);
  const lost = keys.find((key) => !Object.hasOwn(actual, key));
  if (lost !== undefined) return `loses the key ${say(lost)}`;
  const added = otherKeys.find((key) => !Object.hasOwn(expected, key));
  if (added !== undefined) return `gains the key ${say(added)}`;
  for (const step of keys.toReversed()) {
    const place = { step, outside };
    const inner = [expected, actual].map((object) => (object as Record<string, unknown>)[step]);
    open.push({ expected: inner[0], actual: inner[1], place });
  }
  return undefined;
}

function compareOrder(expected: object, actual: object): string | undefined {
  const keys = Object.keys(actual);
  const same = Object.keys(expected).every((key, index) => keys[index] === key);
  return same ? undefined : inAnotherOrder(keys);
}

/** How keys that come in another order are told. */
export function inAnotherOrder(keys: readonly string[]): string {
  return `its keys come in another order: ${keys.slice(0, 4).join(", ")}`;
}

const DEEP = 8;

/** Where in the value it is, or nothing where it is the value itself. */
function where(place: Place | undefined): string {
  const path: (string | number)[] = [];
  for (let at = place; at !== undefined; at = at.outside) path.unshift(at.step);
  if (path.length > DEEP) return `${path.length} levels down it `;
  const inside: Path = path[0] === "value" ? path.slice(1) : path;
  return inside.length === 0 ? "" : `${formatPath(inside)} `;
}
