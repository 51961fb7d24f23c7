import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { makeFolder } from "./folder.js";

const folder = mkdtempSync(join(tmpdir(), "hellfact-folder-"));
afterAll(() => rmSync(folder, { recursive: true }));

test("folders are made with those that they are in, and may be there already", () => {
  const path = join(folder, "a", "b", "c");
  makeFolder(path);
  makeFolder(path);
  expect(existsSync(path)).toBe(true);
});

test("a file in the way is an error", () => {
  writeFileSync(join(folder, "file"), "");
  expect(() => makeFolder(join(folder, "file"))).toThrow("EEXIST");
  expect(() => makeFolder(join(folder, "file", "a"))).toThrow(/ENOTDIR|EEXIST/);
});

test.skipIf(process.platform !== "linux")("where nothing can be made is an error at once", () => {
  expect(() => makeFolder("/proc/hellfact/a")).toThrow("nothing can be made there");
});
