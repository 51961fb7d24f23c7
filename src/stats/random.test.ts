import { expect, test } from "vitest";
import { seededUniform, shuffled } from "./random.js";

test("every order of three is drawn about as often as any other", () => {
  const uniform = seededUniform(3);
  const counts = new Map<string, number>();
  for (let draw = 0; draw < 60_000; draw++) {
    const order = shuffled(["a", "b", "c"], uniform).join("");
    counts.set(order, (counts.get(order) ?? 0) + 1);
  }
  expect(counts.size).toBe(6);
  for (const count of counts.values()) expect(Math.abs(count - 10_000)).toBeLessThan(400);
});

test("a seed gives the same numbers again, another seed others", () => {
  const draw = (seed: number) => Array.from({ length: 5 }, seededUniform(seed));
  expect(draw(1)).toEqual(draw(1));
  expect(draw(1)).not.toEqual(draw(2));
});
