/** Values that databases are known to differ in, as documents and in columns of a type. */
import type { ColumnType, Value } from "../../../../core/store.js";

/** A document by its JSON text; what is lost is judged by its text and by what it parses to. */
export interface DocumentValue {
  readonly name: string;
  readonly text: string;
}

/** A value in a column of a type. */
export interface ColumnValue {
  readonly name: string;
  readonly type: ColumnType;
  readonly value: Value;
}

const deep = (levels: number) => `${"[".repeat(levels)}${"]".repeat(levels)}`;

export const DOCUMENTS: readonly DocumentValue[] = [
  { name: "−0", text: '{"v":-0}' },
  { name: "17 digits: 0.30000000000000004", text: '{"v":0.30000000000000004}' },
  { name: "integer 2^53 + 1", text: '{"v":9007199254740993}' },
  { name: "integer 1e20 in full", text: '{"v":100000000000000000000}' },
  { name: "1e400", text: '{"v":1e400}' },
  { name: "1.0 written as 1.0", text: '{"v":1.0}' },
  { name: "\\u0000 in a string", text: '{"v":"a\\u0000b"}' },
  { name: "lone surrogate", text: '{"v":"\\ud800"}' },
  { name: "surrogate pair, escaped", text: '{"v":"\\ud83d\\ude00"}' },
  { name: "key order b, a", text: '{"b":1,"a":2}' },
  { name: "duplicate key", text: '{"v":1,"v":2}' },
  { name: "key __proto__", text: '{"__proto__":1}' },
  { name: "empty key", text: '{"":1}' },
  { name: "white space", text: '{ "v" : 1 }' },
  { name: "date as text", text: '{"v":"2026-11-22T09:15:02.700Z"}' },
  { name: "nested 900 deep", text: `{"v":${deep(900)}}` },
  { name: "nested 5,000 deep", text: `{"v":${deep(5_000)}}` },
];

export const COLUMN_VALUES: readonly ColumnValue[] = [
  { name: "−0", type: "double", value: -0 },
  { name: "smallest subnormal 5e-324", type: "double", value: 5e-324 },
  { name: "largest double", type: "double", value: Number.MAX_VALUE },
  { name: "0.1 + 0.2", type: "double", value: 0.1 + 0.2 },
  { name: "2^31 − 1", type: "integer", value: 2 ** 31 - 1 },
  { name: "2^53 + 1", type: "bigint", value: 2n ** 53n + 1n },
  { name: "2^63 − 1", type: "bigint", value: 2n ** 63n - 1n },
  { name: "−2^63", type: "bigint", value: -(2n ** 63n) },
  { name: "emoji", type: "text", value: "a😀b" },
  { name: "U+0000", type: "text", value: "a\0b" },
  { name: "lone surrogate", type: "text", value: "a\ud800b" },
  { name: "empty text", type: "text", value: "" },
  { name: "every byte", type: "bytes", value: Uint8Array.from({ length: 256 }, (_, byte) => byte) },
  { name: "no bytes", type: "bytes", value: new Uint8Array() },
];
