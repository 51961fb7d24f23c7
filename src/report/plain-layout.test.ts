import fc from "fast-check";
import { expect, test } from "vitest";
import { borderless, wrapped } from "./layout.js";
import { isPlain, plainTable, wrappedPlain } from "./plain-layout.js";

const plain = fc.oneof(
  fc.stringMatching(/^[a-z.,;-]{0,12}$/),
  fc.constantFrom("a\u00a0b", "\u00a0", "± 1.2 %", "a".repeat(120), "two  spaces", "…", "10×"),
);

test("a plain sentence is broken where any is", () => {
  fc.assert(
    fc.property(fc.array(plain, { maxLength: 60 }), (words) => {
      const sentence = words.join(" ");
      expect(isPlain(sentence)).toBe(true);
      expect(wrappedPlain(sentence)).toEqual(wrapped(sentence));
    }),
    { seed: 1, numRuns: 500 },
  );
});

test("a table of plain cells is as any is", () => {
  const row = fc.tuple(plain, plain, plain);
  const aligns = fc.tuple(
    ...[0, 1, 2].map(() => fc.constantFrom("left" as const, "right" as const)),
  );
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 8 }), aligns, (rows, colAligns) => {
      const table = borderless({ gap: 2, colAligns });
      table.push(...rows);
      expect(plainTable(rows, { gap: 2, aligns: colAligns })).toEqual(table.toString().split("\n"));
    }),
    { seed: 2, numRuns: 300 },
  );
});

test.each(["中文", "é", "🗡", "©", "\t", "\u001b[1m", "\n", "\\n", "a\u0301", "\u200b"])(
  "%j is for the layout that knows of all signs",
  (text) => expect(isPlain(`plain ${text}`)).toBe(false),
);
