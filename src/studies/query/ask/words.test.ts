import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { understood } from "./words.js";

const folder = mkdtempSync(join(tmpdir(), "hellfact-words-"));
afterAll(() => rmSync(folder, { recursive: true }));
const file = join(folder, "q.sql");
writeFileSync(file, "SELECT 1");

test("SQL, the name of a file with SQL, and places are told apart", async () => {
  expect(await understood("SELECT 1", ["a", "b"])).toEqual({ sql: "SELECT 1", places: ["a", "b"] });
  expect(await understood(file, ["a"])).toEqual({ sql: "SELECT 1", places: ["a"] });
});

test.each([
  [undefined, [], "give SQL and where the facts are"],
  ["SELECT 1 FROM facts", [], "where are the facts?"],
  ["evnts", [], "evnts: there is no such file or folder"],
  ["nothing.sql", ["a"], "nothing.sql: there is no such file"],
])("%s %j is refused", async (first, rest, complaint) => {
  await expect(understood(first, rest)).rejects.toThrow(complaint);
});
