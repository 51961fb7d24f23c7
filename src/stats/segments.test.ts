import { expect, test } from "vitest";
import { seededUniform } from "./random.js";
import { segments } from "./segments.js";

const uniform = seededUniform(12);
const level = (count: number, value: number) =>
  Array.from({ length: count }, () => value + 0.02 * (uniform() - 0.5));

test("names where levels change, and what they are", () => {
  const found = segments([...level(8, 1), ...level(6, 1.1), ...level(7, 0.95)]);
  expect(found.map(({ from, to }) => [from, to])).toEqual([
    [0, 8],
    [8, 14],
    [14, 21],
  ]);
  expect(found[1]?.median).toBeCloseTo(1.1, 2);
});

test("fewer than three values are no level, however far off they are", () => {
  expect(segments([...level(12, 1), 1.5, 1.5]).length).toBe(1);
  expect(segments([...level(12, 1), 1.5, 1.5, 1.5]).length).toBe(2);
  expect(segments(level(2, 1)).length).toBe(1);
});

test("seldom sees a change where there is none", () => {
  let seen = 0;
  for (let repeat = 0; repeat < 200; repeat++)
    if (segments(level(15, 1), repeat).length > 1) seen += 1;
  expect(seen / 200).toBeLessThan(0.1);
});
