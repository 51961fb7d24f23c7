import { types } from "node:util";
import type { WriteString } from "./strings.js";
import type { Staging } from "./staging.js";
import type { WriteNumber } from "./numbers.js";

/**
 * `JSON.stringify`'s own algorithm (ECMA-262, SerializeJSONProperty) into staging, for whatever does
 * not fit the schema. Each function leaves the whole slack free behind the position it returns.
 */
export interface General {
  /** `,"key":value`, or nothing where `JSON.stringify` omits the value. */
  next(position: number, key: string, value: unknown): number;
  /** `"key":value,`, or nothing where `JSON.stringify` omits the value. */
  member(position: number, key: string, value: unknown): number;
  /** `value`, or `null` where `JSON.stringify` cannot say it. */
  element(position: number, index: number, value: unknown): number;
  /** `value`, or −1 where `JSON.stringify` gives `undefined`. */
  whole(position: number, value: unknown): number;
}

/** Thrown where facts are nested so deep that they may be circular: native code judges that. */
export class TooDeep extends Error {}

const MAX_LEVELS = 500;

type Resolved = null | boolean | number | string | object;

const { isRawJSON } = JSON as { readonly isRawJSON?: (value: object) => boolean };

/** The value behind `toJSON` and wrappers; `undefined` where `JSON.stringify` omits it. */
function resolve(value: unknown, key: string): Resolved | undefined {
  let found = value;
  if ((typeof found === "object" && found !== null) || typeof found === "function") {
    const { toJSON } = found as { readonly toJSON?: unknown };
    if (typeof toJSON === "function") found = toJSON.call(found, key) as unknown;
  } else if (typeof found === "bigint") {
    const { toJSON } = found as { readonly toJSON?: unknown };
    if (typeof toJSON === "function") found = toJSON.call(found, key) as unknown;
  }
  switch (typeof found) {
    case "object":
      return types.isBoxedPrimitive(found) ? unboxed(found) : found;
    case "string":
    case "number":
    case "boolean":
      return found;
    case "bigint":
      throw new TypeError("Do not know how to serialize a BigInt");
    case "undefined":
    case "function":
    case "symbol":
      return undefined;
  }
}

function unboxed(value: object): Resolved {
  if (types.isNumberObject(value)) return Number(value);
  // oxlint-disable-next-line typescript/no-base-to-string
  if (types.isStringObject(value)) return String(value);
  if (types.isBooleanObject(value)) return Boolean.prototype.valueOf.call(value);
  if (types.isBigIntObject(value)) throw new TypeError("Do not know how to serialize a BigInt");
  return value; // a symbol's wrapper is an object like any other
}

export function createGeneral(
  { bytes, limit, flush, pass }: Staging,
  number: WriteNumber,
  string: WriteString,
): General {
  let level = 0;

  function text(p: number, ascii: string): number {
    for (let index = 0; index < ascii.length; index++) bytes[p + index] = ascii.charCodeAt(index);
    return p + ascii.length;
  }

  /** A value with the slack free before it and behind it. */
  function put(p: number, value: Resolved): number {
    if (typeof value === "string") p = string(p, value);
    else if (typeof value === "number") p = number(p, value);
    else if (typeof value === "boolean") p = text(p, value ? "true" : "false");
    else if (value === null) p = text(p, "null");
    else if (isRawJSON?.(value) === true) {
      p = pass(p, (value as { readonly rawJSON: string }).rawJSON);
    } else p = nested(p, value);
    return p > limit ? flush(p) : p;
  }

  function nested(p: number, value: object): number {
    try {
      if (++level > MAX_LEVELS) throw new TooDeep();
      return Array.isArray(value) ? array(p, value) : object(p, value);
    } finally {
      level--;
    }
  }

  function array(p: number, values: readonly unknown[]): number {
    const { length } = values;
    bytes[p++] = 91;
    for (let index = 0; index < length; index++) {
      if (index > 0) bytes[p++] = 44;
      p = element(p, index, values[index]);
    }
    bytes[p] = 93;
    return p + 1;
  }

  function object(p: number, value: object): number {
    bytes[p++] = 123;
    for (const key of Object.keys(value)) {
      p = member(p, key, (value as Record<string, unknown>)[key]);
    }
    if (bytes[p - 1] === 44) p--;
    bytes[p] = 125;
    return p + 1;
  }

  function colon(p: number, key: string): number {
    p = string(p, key);
    bytes[p] = 58;
    return p + 1;
  }

  function member(p: number, key: string, value: unknown): number {
    const resolved = resolve(value, key);
    if (resolved === undefined) return p;
    if (p > limit) p = flush(p);
    p = put(colon(p, key), resolved);
    bytes[p] = 44;
    return p + 1;
  }

  function next(p: number, key: string, value: unknown): number {
    const resolved = resolve(value, key);
    if (resolved === undefined) return p;
    if (p > limit) p = flush(p);
    bytes[p] = 44;
    return put(colon(p + 1, key), resolved);
  }

  function element(p: number, index: number, value: unknown): number {
    const resolved = resolve(value, String(index));
    return put(p > limit ? flush(p) : p, resolved ?? null);
  }

  function whole(p: number, value: unknown): number {
    level = 0;
    const resolved = resolve(value, "");
    return resolved === undefined ? -1 : put(p, resolved);
  }

  return { next, member, element, whole };
}
