import type { JsonSchema } from "../../../core/json-schema.js";
import { fittingSchema } from "./fitting-schema.js";
import { changed, EXACT, inAnotherOrder } from "./judge.js";
import { say } from "./say.js";
import type { Value } from "./value.js";

const DEEP_LEVELS = 10_000;
const NUMBER: JsonSchema = { type: "number" };
const STRING: JsonSchema = { type: "string" };
const mapOf = (values: JsonSchema): JsonSchema => ({
  type: "object",
  additionalProperties: values,
});

type More = Pick<Value, "loss" | "refusal" | "runtimeDecides"> & {
  /** Where another schema than the plainest is meant; `null` where none can say it. */
  readonly schema?: JsonSchema | null;
  readonly keyOrder?: boolean;
};

/** A value that JSON can hold. */
function json(name: string, make: () => unknown, more: More = {}): Value {
  const { schema, keyOrder = false, ...rest } = more;
  const fitting = () => (schema === undefined ? (fittingSchema(make()) ?? null) : schema);
  return { name, inJson: true, put: { kind: "value", make, schema: fitting, keyOrder }, ...rest };
}

/** A value that JavaScript has and JSON does not. */
function beyond(name: string, make: () => unknown, more: More = {}): Value {
  return { ...json(name, make, more), inJson: false };
}

/** What only JSON text can hold: once it is a JavaScript value, it is another one. */
function text(
  name: string,
  inner: string,
  problem: (value: unknown) => string | undefined,
  inJson: boolean,
): Value {
  const judge = (value: unknown) => {
    const found = problem(value);
    return found === undefined ? EXACT : changed(found);
  };
  return { name, inJson, put: { kind: "text", text: inner, judge } };
}

/** Every value that codecs are asked to carry, in the order of the table. */
export const VALUES: readonly Value[] = [
  json("−0", () => -0, { loss: "negative-zero" }),
  json("−0 among integers", () => [1, -0], {
    // Bounded, so that no codec has a reason to take a double.
    schema: { type: "array", items: { type: "integer", minimum: -9, maximum: 9 } },
    loss: "negative-zero",
  }),
  json("0.1 + 0.2 (17 digits)", () => 0.1 + 0.2),
  json("smallest subnormal 5e-324", () => 5e-324),
  json("largest double 1.8e308", () => Number.MAX_VALUE, { schema: NUMBER }),
  {
    name: "every exponent, both signs",
    inJson: true,
    put: { kind: "numbers", make: everyExponent },
  },
  json("integer over 2^53", () => 2 ** 53 + 2),
  json("integer over 2^63", () => 2 ** 63 + 2048),
  json("integer 1e20 (over 2^64)", () => 1e20, { refusal: "integer-beyond-64-bits" }),
  text("2^53 + 1 in JSON text", '{"value":9007199254740993}', becomesNot("9007199254740993"), true),
  text("1e400 in JSON text", '{"value":1e400}', becomesNot("1e400"), true),
  beyond("NaN", () => NaN, { schema: NUMBER }),
  beyond("Infinity", () => Infinity, { schema: NUMBER }),
  beyond("−Infinity", () => -Infinity, { schema: NUMBER }),
  beyond("bigint 1n", () => 1n),
  beyond("bigint 2^64 + 1", () => 2n ** 64n + 1n),

  json("null", () => null),
  json("null beside missing", () => [{ a: null, b: 1 }, { b: 2 }], {
    schema: {
      type: "array",
      items: {
        type: "object",
        properties: { a: { type: ["integer", "null"] }, b: { type: "integer" } },
        required: ["b"],
        additionalProperties: false,
      },
    },
  }),
  beyond("undefined in an object", () => ({ a: undefined, b: 1 }), {
    schema: {
      type: "object",
      properties: { a: { type: "integer" }, b: { type: "integer" } },
      required: ["b"],
      additionalProperties: false,
    },
  }),
  beyond("undefined in an array", () => [1, undefined], {
    schema: { type: "array", items: { type: "integer" } },
  }),
  // Its hole is what is looked at.
  // oxlint-disable-next-line no-sparse-arrays
  beyond("sparse array", () => [1, , 3], {
    schema: { type: "array", items: { type: "integer" } },
  }),

  json("empty string", () => ""),
  json("U+0000", () => "a\u0000b"),
  json("not only ASCII", () => "Zoë 日本 🚀"),
  json("lone surrogate", () => "a\ud800b", { loss: "lone-surrogate", refusal: "lone-surrogate" }),
  json("byte order mark before text", () => `\ufeff${"x".repeat(300)}`, {
    loss: "byte-order-mark",
  }),
  json("string of 1 MB", () => "0123456789".repeat(100_000)),

  json("empty object", () => ({})),
  json("empty array", () => []),
  json("array in an array", () => [[1, 2], [3]]),
  json("array of several types", () => [1, "a", true, null]),
  json("array of 100,000", () => Array.from({ length: 100_000 }, (_, index) => index)),
  json("10,000 keys", tenThousandKeys, { schema: mapOf({ type: "integer" }) }),
  json("100 levels", () => nestedObjects(100)),
  json(`${DEEP_LEVELS.toLocaleString("en")} arrays deep`, nestedArrays, {
    schema: null,
    runtimeDecides: true,
  }),
  json(`${DEEP_LEVELS.toLocaleString("en")} objects deep`, () => nestedObjects(DEEP_LEVELS), {
    schema: null,
    runtimeDecides: true,
  }),

  beyond("key order", () => ({ b: 1, a: 2 }), {
    schema: fittingSchema({ a: 2, b: 1 }) ?? null,
    keyOrder: true,
  }),
  json("keys that look like numbers", () => ({ 10: 1, 2: 2, "01": 3 }), {
    schema: mapOf({ type: "integer" }),
    keyOrder: true,
  }),
  text("keys 10, 2 in JSON text", '{"value":{"10":1,"2":2}}', tenNotFirst, false),
  json("empty key", () => ({ "": 1 }), { schema: mapOf({ type: "integer" }) }),
  json("keys not only ASCII", () => ({ größe: 1, 名: 2 })),
  json("key __proto__", protoKey, { schema: mapOf(STRING), loss: "proto-key" }),
  text("the same key twice in JSON text", '{"value":1,"value":2}', whichIsKept, false),

  beyond("Date", () => new Date("2026-11-22T09:15:02.700Z")),
  beyond("Uint8Array", () => Uint8Array.of(0, 255, 128)),
  beyond("Buffer", () => Buffer.of(0, 255, 128)),
  beyond("function", () => () => 1),
  beyond("symbol", () => Symbol("a")),
];

function becomesNot(exact: string): (value: unknown) => string | undefined {
  return (value) => (String(value) === exact ? undefined : `becomes ${say(value)}`);
}

function tenNotFirst(value: unknown): string | undefined {
  const keys = Object.keys(Object(value) as object);
  return keys[0] === "10" ? undefined : inAnotherOrder(keys);
}

function whichIsKept(value: unknown): string {
  return value === 2 ? "keeps the last of the two" : `keeps ${say(value)}`;
}

/**
 * A power of two for every exponent that a double can have, the number beside it in the last
 * place, and the same below zero.
 */
function everyExponent(): number[] {
  const numbers: number[] = [];
  for (let exponent = -1074; exponent <= 1023; exponent++) {
    const power = 2 ** exponent;
    const beside = power * (exponent < -1021 ? 1 : 1 + Number.EPSILON);
    numbers.push(power, -power, beside, -beside);
  }
  return numbers;
}

function tenThousandKeys(): Record<string, number> {
  return Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`key${index}`, index]));
}

function nestedArrays(): unknown {
  let value: unknown[] = [];
  for (let level = 1; level < DEEP_LEVELS; level++) value = [value];
  return value;
}

function nestedObjects(levels: number): unknown {
  let value: object = { end: 1 };
  for (let level = 1; level < levels; level++) value = { a: value };
  return value;
}

/** An object with an own key of that name, as `JSON.parse` makes one. */
function protoKey(): unknown {
  return JSON.parse('{"__proto__":"x","b":"y"}');
}
