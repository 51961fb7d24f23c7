import type { Fact } from "../../core/fact.js";

/** Facts that JSON can hold and that codecs are known to stumble over. */
export const AWKWARD_FACTS: readonly Fact[] = [
  {},
  { a: null, b: false, c: 0, d: "", e: [], f: {} },
  { numbers: [0, 1, -1, 0.1, 1e300, 5e-324, -1e-7, 2 ** 31, 2 ** 32, -(2 ** 31) - 1, 2 ** 53 - 1] },
  { number: 1e20, sign: -1.5, whole: 3 },
  { texts: ["", "ü", "漢字", "👾", '"\\/\b\f\n\r\t', "\u0000", "x".repeat(70_000)] },
  { mixed: [null, true, 1, 1.5, "1", [1], { a: 1 }], nested: [[[]], [[1], []], []] },
  { "": 1, "a b": 2, "a.b": 3, "7": 4, ünï: 5, constructor: 6, toString: 7, length: 8 },
  { same: { type: "a", value: 1 } },
  { same: { type: "b", value: "1", more: [1] } },
  { many: Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`key-${index}`, index])) },
  { long: Array.from({ length: 3000 }, (_, index) => index * 1001) },
];
