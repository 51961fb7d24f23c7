import fc from "fast-check";
import { expect, test } from "vitest";
import { judge } from "./judge.js";

test("any value is exactly itself", () => {
  fc.assert(
    fc.property(
      fc.anything({ withBigInt: true, withDate: true, withSparseArray: true }),
      (value) => {
        expect(judge(value, structuredClone(value))).toEqual({ outcome: "exact", detail: null });
      },
    ),
  );
});

test.each<[unknown, unknown, string]>([
  [-0, 0, "becomes 0"],
  [0, -0, "becomes -0"],
  [NaN, null, "becomes null"],
  [{ a: undefined }, {}, 'loses the key "a"'],
  [{}, { a: undefined }, 'gains the key "a"'],
  [[1, 2], [1], "becomes an array of 1"],
  // oxlint-disable-next-line no-sparse-arrays
  [[1, , 3], [1, undefined, 3], "the hole becomes undefined"],
  [[], {}, "becomes an object without keys"],
  [new Date(5), new Date(6), "becomes the Date 6"],
  [Uint8Array.of(1), Buffer.of(1), "becomes a Buffer of 1 bytes"],
  [Uint8Array.of(1), Uint8Array.of(2), "becomes a Uint8Array of 1 bytes"],
  [{ value: { a: [0, -0] } }, { value: { a: [0, 0] } }, "a[1] becomes 0"],
  ["a\u0000", "a", 'becomes "a"'],
])("%j that comes back as %j is told", (expected, actual, detail) => {
  expect(judge(expected, actual)).toEqual({ outcome: "changed", detail });
});

test("a bigint is not a number", () => {
  expect(judge(2n, 2).detail).toBe("becomes 2");
});

test("the order of keys counts only where it is asked for", () => {
  const [fact, other] = [
    { a: 1, b: 2 },
    { b: 2, a: 1 },
  ];
  expect(judge(fact, other).outcome).toBe("exact");
  expect(judge(fact, other, { keyOrder: true }).outcome).toBe("changed");
});

test("no depth is too much", () => {
  const deep = (end: unknown) => {
    let value = end;
    for (let level = 0; level < 200_000; level++) value = [value];
    return value;
  };
  expect(judge(deep(1), deep(1)).outcome).toBe("exact");
  expect(judge(deep(1), deep(2)).detail).toBe("200000 levels down it becomes 2");
});
