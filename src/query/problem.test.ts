import { expect, test } from "vitest";
import { sqlProblem } from "./problem.js";

const paths = ["player", "player.id", "player.level", "runs", "runs[1].speed", "region"];
const told = (message: string, sql: string) => sqlProblem(message, { sql, paths, memory: "1GB" });

test.each([
  [
    'Binder Error: Referenced column "plyer" not found in FROM clause!\nCandidate bindings: "player"\n\nLINE 2: WHERE plyer > 1\n              ^',
    "SELECT 1 FROM facts\nWHERE plyer > 1",
    'SQL line 2, column 7: Referenced column "plyer" not found in FROM clause. Did you mean player',
  ],
  [
    'Binder Error: Could not find key "lvel" in struct\n\nCandidate Entries: "id"',
    "SELECT\n player.lvel FROM facts",
    'SQL line 2, column 9: Could not find key "lvel" in struct. Did you mean player.level?',
  ],
  [
    'Binder Error: Referenced table "plyer" not found!\nCandidate tables: "facts"\n\nLINE 1: SELECT plyer.id FROM facts\n               ^',
    "SELECT plyer.id FROM facts",
    'SQL line 1, column 8: Referenced table "plyer" not found. Did you mean player',
  ],
  [
    "Failed to extract statements: Parser Error: syntax error at end of input",
    "SELECT 1 +",
    "SQL, at its end: syntax error at end of input.",
  ],
  [
    'Catalog Error: Table with name events does not exist!\nDid you mean "pg_sequences"?\n\nLINE 1: SELECT 1 FROM events\n                      ^',
    "SELECT 1 FROM events",
    "SQL line 1, column 15: Table with name events does not exist. The table is facts.",
  ],
])("%s", (message, sql, text) => {
  const problem = told(message, sql);
  expect(problem.text).toContain(text);
  expect(problem.text).not.toContain("\n");
  expect(problem.isOfSql).toBe(true);
});

test("a name in quotes is near by what is in them", () => {
  const odd = ["id", '"a.b"', 'list[1]."x.y"', 'list[1]."q""q"'];
  const message = (key: string) => `Binder Error: Could not find key "${key}" in struct`;
  const near = (key: string) =>
    sqlProblem(message(key), { sql: "SELECT 1", paths: odd, memory: "1GB" }).text;
  expect(near("x.z")).toContain('Did you mean list[1]."x.y"');
  expect(near("a.c")).toContain('Did you mean "a.b"');
});

test("the place in a long line is right, of which DuckDB shows a stretch", () => {
  const sql = `SELECT ${"a, ".repeat(60)}plyer, ${"b, ".repeat(60)}1 FROM facts`;
  const at = sql.indexOf("plyer");
  const from = at - 20;
  const shown = `...${sql.slice(from, from + 60)}...`;
  const mark = `${" ".repeat("LINE 1: ".length + 3 + (at - from))}^`;
  const message = `Binder Error: Referenced column "plyer" not found in FROM clause!\n\nLINE 1: ${shown}\n${mark}`;
  expect(told(message, sql).text).toContain(`column ${at + 1}: `);
});

test("memory, disk and data are no fault of the SQL", () => {
  const memory = told("Out of Memory Error: failed to allocate\n\nPossible solutions:", "SELECT 1");
  expect(memory.isOfSql).toBe(false);
  expect(memory.text).toContain("more memory than 1GB. Give --memory");
  const data = told(
    'Invalid Input Error: Malformed JSON in file "x.ndjson", at byte 5 in line 3: unexpected. ',
    "SELECT 1",
  );
  expect(data).toEqual({
    text: 'Malformed JSON in file "x.ndjson", at byte 5 in line 3: unexpected.',
    isOfSql: false,
  });
});
