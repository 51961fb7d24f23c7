/** What a process that was killed leaves beside a file of SQLite in WebAssembly. */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { loadStore } from "../../plugins/load-store.js";

const folder = mkdtempSync(join(tmpdir(), "hellfact-holder-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

// As the processes see it that are started here.
const loading = spawnSync(process.execPath, ["-e", 'import("node-sqlite3-wasm")']);
const isThere = loading.status === 0;
if (!isThere) console.warn("skipped: node-sqlite3-wasm is not installed");

const built = (path: string) => join(import.meta.dirname, "../../../dist/src", path);

/** Runs statements on a file in a process of its own, which then kills itself. */
function runAndDie(file: string, statements: readonly string[]): void {
  const { signal, stderr } = spawnSync(process.execPath, [
    ...["--input-type=module", "-e"],
    `import { loadDriver } from ${JSON.stringify(built("stores/sqlite/wasm.js"))};
     const connection = (await loadDriver()).connect(${JSON.stringify(file)});
     for (const sql of ${JSON.stringify(statements)}) connection.exec(sql);
     process.kill(process.pid, "SIGKILL");`,
  ]);
  expect([String(stderr), signal]).toEqual(["", "SIGKILL"]);
}

async function ask(file: string, sql: string): Promise<unknown[]> {
  const url = `sqlite:${file}?driver=node-sqlite3-wasm`;
  const open = await (await loadStore({ url })).open(url);
  try {
    return (await open.query(sql)).map(([value]) => value);
  } finally {
    await open.close();
  }
}

test.skipIf(!isThere)(
  "half a transaction of a process that was killed is rolled back, its lock and note are gone",
  async () => {
    const file = join(folder, "killed.db");
    const rows = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)";
    runAndDie(file, [
      `CREATE TABLE t AS ${rows} SELECT i, hex(zeroblob(50)) AS text FROM n`,
      "PRAGMA cache_size = 10", // so that pages are written before the end
      "BEGIN",
      "UPDATE t SET text = 'new'",
    ]);
    expect(readdirSync(folder)).toContain("killed.db.lock");
    expect(await ask(file, "SELECT count(*) FROM t WHERE text = 'new'")).toEqual([0]);
    expect(await ask(file, "PRAGMA integrity_check")).toEqual(["ok"]);
    expect(readdirSync(folder)).toEqual(["killed.db"]);
  },
);

test.skipIf(!isThere)(
  "a lock that is younger than whoever has the file open is left alone",
  async () => {
    const file = join(folder, "held.db");
    runAndDie(file, ["CREATE TABLE t (a)"]); // leaves a note
    const url = `sqlite:${file}?driver=node-sqlite3-wasm`;
    const store = await loadStore({ url });
    const first = await store.open(url);
    mkdirSync(`${file}.lock`); // as it would with a transaction
    await expect(store.open(url)).rejects.toThrow("the database is locked");
    expect(readdirSync(folder)).toContain("held.db.lock");
    rmSync(`${file}.lock`, { recursive: true });
    await first.close();
  },
);

test.skipIf(!isThere)("of many that find the same stale lock, none takes another's away", () => {
  const file = join(folder, "many.db");
  runAndDie(file, ["CREATE TABLE t (a)", "BEGIN IMMEDIATE"]);
  const script = `import { loadDriver } from ${JSON.stringify(built("stores/sqlite/wasm.js"))};
    const connection = (await loadDriver()).connect(${JSON.stringify(file)});
    connection.exec("PRAGMA busy_timeout = 30000");
    for (let i = 0; i < 20; i++) {
      connection.exec("BEGIN IMMEDIATE");
      connection.exec("INSERT INTO t SELECT count(*) FROM t");
      connection.exec("COMMIT");
    }
    connection.close();`;
  const one = `${process.execPath} --input-type=module -e '${script}'`;
  execFileSync("sh", ["-c", `${one} & ${one} & ${one} & ${one}; wait`], { timeout: 100_000 });
  return expect(
    ask(file, "SELECT count(DISTINCT a) || ' of ' || count(*) FROM t"),
  ).resolves.toEqual(["80 of 80"]);
});
