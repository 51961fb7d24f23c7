import { expect, test } from "vitest";
import { fromLine, toLine } from "./wire.js";

test("a plan or an outcome arrives as it was sent, on one line, odd numbers and keys included", () => {
  const schema = JSON.parse('{ "properties": { "__proto__": { "type": "string" } } }') as unknown;
  const sent = {
    ceilings: { shortestSeconds: Infinity, sink: null, rates: [NaN, -Infinity, 0.1, 5e-324] },
    texts: ["two\nlines", "\ud800", "number Infinity"],
    schema,
  };
  const line = toLine(sent);
  expect(line).not.toContain("\n");
  expect(fromLine(line)).toEqual(sent);
  expect(toLine(fromLine(line))).toBe(line);
});
