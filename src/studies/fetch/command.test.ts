/** Rows out of databases: measured as a command, told in every form. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { ownSchema } from "../../testing/postgres.js";
import { hellfact } from "../../testing/command.js";
import type { FetchDocument } from "./document.js";
import { fetchCsv } from "./report/csv.js";
import { fetchMarkdown } from "./report/markdown.js";
import { fetchHeadline } from "./report/sentences.js";
import { fetchText } from "./report/text.js";

const folder = mkdtempSync(join(tmpdir(), "hellfact-fetch-"));
const schema = await ownSchema();
afterAll(async () => {
  await schema?.drop();
  rmSync(folder, { recursive: true, force: true });
});
if (schema === undefined) console.warn("skipped: no server for PostgreSQL (docs/load.md)");
const hasDuckDb = await import("@duckdb/node-api").then(
  () => true,
  () => false,
);

test("every driver gives the same rows in every shape, and the document is told in every form", async () => {
  const stores = [
    "sqlite",
    ...(hasDuckDb ? ["duckdb"] : []),
    ...(schema === undefined ? [] : [schema.url]),
  ];
  const words = [
    "--rows",
    "2500",
    "--columns",
    "5",
    "--types",
    "integer,text,boolean,double",
    "--times",
    "2",
  ];
  const { code, stdout, stderr } = await hellfact(
    [
      "fetch",
      "--store",
      stores.join(","),
      ...words,
      "--rounds",
      "1",
      "--budget",
      "2s",
      "--json",
      "--quiet",
    ],
    { cwd: folder },
  );
  expect({ code, stderr }).toMatchObject({ code: 0 });
  const document = JSON.parse(stdout) as FetchDocument;
  const drivers = new Map(document.cells.map(({ driver, status }) => [driver, status]));
  expect(drivers.get("node-sqlite3-wasm")).toBe("ok");
  expect(document.cells.filter(({ status }) => status === "failed")).toEqual([]);
  for (const name of hasDuckDb ? ["@duckdb/node-api"] : []) expect(drivers.get(name)).toBe("ok");
  for (const name of schema === undefined ? [] : ["pg", "pg-cursor", "postgres"]) {
    expect(drivers.get(name)).toBe("ok");
  }
  const text = fetchText(document, { colors: false });
  expect(text).toContain("What a shape costs, against arrays: ");
  expect(Math.max(...text.split("\n").map((line) => line.length))).toBeLessThanOrEqual(100);
  expect(fetchHeadline(document)).toContain("an object");
  expect(fetchMarkdown(document)).toContain("| node-sqlite3-wasm | array");
  expect(fetchCsv(document).trim().split("\n")).toHaveLength(document.cells.length + 1);
  const [run = ""] = readdirSync(join(folder, "out")).filter((name) => /^\d{4}/.test(name));
  expect(readdirSync(join(folder, "out", run))).toEqual(["results.json"]);
  expect(JSON.parse(readFileSync(join(folder, "out", run, "results.json"), "utf8"))).toEqual(
    document,
  );
});

test.each([
  [["--store", "mysql://x"], "rows are fetched out of sqlite, duckdb and postgres"],
  [["--store", "sqlite", "--driver", "pg"], "the drivers of these stores are node:sqlite"],
])("%j is answered in one line", async (words, complaint) => {
  const { code, stdout, stderr } = await hellfact(["fetch", ...words], { cwd: folder });
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toContain(complaint);
  expect(stderr.trimEnd().split("\n")).toHaveLength(1);
});
