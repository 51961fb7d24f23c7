import fc from "fast-check";
import { expect, test } from "vitest";
import { forCsv, forMarkdown, forTerminal, jsonText } from "./foreign-text.js";

const value = fc.jsonValue({ maxDepth: 3 });
const hostile = fc
  .array(fc.constantFrom("\u001b[31m", "\n", "\u202e", "\u009b", "<b>", "[x](y)", "=1", "@", "a"))
  .map((parts) => parts.join(""));
const texts = (part: unknown): string[] =>
  typeof part === "string"
    ? [part]
    : typeof part === "object" && part !== null
      ? Object.entries(part).flatMap(([key, inner]) => [key, ...texts(inner)])
      : [];

test("nothing moves a cursor, ends a line or turns the order of reading round in a terminal", () => {
  fc.assert(
    fc.property(fc.record({ value, hostile }), (given) => {
      for (const text of texts(forTerminal(given))) {
        expect(text).not.toMatch(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u);
      }
    }),
  );
  expect(forTerminal("\u001b]0;x\u0007 é 中")).toBe("\\x1b]0;x\\x07 é 中");
});

test("JSON says the same value, on one line, with nothing in it that a terminal obeys", () => {
  fc.assert(
    fc.property(fc.record({ value, hostile }), (given) => {
      const text = jsonText(given);
      expect(text).not.toMatch(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u);
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(given)));
      expect(JSON.parse(jsonText(given, 2))).toEqual(JSON.parse(text));
    }),
  );
});

test("nothing is HTML, a link or code in Markdown", () => {
  fc.assert(
    fc.property(fc.record({ value, hostile }), (given) => {
      for (const text of texts(forMarkdown(given))) {
        expect(text).not.toMatch(/[<>\n]|(?<!\\)[[\]`]/);
      }
    }),
  );
});

test("nothing is a formula in CSV, and numbers stay numbers", () => {
  fc.assert(
    fc.property(hostile, (text) => {
      expect(forCsv(text)).not.toMatch(/^[=+\-@\t\r]/);
    }),
  );
  expect(forCsv({ a: -1, b: "-1", c: null })).toEqual({ a: -1, b: "'-1", c: null });
});
