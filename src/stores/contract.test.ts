import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { wrongFieldOf } from "../contracts/breach.js";
import { CONTRACT } from "../contracts/store/contract.js";
import { FIELDS } from "../contracts/store/shape.js";
import { comparable, documentOf, TABLE as CONTRACT_TABLE } from "../contracts/store/table.js";
import type { LoadMethod, OpenStore, Row, Store, TableShape } from "../core/store.js";
import { loadPlugin, pluginNames } from "../plugins/catalog.js";
import { ownSchema } from "../testing/postgres.js";

const folder = mkdtempSync(join(tmpdir(), "hellfact-stores-"));
const schema = await ownSchema();
afterAll(async () => {
  await schema?.drop();
  rmSync(folder, { recursive: true, force: true });
});

const stores: [string, Store, string | undefined][] = [];
for (const name of pluginNames("stores")) {
  const url = name === "postgres" ? schema?.url : `${name}:${join(folder, `${name}.db`)}`;
  stores.push([name, await loadPlugin("stores", name), url]);
}

const TABLE: TableShape = {
  name: 'a table, "quoted"',
  columns: CONTRACT_TABLE.columns,
};

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

/** Text without the one character that databases do not keep, and without halves of characters. */
const text = fc.string({ unit: "binary" }).filter((one) => !one.includes("\0"));
const orNull = <T>(values: fc.Arbitrary<T>) => fc.option(values, { freq: 8 });
const aRow: fc.Arbitrary<Row> = fc.tuple(
  orNull(fc.maxSafeInteger()),
  orNull(fc.integer()),
  orNull(fc.double({ noNaN: true, noDefaultInfinity: true })),
  orNull(fc.boolean()),
  orNull(text),
  orNull(fc.uint8Array({ minLength: 1, maxLength: 40 })),
  orNull(fc.dictionary(text, fc.oneof(fc.integer(), text)).map((value) => JSON.stringify(value))),
);

const inOrder = (rows: readonly Row[]) =>
  rows
    .map((row) => TABLE.columns.map(({ type }, index) => comparable(row[index], type)))
    .map((row) => JSON.stringify(row))
    .toSorted();

/** Whether it is Node's own SQLite before 3.53, which is Node 22's. */
function isInexact({ driver }: OpenStore): boolean {
  const { sqlite = "3.53" } = process.versions as { sqlite?: string };
  return driver.startsWith("node:sqlite") && Number(sqlite.split(".")[1]) < 53;
}

describe.each(stores)("%s", (name, store, url) => {
  let open: OpenStore;
  const skip = url === undefined;
  beforeAll(async () => {
    if (url === undefined) console.warn(`skipped: no server for ${name} (docs/load.md)`);
    else open = await store.open(url);
  });
  afterAll(() => open?.close());

  const all = async (table: string): Promise<Row[]> =>
    open.query(`SELECT * FROM "${table.replaceAll('"', '""')}"`);

  const byRows = store.methods.filter(({ takes }) => takes === "rows");
  /** Why a driver does not do a method here, if it does not. */
  const without = ({ name: method }: LoadMethod) => {
    if (method.includes("wal") && open.driver.includes("wasm"))
      return "this driver has no write-ahead log";
    return method.startsWith("json-each") && isInexact(open)
      ? "this SQLite reads some decimals of JSON inexactly"
      : undefined;
  };
  const works = (method: LoadMethod) => without(method) === undefined;

  test("is called as its file is, and says what it is", () => {
    expect(wrongFieldOf(store, name, FIELDS)).toBe(undefined);
  });

  test.skipIf(skip).each(CONTRACT)("$rule", async ({ breach }) => {
    expect(await breach({ store, open, works })).toBe(undefined);
  });

  test.skipIf(skip)("a commit outlives a loss of power, unless asked otherwise", async () => {
    expect((await open.durability()).survives).toBe("power");
  });

  test.skipIf(skip).for(byRows)(
    "$name loads rows of any values",
    async (method, { skip: leave }) => {
      if (!works(method)) return leave(without(method));
      await fc.assert(
        fc.asyncProperty(fc.array(aRow, { maxLength: 30 }), async (rows) => {
          await open.create(TABLE, true);
          await open.load(TABLE, rows, method.name);
          expect(inOrder(await all(TABLE.name))).toEqual(inOrder(rows));
        }),
        { numRuns: 25 },
      );
    },
  );

  test.skipIf(skip).for(byRows)(
    "$name loads more rows than any of its groups",
    async (method, { skip: leave }) => {
      if (!works(method)) return leave(without(method));
      const table: TableShape = {
        name: "many",
        columns: [
          { name: "n", type: "bigint" },
          { name: "text", type: "text" },
        ],
      };
      const count = method.isAtomic ? 4_321 : 120;
      await open.create(table, true);
      await open.load(table, numbered(count), method.name);
      const [found] = await open.query("SELECT count(*), count(DISTINCT n), sum(n) FROM many");
      expect(found?.map(Number)).toEqual([count, count, (count * (count - 1)) / 2]);
    },
  );

  test.skipIf(skip).each(store.jsonKinds)("keeps documents as %s", async (jsonKind) => {
    const table: TableShape = {
      name: `documents ${jsonKind}`,
      columns: [
        { name: "fact", type: "bigint" },
        { name: "document", type: "json" },
      ],
      jsonKind,
    };
    const document = { a: [1, 2.5, 'x\\\t\n"ü😀'], b: { c: null, d: "\u0001" } };
    for (const method of byRows.filter(works)) {
      await open.create(table, true);
      await open.load(table, [[7, JSON.stringify(document)]], method.name);
      const sql = jsonKind === "jsonb" && name === "sqlite" ? "json(document)" : "document";
      const [row] = await open.query(`SELECT fact, ${sql} FROM "documents ${jsonKind}"`);
      expect([method.name, Number(row?.[0])]).toEqual([method.name, 7]);
      expect(JSON.parse(documentOf(row?.[1]))).toEqual(document);
    }
  });

  test.skipIf(skip)(
    "keeps nothing of a load whose rows fail in the middle, and goes on",
    async () => {
      for (const method of byRows.filter(works).filter(({ isAtomic }) => isAtomic)) {
        await open.create(TABLE, true);
        const broken = function* (): Generator<Row> {
          yield [1, 1, 1, true, "a", null, null];
          throw new Error("the source broke");
        };
        await expect(open.load(TABLE, broken(), method.name)).rejects.toThrow("the source broke");
        // Not either when what held the rows is let go of.
        collectGarbage();
        await new Promise((resolve) => setTimeout(resolve, 5));
        expect([method.name, await all(TABLE.name)]).toEqual([method.name, []]);
        await open.load(TABLE, [[1, 1, 1, true, "a", null, null]], method.name);
        expect((await all(TABLE.name)).length).toBe(1);
      }
    },
  );

  test.skipIf(skip)("loads its own files and its own tables", async () => {
    const table: TableShape = {
      name: "read back",
      columns: [
        { name: "n", type: "bigint" },
        { name: "text", type: "text" },
      ],
    };
    const staged = { ...table, name: "staged" };
    await open.create(staged, true);
    const rows: Row[] = [
      [1, "one"],
      [2, "two"],
    ];
    await open.load(staged, rows, "one-transaction");
    const ndjson = join(folder, `${name}.ndjson`);
    const parquet = join(folder, `${name}.parquet`);
    writeFileSync(ndjson, '{"n":1,"text":"one"}\n{"n":2,"text":"two"}\n');
    if (store.methods.some(({ takes }) => takes === "parquet")) {
      await open.query(`COPY staged TO '${parquet}' (FORMAT parquet)`);
    }
    for (const { name: method, takes } of store.methods.filter((one) => one.takes !== "rows")) {
      await open.create(table, true);
      const input =
        takes === "query"
          ? { query: "SELECT * FROM staged" }
          : { file: takes === "ndjson" ? ndjson : parquet };
      await open.load(table, input, method);
      const found = await all(table.name);
      expect([method, found.length]).toEqual([method, 2]);
      expect(new Set(found.map(([n, one]) => `${Number(n)} ${String(one)}`))).toEqual(
        new Set(["1 one", "2 two"]),
      );
    }
  });
});

function* numbered(count: number): Generator<Row> {
  for (let n = 0; n < count; n++) yield [n, `row ${n}`];
}

describe("bad stores are one line", () => {
  test.each<[string, string, RegExp]>([
    ["sqlite", "sqlite:", /give a file/],
    ["sqlite", "sqlite:x.db?driver=odbc", /the drivers are/],
    ["sqlite", `sqlite:${import.meta.filename}`, /not a database/],
    ["duckdb", "duckdb:", /give a file/],
    ["duckdb", `duckdb:${import.meta.filename}`, /not a valid DuckDB/i],
    ["postgres", "postgres:nothing", /postgres:\/\/USER@HOST/],
    ["postgres", "postgres://u:s3cret@127.0.0.1:1/x", /127\.0\.0\.1:1: nobody answers/],
    ["postgres", "postgres://u:s3cret@no-such-host.invalid/x", /no host of that name/],
  ])("%s %s", async (name, url, message) => {
    const store = await loadPlugin("stores", name);
    const error: Error = await store.open(url).then(
      () => new Error("it opened"),
      (problem: Error) => problem,
    );
    expect(error.message).toMatch(message);
    expect(error.message).not.toMatch(/\n|s3cret/);
  });

  test.skipIf(schema === undefined)("no such database, by its name", async () => {
    const store = await loadPlugin("stores", "postgres");
    const url = new URL(schema?.url ?? "");
    url.pathname = "/no_such_database";
    await expect(store.open(url.href)).rejects.toThrow('has no database "no_such_database"');
  });
});
