import { expect, test } from "vitest";
import type { Codec, OpenCodec } from "../../core/codec.js";
import json from "../../codecs/json.js";
import { wrongAbility, wrongField } from "./shape.js";

const but = (fields: object) => ({ ...json, ...fields }) as Codec;

test.each<[object, string]>([
  [{ name: undefined }, `it has no name, and its file's is "json"`],
  [{ fileExtension: undefined }, "its fileExtension must be an ending without its dot"],
  [{ fileExtension: 5 }, "its fileExtension must be an ending without its dot"],
  [{ sidecarExtension: "../x" }, "its sidecarExtension must be an ending without its dot"],
])("%j is told", (fields, expected) => {
  expect(wrongField(but(fields), "json")).toBe(expected);
});

test.each([null, undefined, 5])("that open gives %j is told", (opened) => {
  const codec = but({ open: () => opened as unknown as OpenCodec });
  expect(wrongAbility(codec, {})).toBe("open must return an object of functions, such as encode");
});
