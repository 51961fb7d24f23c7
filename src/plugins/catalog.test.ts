import { expect, test } from "vitest";
import { loadPlugin, pluginNames } from "./catalog.js";

test("plugins are the files of their folder, without tests and private parts", () => {
  expect(pluginNames("codecs")).toContain("json");
  expect(pluginNames("codecs")).not.toContain("contract.test");
  expect(pluginNames("compressors")).toEqual(["brotli", "gzip", "lz4", "none", "snappy", "zstd"]);
});

test.each([
  ["protobuff", 'unknown codec "protobuff". Did you mean protobuf?'],
  ["JSON", 'unknown codec "JSON". Did you mean json?'],
  ["zzzzzzzzzzzz", 'unknown codec "zzzzzzzzzzzz". (there are '],
  ["../cli/main", 'unknown codec "../cli/main".'],
])("an unknown name, %s, is answered with the nearest", async (name, expected) => {
  await expect(loadPlugin("codecs", name)).rejects.toThrow(
    expect.objectContaining({
      name: "InputError",
      message: expect.stringContaining(expected) as string,
    }),
  );
});
