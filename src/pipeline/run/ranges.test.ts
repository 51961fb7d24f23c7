import fc from "fast-check";
import { expect, test } from "vitest";
import type { Range } from "./plan.js";
import { gaps, Ranges } from "./ranges.js";

function all(ranges: Ranges): Range[] {
  const found: Range[] = [];
  for (let range = ranges.next(); range !== undefined; range = ranges.next()) found.push(range);
  return found;
}

const sizes = fc.record({
  start: fc.nat(50),
  positions: fc.nat(200),
  partLength: fc.integer({ min: 1, max: 60 }),
});

test("hands out every position once, in order, in parts of the length that was asked for", () => {
  fc.assert(
    fc.property(sizes, ({ start, positions, partLength }) => {
      const found = all(new Ranges(start, start + positions, partLength));
      expect(gaps(start, start + positions, found)).toEqual([]);
      found.forEach(({ from, to }, index) => {
        expect(from).toBe(start + index * partLength);
        expect(to).toBe(Math.min(from + partLength, start + positions));
      });
    }),
  );
});

test("goes on after any parts with the very ranges that are missing", () => {
  fc.assert(
    fc.property(
      sizes,
      fc.infiniteStream(fc.boolean()),
      ({ start, positions, partLength }, coins) => {
        const whole = all(new Ranges(start, start + positions, partLength));
        const done = whole.filter(() => coins.next().value);
        const rest = all(new Ranges(start, start + positions, partLength, done.toReversed()));
        expect(rest).toEqual(whole.filter((range) => !done.includes(range)));
      },
    ),
  );
});

test("what is given back comes next, and what is behind the end does not come", () => {
  const ranges = new Ranges(0, 100, 10);
  const first = ranges.next() as Range;
  ranges.next();
  ranges.giveBack(first);
  ranges.giveBack({ from: 5, to: 5 });
  expect(ranges.next()).toEqual(first);
  ranges.giveBack({ from: 4, to: 10 });
  expect(ranges.next()).toEqual({ from: 4, to: 10 });
  ranges.endAt(35);
  expect(all(ranges)).toEqual([
    { from: 20, to: 30 },
    { from: 30, to: 35 },
  ]);
});

test("an endless source has ranges for ever", () => {
  const ranges = new Ranges(7, Number.MAX_SAFE_INTEGER, 1000);
  expect(ranges.next()).toEqual({ from: 7, to: 1007 });
  expect(ranges.next()).toEqual({ from: 1007, to: 2007 });
});
