import { expect, test } from "vitest";
import { holm } from "./holm.js";

test("rejects step by step, in the order of the chances and not of the cells", () => {
  // 0.04/4 > 0.01 holds for the smallest; then 0.0133, then 0.02: the third fails, and stops all.
  expect(holm([0.03, 0.01, 0.9, 0.012], 0.04)).toEqual([false, true, false, true]);
});

test("stops at the first that is not rejected, even if a later one would be", () => {
  expect(holm([0.021, 0.0199], 0.02)).toEqual([false, false]);
});

test("cells that are decided already still count", () => {
  expect(holm([0.009], 0.02, 1)).toEqual([true]);
  expect(holm([0.009], 0.02, 3)).toEqual([false]);
});
