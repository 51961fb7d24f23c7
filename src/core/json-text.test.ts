import fc from "fast-check";
import { expect, test } from "vitest";
import { jsonText } from "./json-text.js";

test("text from which the very same value is parsed, −0 and all", () => {
  fc.assert(
    fc.property(fc.jsonValue({ stringUnit: "binary" }), (value) => {
      expect(JSON.parse(jsonText(value))).toStrictEqual(value);
    }),
  );
  expect(Object.is(JSON.parse(jsonText([-0]))[0], -0)).toBe(true);
  expect(JSON.parse(jsonText("\ud800"))).toBe("\ud800");
});

test("what JSON does not have is left out of objects, and null elsewhere", () => {
  expect(jsonText({ a: undefined, b: [undefined, NaN] })).toBe('{"b":[null,null]}');
});
