/** A store of somebody else is looked at in a process of its own, which may die or hang. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
// As it is built: its process is started from there.
import { checkedStore } from "../../dist/src/plugins/own-store.js";

const folder = mkdtempSync(join(tmpdir(), "hellfact-own-store-"));
afterAll(() => rmSync(folder, { recursive: true }));

const FINE = `export default {
  name: "mine", methods: [], lookUps: [], defaultMethod: "all", jsonKinds: ["json"],
  documentText: String, driver: async () => "", open: async () => ({}),
};`;

test.each([
  ["process.exit(0);", "its process died (exit code 0)."],
  ["export const a = 1;", "has no store as its default export."],
  [
    FINE.replace("open:", "opens:"),
    "has no store as its default export: its open must be a function.",
  ],
])("%s", async (text, expected) => {
  const file = join(folder, "mine.mjs");
  writeFileSync(file, text);
  await expect(checkedStore(`${file}:place`)).rejects.toThrow(expected);
});

test("one that has all that a store has is taken, with the place behind its name", async () => {
  const file = join(folder, "fine.mjs");
  writeFileSync(file, FINE);
  expect(await checkedStore(`${file}:place`)).toEqual({ url: "place", storeFile: file });
  expect(await checkedStore("sqlite:x.db")).toEqual({ url: "sqlite:x.db" });
});
