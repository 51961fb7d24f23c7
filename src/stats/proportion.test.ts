import { expect, test } from "vitest";
import { proportion } from "./proportion.js";

test("knows published intervals of Clopper and Pearson", () => {
  const none = proportion(0, 100);
  expect(none.low).toBe(0);
  expect(none.high).toBeCloseTo(0.03622, 5); // 1 − 0.025^(1/100)
  const some = proportion(4, 20);
  expect(some.low).toBeCloseTo(0.0573, 4);
  expect(some.high).toBeCloseTo(0.4366, 4);
  expect(proportion(20, 20)).toMatchObject({ high: 1 });
});

test("holds for thousands of cases", () => {
  const { low, high } = proportion(10, 5000);
  expect(low).toBeGreaterThan(0.0009);
  expect(high).toBeLessThan(0.0037);
});
