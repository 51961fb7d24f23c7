import { expect, test } from "vitest";
import { judgeColumn, judgeDocument } from "./judge.js";

test.each<[string, string, unknown, string]>([
  ["the same text", '{"v":1}', '{"v":1}', "exact"],
  ["white space", '{"v":1}', '{ "v": 1 }', "rewritten"],
  ["another order of keys", '{"b":1,"a":2}', '{"a": 2, "b": 1}', "rewritten"],
  ["an exponent written out", '{"v":1e3}', '{"v": 1000}', "rewritten"],
  ["a zero behind the point", '{"v":1.0}', '{"v":1}', "rewritten"],
  [
    "an integer that a double rounds",
    '{"v":9007199254740993}',
    '{"v":9007199254740992}',
    "changed",
  ],
  ["a number over all doubles", '{"v":1e400}', '{"v":null}', "changed"],
  ["−0", '{"v":-0}', '{"v":0}', "changed"],
  ["a key of two that were the same", '{"v":1,"v":2}', '{"v":2}', "changed"],
  ["a key that is gone", '{"v":"a","w":"b"}', '{"v":"a"}', "changed"],
  ["nothing", '{"v":1}', null, "changed"],
])("of a document: %s", (_, given, found, outcome) => {
  expect(judgeDocument(given, found).outcome).toBe(outcome);
});

test("depth that no recursion survives is judged by its text", () => {
  const deep = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;
  expect(judgeDocument(deep, ` ${deep}`).outcome).toBe("rewritten");
});

test.each<[number | bigint | string | Uint8Array, unknown, string]>([
  [-0, 0, "changed"],
  [-0, -0, "exact"],
  [5, 5n, "exact"],
  [2n ** 63n - 1n, "9223372036854775807", "exact"],
  [2n ** 53n + 1n, 2 ** 53, "changed"],
  ["a\0b", "a", "changed"],
  [Uint8Array.of(1), Buffer.from([1]), "exact"],
  [Uint8Array.of(1), null, "changed"],
  [0, null, "changed"],
])("of a column: %s and %s", (given, found, outcome) => {
  expect(judgeColumn(given, found).outcome).toBe(outcome);
});
