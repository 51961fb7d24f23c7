import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { fileSink, writingProblem } from "./file.js";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "hellfact-sink-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

test.each(["none", "close", "batch"] as const)("sync %s: what was written is there", (sync) => {
  const sink = fileSink(join(folder, "facts"), sync);
  sink.write(Buffer.from("one "));
  sink.write(Buffer.from("two"));
  sink.close();
  expect(readFileSync(join(folder, "facts"), "utf8")).toBe("one two");
  expect(readdirSync(folder)).toEqual(["facts"]);
});

test("until it is closed, the file is not there under its name", () => {
  const sink = fileSink(join(folder, "facts"), "none");
  sink.write(Buffer.from("half"));
  expect(readdirSync(folder)).not.toContain("facts");
  sink.discard();
  expect(readdirSync(folder)).toEqual([]);
});

test("a file that was there stays as it was until the new one is whole", () => {
  const path = join(folder, "facts");
  writeFileSync(path, "old");
  const sink = fileSink(path, "close");
  sink.write(Buffer.from("new"));
  expect(readFileSync(path, "utf8")).toBe("old");
  sink.close();
  expect(readFileSync(path, "utf8")).toBe("new");
});

test("a folder that is in the way is named, and leaves nothing behind", () => {
  mkdirSync(join(folder, "taken"));
  const sink = fileSink(join(folder, "taken"), "none");
  sink.write(Buffer.from("x"));
  expect(() => sink.close()).toThrow("a folder is in the way");
  sink.discard();
  expect(readdirSync(folder)).toEqual(["taken"]);
});

test("a folder that is not there is named", () => {
  const path = join(folder, "no", "facts");
  const message = `${path}: its folder does not exist. Make it first.`;
  expect(() => fileSink(path, "none")).toThrow(expect.objectContaining({ exitCode: 2, message }));
});

test("a folder or a circle of links in the way is a mistake on the command line", () => {
  symlinkSync("b", join(folder, "a"));
  symlinkSync("a", join(folder, "b"));
  const expected = { exitCode: 2, message: expect.stringContaining("in a circle") as string };
  expect(() => fileSink(join(folder, "a"), "none")).toThrow(expect.objectContaining(expected));
  expect(writingProblem("x", Object.assign(new Error(""), { code: "EISDIR" })).exitCode).toBe(2);
});

test.each([
  ["ENOSPC", "the disk is full. Make room"],
  ["EFBIG", "the file-size limit is reached"],
  ["EACCES", "this user may not write there"],
  ["EIO", "cannot be written: EIO"],
])("%s says what to do", (code, expected) => {
  expect(writingProblem("x", Object.assign(new Error(code), { code })).message).toContain(expected);
});
