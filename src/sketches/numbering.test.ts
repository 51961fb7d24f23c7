import fc from "fast-check";
import { expect, test } from "vitest";
import type { Scalar } from "./hash.js";
import { Numbering } from "./numbering.js";
import { atRank } from "./tops/select.js";

const scalar: fc.Arbitrary<Scalar> = fc.oneof(
  fc.nat(300).map((id) => `text ${id}`),
  fc.string({ unit: "grapheme" }),
  fc.double(),
  fc.constantFrom<Scalar[]>(null, true, false, 0, NaN, "", "0", "null"),
);

test("values have the numbers in whose order they came, and keep them", () => {
  const numbering = new Numbering();
  fc.assert(
    fc.property(fc.array(scalar, { maxLength: 400 }), (values) => {
      numbering.clear();
      const numbers = new Map<Scalar, number>();
      for (const value of values) {
        const found = numbering.find(value);
        expect(found).toBe(numbers.get(value) ?? -1);
        const isAscii = typeof value === "string" && /^[\0-\x7f]*$/.test(value);
        const bytes = Buffer.from(`<${isAscii ? value : ""}>`);
        const foundAscii = numbering.findAscii(bytes, 1, bytes.length - 1);
        expect(isAscii ? foundAscii : found).toBe(found);
        if (found === -1) numbers.set(value, numbering.add(value));
      }
      expect(numbering.values).toEqual([...numbers.keys()]);
      for (const [value, number] of numbers) expect(numbering.find(value)).toBe(number);
    }),
    { seed: 3, numRuns: 200 },
  );
});

test("the number of a rank is what sorting says", () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.nat(9), fc.nat()), { minLength: 1 }), (numbers) => {
      const sorted = Float64Array.from(numbers).toSorted();
      for (const [rank, expected] of sorted.entries()) {
        expect(atRank(Float64Array.from(numbers), rank)).toBe(expected);
        expect(atRank(Float64Array.from(sorted), rank)).toBe(expected);
      }
    }),
    { seed: 4, numRuns: 300 },
  );
});
