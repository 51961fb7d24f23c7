import fc from "fast-check";
import { expect, test } from "vitest";
import { firstDifference } from "./difference.js";

test("equal facts do not differ, whatever the order of their keys", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const copy: unknown = JSON.parse(JSON.stringify(value), (_, inner: unknown) =>
        typeof inner === "object" && inner !== null && !Array.isArray(inner)
          ? Object.fromEntries(Object.entries(inner).toReversed())
          : inner,
      );
      expect(firstDifference(value, copy, ["negative-zero"])).toBeUndefined();
    }),
  );
});

test("any changed leaf is found", () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 4 }), fc.nat(), (value, which) => {
      let leaves = 0;
      const count = (_: string, inner: unknown) => {
        if (typeof inner !== "object" || inner === null) leaves += 1;
        return inner;
      };
      JSON.stringify(value, count);
      fc.pre(leaves > 0);
      let seen = 0;
      const changed: unknown = JSON.parse(
        JSON.stringify(value, (_, inner: unknown) => {
          if (typeof inner === "object" && inner !== null) return inner;
          return seen++ === which % leaves ? "changed 8f3" : inner;
        }),
      );
      expect(firstDifference(value, changed, [])).toBeDefined();
    }),
  );
});

test.each([
  [{ a: [1, { b: 2 }] }, { a: [1, { b: 3 }] }, "a[1].b"],
  [{ a: 1 }, {}, "a"],
  [{}, { extra: 1 }, "extra"],
  [{ a: null }, { a: undefined }, "a"],
  [{ a: [1, 2] }, { a: [1] }, "a[1]"],
  [{ a: [] }, { a: {} }, "a"],
  [{ "b c": 1 }, { "b c": 2 }, '["b c"]'],
  [{ a: 0 }, { a: -0 }, "a"],
  [{ a: "1" }, { a: 1 }, "a"],
  [1, 2, "the whole fact"],
])("%j and %j differ at %s", (expected, actual, path) => {
  expect(firstDifference(expected, actual, [])).toBe(path);
});

test("a value that only a prototype has is missing", () => {
  const decoded = Object.create({ zero: 0 }) as object;
  expect(firstDifference({ zero: 0 }, decoded, [])).toBe("zero");
});

test("declared losses are forgiven, and nothing else", () => {
  expect(firstDifference({ a: -0 }, { a: 0 }, ["negative-zero"])).toBeUndefined();
  expect(firstDifference({ a: -0 }, { a: 1 }, ["negative-zero"])).toBe("a");
  expect(firstDifference({ a: "x\ud800" }, { a: "x\ufffd" }, ["lone-surrogate"])).toBeUndefined();
  const bytewise = { a: "x\ufffd\ufffd\ufffd" };
  expect(firstDifference({ a: "x\ud800" }, bytewise, ["lone-surrogate"])).toBeUndefined();
  expect(firstDifference({ a: "\ufeffx" }, { a: "x" }, ["byte-order-mark"])).toBeUndefined();
  expect(firstDifference({ a: "\ufeffx" }, { a: "y" }, ["byte-order-mark"])).toBe("a");
  expect(firstDifference({ a: "x" }, { a: "\ufffd" }, ["lone-surrogate"])).toBe("a");
});

test("a lost key is never forgiven, also where it is declared", () => {
  const fact = JSON.parse('{"__proto__":1,"a":2}') as object;
  expect(firstDifference(fact, { a: 2 }, ["proto-key"])).toBe("__proto__");
});
