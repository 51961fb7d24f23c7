import type { Loss } from "../core/codec.js";
import { formatPath } from "../core/fact.js";

/**
 * The path of the first value in which `actual` differs from `expected`, beyond the losses that
 * its codec declares; `undefined` if there is none. Own enumerable properties count, their order
 * and the objects' classes do not.
 */
export function firstDifference(
  expected: unknown,
  actual: unknown,
  losses: readonly Loss[],
): string | undefined {
  const path = differingPath(expected, actual, losses);
  return path === undefined ? undefined : formatPath(path) || "the whole fact";
}

type Step = string | number;
type JsonObject = Record<string, unknown>;

/** Built from the inside out, and only once a difference is found: most facts have none. */
function differingPath(a: unknown, b: unknown, losses: readonly Loss[]): Step[] | undefined {
  if (isSame(a, b)) return undefined;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) {
    return isDeclared(a, b, losses) ? undefined : [];
  }
  if (Array.isArray(a)) return Array.isArray(b) ? differenceInArrays(a, b, losses) : [];
  if (Array.isArray(b)) return [];
  return differenceInObjects(a as JsonObject, b as JsonObject, losses);
}

function differenceInArrays(a: unknown[], b: unknown[], losses: readonly Loss[]) {
  const length = Math.max(a.length, b.length);
  for (let index = 0; index < length; index++) {
    if (isSame(a[index], b[index])) continue;
    const inside = differingPath(a[index], b[index], losses);
    if (inside !== undefined) return [index, ...inside];
  }
  return undefined;
}

function differenceInObjects(a: JsonObject, b: JsonObject, losses: readonly Loss[]) {
  const keys = Object.keys(a);
  const otherKeys = Object.keys(b);
  for (let index = 0; index < keys.length; index++) {
    const key = keys[index] as string;
    // Keys mostly come back in the order they had, and then need no look-up.
    if (otherKeys[index] !== key && !Object.hasOwn(b, key)) return [key];
    if (isSame(a[key], b[key])) continue;
    const inside = differingPath(a[key], b[key], losses);
    if (inside !== undefined) return [key, ...inside];
  }
  if (otherKeys.length === keys.length) return undefined;
  return otherKeys.filter((key) => !Object.hasOwn(a, key)).slice(0, 1);
}

/** `Object.is`, with the common case first. */
function isSame(a: unknown, b: unknown): boolean {
  return a === b ? a !== 0 || Object.is(a, b) : Number.isNaN(a) && Number.isNaN(b);
}

function isDeclared(expected: unknown, actual: unknown, losses: readonly Loss[]): boolean {
  return losses.some((loss) => {
    switch (loss) {
      case "proto-key":
        return false; // declared, and never forgiven: a whole value is gone
      case "negative-zero":
        return Object.is(expected, -0) && Object.is(actual, 0);
      case "lone-surrogate":
        return (
          typeof expected === "string" &&
          typeof actual === "string" &&
          withoutRuns(expected.toWellFormed()) === withoutRuns(actual)
        );
      case "byte-order-mark":
        return typeof expected === "string" && expected === `\ufeff${String(actual)}`;
    }
  });
}

/** One replacement character for any number of them: libraries differ in how many they write. */
function withoutRuns(text: string): string {
  return text.replaceAll(/\ufffd+/g, "\ufffd");
}
