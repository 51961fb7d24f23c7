import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { afterAll, expect, test } from "vitest";
import { InputError } from "../../../core/errors.js";
import type { QueryResult } from "../../../query/result.js";
import { completions } from "./complete.js";
import { prompt } from "./prompt.js";

const folder = mkdtempSync(join(tmpdir(), "hellfact-prompt-"));
afterAll(() => rmSync(folder, { recursive: true }));
const paths = ["player", "player.id", 'player."a.b"', "runs", "runs[1].speed", "region"];

test.each([
  ["SELECT pl", ["player"], "pl"],
  ["SELECT player.", ["player.id", 'player."a.b"'], "player."],
  ['SELECT player."a', ['player."a.b"'], 'player."a'],
  ["SELECT runs[1].s", ["runs[1].speed"], "runs[1].s"],
  ["SELECT max(re", ["region"], "re"],
  ["sel", ["SELECT"], "sel"],
])("%s becomes one of %j", (line, words, typed) => {
  expect(completions(line, paths)).toEqual([words, typed]);
});

test("several lines are one query; errors do not end it; the history is kept", async () => {
  const asked: string[] = [];
  const engine = {
    paths,
    interrupt: () => undefined,
    async *ask(sql: string): AsyncGenerator<QueryResult> {
      asked.push(sql);
      if (sql.includes("wrong")) throw new InputError("SQL line 1, column 8: no.");
      const rows = (async function* () {
        yield [[asked.length]];
      })();
      yield { columns: [{ name: "n", type: "INTEGER" }], hasRows: true, rows };
    },
  };
  const [input, output] = [new PassThrough(), new PassThrough()];
  const historyFile = join(folder, "deep", "history");
  let text = "";
  output.on("data", (piece: Buffer) => (text += piece.toString()));
  const done = prompt(engine, "csv", { input, output, historyFile });
  for (const line of ["SELECT", "n;", "wrong;", ".paths .ID", "SELECT 2", "", ".quit"]) {
    input.write(`${line}\r`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  await done;
  expect(asked).toEqual(["SELECT\nn;\n", "wrong;\n", "SELECT 2\n"]);
  expect(text).toContain("n\n1\n(1 row, ");
  expect(text).toContain("SQL line 1, column 8: no.\n");
  expect(text).toContain("player.id");
  expect(readFileSync(historyFile, "utf8").split("\n")).toContain("SELECT 2");
});
