import fc from "fast-check";
import { expect, test } from "vitest";
import { wrapped } from "./layout.js";

test("a broken sentence has all of its words, in their order, and fits the screen", () => {
  const word = fc.constantFrom(
    "be",
    "broken",
    "café",
    "cafe\u0301",
    "中文字",
    "a".repeat(30),
    "é\tx",
  );
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 60 }), (words) => {
      const lines = wrapped(`  ${words.join(" ")} `);
      const told = lines.join(" ").split(/\s+/).filter(Boolean);
      const said = words.join(" ").normalize().split(/\s+/);
      expect(told).toEqual(said);
      for (const line of lines) expect(line.length).toBeLessThanOrEqual(100);
    }),
  );
});
