import { execFileSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { place, stage } from "./staging.js";

let folder = "";
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "hellfact-staging-"))));
afterEach(() => rmSync(folder, { recursive: true }));

const orderOf = (output: string) => ({ directory: folder, output, staging: ".staging-x" });

test("a folder takes the place of an older one, and nothing else is left", () => {
  const order = orderOf("data/all/");
  mkdirSync(join(folder, "data/all"), { recursive: true });
  writeFileSync(join(folder, "data/all/old"), "");
  const staged = stage(order);
  mkdirSync(staged?.path ?? "");
  writeFileSync(join(staged?.path ?? "", "new"), "new");
  expect(place(order, staged?.token ?? null)).toBe(true);
  expect(readdirSync(join(folder, "data/all"))).toEqual(["new"]);
  expect(readdirSync(join(folder, "data/.staging-x"))).toEqual([]);
});

test("what is staged never goes out of its own folder", () => {
  mkdirSync(join(folder, "data/own"), { recursive: true });
  const { path = "" } = stage(orderOf("data/own/x/../..")) ?? {};
  expect(path).toMatch(new RegExp(`^${folder}/.staging-x/[\\w-]+/data$`));
});

test("what cannot be put in its place leaves what was there, and does not wait for ever", () => {
  const order = orderOf("all");
  mkdirSync(join(folder, "all"));
  writeFileSync(join(folder, "all/old"), "old");
  const staged = stage(order);
  execFileSync("sh", ["-c", 'mkfifo "$0"', staged?.path ?? ""]);
  expect(() => place(order, staged?.token ?? null)).toThrow("fsync");
  expect(readFileSync(join(folder, "all/old"), "utf8")).toBe("old");
  expect(existsSync(staged?.path ?? "")).toBe(true);
});
