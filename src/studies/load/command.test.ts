import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { hellfact } from "../../testing/command.js";
import { refused } from "../../testing/refused.js";
import { ownSchema } from "../../testing/postgres.js";
import type { LoadDocument } from "./document.js";

const folder = mkdtempSync(join(tmpdir(), "hellfact-load-"));
const schema = await ownSchema();
afterAll(async () => {
  await schema?.drop();
  rmSync(folder, { recursive: true, force: true });
});

const compare = (store: string, ...words: string[]) =>
  hellfact([
    "load",
    "--compare",
    "--store",
    store,
    "--rounds",
    "1",
    "--out",
    folder,
    "--quiet",
    ...words,
  ]);

describe("hellfact load --compare", () => {
  test("a table, a plot and sentences within 100 columns; every other form from the document", async () => {
    const { code, stdout, stderr } = await compare(
      ...(["sqlite", "--rows", "100,2k", "--method", "one-transaction,multi-row-500"] as const),
    );
    expect(stderr).toContain("results.json");
    expect(code).toBe(0);
    expect(stdout).toMatch(/^ multi-row-500 +[\d.]+( k)?[ ▲]/m);
    expect(stdout).toContain("synchronous=FULL: commits survive a loss of power");
    expect(stdout).toMatch(/Nothing is decided: too few rounds .* [a-z0-9-]+ had the most so far/s);
    expect(Math.max(...stdout.split("\n").map((line) => line.length))).toBeLessThanOrEqual(100);
    const again = await hellfact(["report", join(folder, "latest.json")]);
    expect(again.stdout).toBe(stdout);
    for (const [format, expected] of [
      ["markdown", "| one-transaction"],
      ["csv", "server,driver,table,method,rows"],
      ["html", "Methods by size"],
    ] as const) {
      const printed = await hellfact(["report", join(folder, "latest.json"), "--format", format]);
      expect([printed.code, printed.stderr]).toEqual([0, ""]);
      expect(printed.stdout).toContain(expected);
    }
    // Nothing of the measuring is left beside the document.
    const [run = ""] = readdirSync(folder).filter((name) => /^\d{4}-/.test(name));
    expect(readdirSync(join(folder, run))).toEqual(["results.json"]);
  });

  test("a load that takes too long is killed, and its cell says TIMEOUT", async () => {
    const { code, stdout } = await compare(
      ...(["sqlite", "--rows", "10,3M", "--method", "prepared-each", "--timeout", "3s"] as const),
    );
    expect(code).toBe(0);
    expect(stdout).toMatch(/^ prepared-each +[\d.]+(?: k)?[ ▲] *TIMEOUT/m);
    expect(stdout).toContain("Over 3 s, and so without a rate: prepared-each from 3 M rows.");
  });

  test("documents, pairs and a file of one's own", { timeout: 300_000 }, async () => {
    const input = join(folder, "own.ndjson");
    writeFileSync(input, '{"a":1,"b":"x","c":[1]}\n{"a":2,"b":"y","c":[]}\n');
    for (const [store, ...words] of [
      ["duckdb", "--table", "facts", "--rows", "20", "--method", "appender-chunks,read-json"],
      [
        "sqlite",
        "--table",
        "facts",
        "--documents",
        "jsonb",
        "--rows",
        "20",
        "--method",
        "multi-row-50",
      ],
      ["sqlite", "--preset", "pairs", "--rows", "45,4950", "--method", "multi-row-50,set-based"],
      ["duckdb", "--preset", "pairs", "--rows", "100", "--method", "one-transaction,set-based"],
      ["sqlite", "--input", input, "--rows", "300", "--method", "multi-row-50,json-each,set-based"],
    ] as const) {
      const { code, stdout } = await compare(store, ...words, "--timeout", "60s", "--json");
      expect(code).toBe(0);
      const { comparisons } = JSON.parse(stdout) as LoadDocument;
      const cells = comparisons.flatMap((one) => one.cells);
      expect(cells.filter(({ status }) => status !== "ok")).toEqual([]);
      // Samples, results, and looking those up.
      const expected = words.join(" ").includes("pairs") ? 3 : 1;
      expect(comparisons.length).toBe(expected);
    }
  });

  test("kinds of documents, in common rounds, and what each takes", async () => {
    const methods = ["--method", "multi-row-50,prepared-each"];
    const { code, stdout } = await compare(
      ...([
        "sqlite",
        "--table",
        "facts",
        "--documents",
        "all",
        "--rows",
        "20",
        ...methods,
      ] as const),
    );
    expect(code).toBe(0);
    expect(stdout).toMatch(/^ Documents load fastest as (json|jsonb|blob) by [a-z0-9-]+: /m);
    for (const kind of ["json", "jsonb", "blob"]) {
      expect(stdout).toMatch(new RegExp(`^ ${kind} +(multi-row-50|prepared-each) +20 `, "m"));
      expect(stdout).toContain(`, facts of 2 columns, documents as ${kind}\n`);
    }
    const html = await hellfact(["report", join(folder, "latest.json"), "--format", "html"]);
    expect(html.stdout).toContain("What documents are kept as");
    expect(html.stdout).toContain("multi-row-50, jsonb");
  });

  test.skipIf(schema === undefined)(
    "PostgreSQL, with its server's processor time; no table is left",
    async () => {
      const url = schema?.url ?? "";
      const { code, stdout } = await compare(url, "--rows", "200", "--timeout", "60s", "--json");
      expect(code).toBe(0);
      const { comparisons, store } = JSON.parse(stdout) as LoadDocument;
      expect(store.address).not.toContain("options");
      for (const { method, status, serverCpuSeconds } of comparisons[0]?.cells ?? []) {
        expect([method, status]).toEqual([method, "ok"]);
        expect([method, serverCpuSeconds === null || serverCpuSeconds > 0]).toEqual([method, true]);
      }
    },
  );
});

describe("hellfact load --connections", () => {
  test.skipIf(schema === undefined)(
    "three rates, latencies and what connections wait for",
    async () => {
      const { code, stdout, stderr } = await hellfact([
        ...["load", "--store", schema?.url ?? "", "--connections", "1,3", "--rounds", "1"],
        ...[
          "--scheduling",
          "pool,pipeline,workers",
          "--phase",
          "200ms",
          "--out",
          folder,
          "--quiet",
        ],
      ]);
      expect(stderr).toContain("results.json");
      expect(code).toBe(0);
      expect(stdout).toMatch(/^ pipeline +3 /m);
      expect(Math.max(...stdout.split("\n").map((line) => line.length))).toBeLessThanOrEqual(100);
      const { connections } = JSON.parse(
        readFileSync(join(folder, "latest.json"), "utf8"),
      ) as LoadDocument;
      expect(connections?.cells.length).toBe(3 * 2 * 3);
      for (const { committed, sent, waits } of connections?.rounds ?? []) {
        expect(sent).toBeGreaterThanOrEqual(committed);
        expect(committed).toBeGreaterThan(0);
        expect(waits.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1);
      }
      const page = await hellfact(["report", join(folder, "latest.json"), "--format", "html"]);
      expect(page.stdout).toContain("What connections are doing");
    },
  );

  test.skipIf(schema === undefined)(
    "more than the server takes is told before anything starts",
    async () => {
      const { code, stderr } = await hellfact([
        ...["load", "--store", schema?.url ?? "", "--connections", "100000", "--out", folder],
      ]);
      expect(code).toBe(2);
      expect(stderr).toMatch(/^hellfact: --connections 100000: the server takes \d+,[^\n]*\n$/);
    },
  );
});

describe("hellfact load --verdict", () => {
  const verdict = (...words: string[]) =>
    hellfact(["load", "--verdict", "--phase", "60ms", "--out", folder, "--quiet", ...words]);

  test("a store inside the client, with its evidence", async () => {
    const { code, stdout } = await verdict("--store", "sqlite", "--method", "multi-row-50");
    expect(code).toBe(0);
    expect(stdout).toMatch(/^ What binds multi-row-50 over 1 connection: /m);
    expect(stdout).toMatch(/^ no commit waited for +[\d.]+( [kM])? rows\/s, /m);
    const page = await hellfact(["report", join(folder, "latest.json"), "--format", "html"]);
    expect(page.stdout).toContain("What binds");
  });

  test.skipIf(schema === undefined)(
    "a server: ceilings measured alone, and what connections wait for",
    async () => {
      const { code, stdout } = await verdict(
        ...["--store", schema?.url ?? "", "--connections", "2", "--json"],
      );
      expect(code).toBe(0);
      const { verdicts = [] } = JSON.parse(stdout) as LoadDocument;
      expect(verdicts[0]?.rounds.length).toBe(5);
      for (const round of verdicts[0]?.rounds ?? []) {
        for (const one of [round.base, round.noWait, round.nobody, round.replay, round.twice]) {
          expect(one?.rate).toBeGreaterThan(0.1);
        }
        expect(round.looks.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1);
      }
    },
  );
});

test.each<[string[], string, number]>([
  [["--store", "sqlite"], "say what to do", 2],
  [["--compare"], "required option '--store <url>'", 2],
  [["--compare", "--store", "oracle:x"], 'unknown store "oracle"', 2],
  [["--compare", "--store", "sqlite", "--method", "copy"], 'sqlite has no method "copy"', 2],
  [["--compare", "--store", "sqlite", "--documents", "bson"], "keeps no documents as", 2],
  [["--compare", "--store", "sqlite", "--documents", "json"], "has no documents", 2],
  [["no-run", "--store", "sqlite::memory:", "--documents", "all"], "for --compare: give one", 2],
  [["--compare", "--store", "sqlite", "--rows", "many"], "It takes a whole number", 2],
  [["--connections", "2", "--store", "duckdb"], "give a file", 2],
  [["--connections", "2", "--store", "sqlite::memory:"], "a file that one connection writes to", 2],
  [["--compare", "--store", "postgres://u:s3cret@127.0.0.1:1/x"], "nobody answers", 1],
  [["no-such-run", "--store", "sqlite::memory:"], "holds no run", 2],
])("%j is one line", async (words, message, expected) => {
  const { code, stderr, stdout } = await refused(["load", ...words, "--out", folder, "--quiet"]);
  expect(stderr).toContain(message);
  expect(stderr).toMatch(/^hellfact: [^\n]*\n$/);
  expect(stderr).not.toContain("s3cret");
  expect([stdout, code]).toEqual(["", expected]);
});

test("a store of one's own is a file", async () => {
  const file = join(folder, "own-store.js");
  const sqlite = JSON.stringify(resolve("dist/src/stores/sqlite.js"));
  writeFileSync(
    file,
    `import sqlite from ${sqlite};
     const open = async (place, options) => ({
       ...(await sqlite.open("sqlite:" + place, options)), server: "Own",
     });
     const methods = sqlite.methods.filter(({ name }) => name === sqlite.defaultMethod);
     export default { ...sqlite, name: "own-store", methods, open };`,
  );
  const { code, stdout, stderr } = await compare(
    `${file}:${join(folder, "own.db")}`,
    "--rows",
    "1000",
  );
  expect([code, stderr.includes("results.json")]).toEqual([0, true]);
  expect(stdout).toContain("rows/s into Own");
  expect(stdout).toMatch(/^ multi-row-50 +[\d.]+ [kM]/m);
});
