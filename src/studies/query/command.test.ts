/** Asking a run as people do: whole, unfinished, killed and gone on with, in every format. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { World } from "../../../generators/world.js";
import { hellfact as start, type CommandOptions } from "../../testing/command.js";

const hasDuckDb = await import("@duckdb/node-api").then(
  () => true,
  () => false,
);
const folder = mkdtempSync(join(tmpdir(), "hellfact-query-test-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const at = (name: string) => join(folder, name);
const hellfact = (words: readonly string[], options: CommandOptions = {}) =>
  start(words, { cwd: folder, ...options });
const run = (sink: string, ...words: string[]) =>
  hellfact(["run", "--sink", `file:${sink}`, "--fact-size", "4KB", "--quiet", ...words]);

const FACTS = 600;
const world = new World(42, {
  ...(await import("../../../generators/profile.js")).DEFAULT_PROFILE,
  factBytes: 4_000,
});
const facts = Array.from({ length: FACTS }, (_, index) => world.fact(index));
const players = new Set(facts.map(({ player }) => player.id)).size;
const UNIQUES = "SELECT count(DISTINCT player.id) AS players, count(*) AS facts FROM facts";
const right = `{"players":${players},"facts":${FACTS}}\n`;

const query = (...words: string[]) => hellfact(["query", ...words, "--format", "ndjson"]);

beforeAll(async () => {
  await run("gz", "--facts", String(FACTS), "--compress", "gzip", "--roll", "100KB");
});

describe.skipIf(!hasDuckDb)("query", () => {
  test("is right about a whole run, says nothing else on standard output, and leaves no files", async () => {
    const { code, stdout, stderr } = await query(UNIQUES, "gz", "--temp", at("temp"));
    expect({ code, stdout }).toEqual({ code: 0, stdout: right });
    expect(stderr).toMatch(/^hellfact: 1 row in [\d.]+ s\n$/);
    expect(readdirSync(at("temp"))).toEqual([]);
  });

  test("is right while a run is unfinished, after it was killed, and after it went on", async () => {
    const words = [
      "--facts",
      String(FACTS),
      "--compress",
      "gzip",
      "--roll",
      "60KB",
      "--fact-size",
      "4KB",
    ];
    await hellfact(["run", ...words, "--sink", "file:killed", "--quiet"], {
      kill: { signal: "SIGKILL", afterMilliseconds: 0, once: () => manifestParts("killed") > 2 },
    });
    writeFileSync(at("killed/part-000000999999.ndjson.gz"), "unfinished");
    const unfinished = await query("SELECT count(*) AS facts FROM facts", "killed");
    const parts = readFileSync(at("killed/manifest.ndjson"), "utf8")
      .split("\n")
      .filter((line) => line.includes('"part"') && line.endsWith("}"))
      .map((line) => (JSON.parse(line) as { part: { facts: number } }).part.facts);
    const whole = parts.reduce((sum, count) => sum + count, 0);
    expect(unfinished).toMatchObject({ code: 0, stdout: `{"facts":${whole}}\n` });
    const isSaid = /the run has not ended: \d+ facts .* \d unfinished file/.test(unfinished.stderr);
    expect(isSaid || whole === FACTS).toBe(true);
    expect((await hellfact(["run", "--resume", "killed", "--quiet"])).code).toBe(0);
    expect((await query(UNIQUES, "killed")).stdout).toBe(right);
  });

  test.each([["msgpackr-records", "gzip"]])(
    "is right about %s with %s",
    async (codec, compress) => {
      const name = `${codec}-${compress.replace(":", "-")}`;
      await run(name, "--facts", "80", "--codec", codec, "--compress", compress);
      const sql =
        "SELECT count(DISTINCT player.id) AS a, sum(len(runs)) AS b, max(eventsByType['coin']) AS c FROM facts";
      const some = facts.slice(0, 80);
      expect(await query(sql, name)).toMatchObject({
        code: 0,
        stdout: `${JSON.stringify({
          a: new Set(some.map(({ player }) => player.id)).size,
          b: some.reduce((sum, { runs }) => sum + runs.length, 0),
          c: Math.max(...some.map(({ eventsByType }) => eventsByType["coin"] ?? 0)),
        })}\n`,
      });
      const { stdout } = await hellfact(["get", name, "--fact", "57", "--quiet"]);
      expect(JSON.parse(stdout)).toEqual(JSON.parse(JSON.stringify(facts[57])));
    },
  );

  test("prints tables; writes files; runs .sql files of several statements", async () => {
    const sql =
      "SELECT player.country AS country, count(*) AS facts FROM facts GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 2";
    const table = await hellfact(["query", sql, "gz", "--quiet"]);
    expect(table.stdout).toMatch(/^ country {2}facts\n [A-Z]{2} +\d+\n [A-Z]{2} +\d+\n$/);
    await hellfact(["query", `${sql} -- the most;`, "gz", "--output", "top.parquet"]);
    expect((await query("SELECT count(*) AS n FROM facts", "top.parquet")).stdout).toBe(
      '{"n":2}\n',
    );
  });

  test.each<[string, string | Buffer]>([
    ["marked.ndjson", '\ufeff{"a":1}\r\n{"a":2}\r\n'],
    ["marked.ndjson.gz", gzipSync('\ufeff{"a":1}\n{"a":2}\n')],
    ["array.json.gz", gzipSync('[\n  {"a":1},\n  {"a":2}\n]\n')],
    ["lines.ndjson.gz", gzipSync('{"a":1}\n{"a":2}\n')],
  ])("%s is read, as other commands read it", async (name, content) => {
    writeFileSync(at(name), content);
    const { code, stdout } = await query("SELECT sum(a) AS sum FROM facts", name);
    expect({ code, stdout }).toEqual({ code: 0, stdout: '{"sum":3}\n' });
  });

  test.each([
    [
      ["SELECT plyer.id FROM facts", "gz"],
      'SQL line 1, column 8: Referenced table "plyer" not found. Did you mean player',
    ],
    [["--compare", "--store", "sqlite"], "SQLite and DuckDB are compared anyway."],
  ])("%j is answered in one line", async (words, complaint) => {
    const { code, stdout, stderr } = await hellfact(["query", ...words]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(complaint);
    expect(stderr.trimEnd().split("\n")).toHaveLength(1);
  });

  test("memory that does not suffice is told in a line, with what to do", async () => {
    const sql = "SELECT count(*) FROM (SELECT DISTINCT r, hash(r) FROM range(20000000) t(r))";
    const { code, stderr } = await hellfact([
      "query",
      sql,
      "gz",
      "--memory",
      "20MB",
      "--output",
      "big.csv",
    ]);
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^hellfact: .*(?:takes more memory than 20000KB. Give --memory|--temp).*\n$/,
    );
    expect(existsSync(at("big.csv"))).toBe(false);
  });
});

describe("find and get", () => {
  test("find the same facts, by condition and by number", async () => {
    const wanted = facts
      .flatMap((fact, number) => (fact.player.level > 20 ? [{ fact, number }] : []))
      .slice(0, 3);
    const { code, stdout, stderr } = await hellfact([
      "find",
      "gz",
      "--where",
      "player.level > 20",
      "--limit",
      "3",
    ]);
    expect(code).toBe(0);
    const found = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as unknown);
    expect(found).toEqual(wanted.map(({ fact }) => JSON.parse(JSON.stringify(fact)) as unknown));
    expect(stderr).toContain(wanted.map(({ number }) => number).join(", "));
    for (const { number, fact } of wanted.slice(0, 1)) {
      const got = await hellfact(["get", "gz", "--fact", String(number)]);
      expect(JSON.parse(got.stdout)).toEqual(JSON.parse(JSON.stringify(fact)));
    }
  });

  test("a path that no fact of a file has is told, with the nearest ones", async () => {
    writeFileSync(at("odd.ndjson"), '{"id":1,"list":[{"x.y":2}]}\n{"id":2,"list":[]}\n');
    const find = (where: string) => hellfact(["find", "odd.ndjson", "--where", where]);
    const missing = await find('list."x.y" = 2');
    expect(missing.code).toBe(0);
    expect(missing.stderr).toContain('have no list."x.y". Did you mean list[]."x.y"?');
    expect((await find('list[]."x.y" = 2')).stdout).toBe('{"id":1,"list":[{"x.y":2}]}\n');
    expect((await find("id = 3")).stderr).not.toContain("have no");
  });

  test("of facts that are compressed alone, one is read and no other", async () => {
    await run("single", "--facts", "50", "--compress", "gzip", "--unit", "fact");
    const { stdout, stderr } = await hellfact(["get", "single", "--fact", "33"]);
    expect(JSON.parse(stdout)).toEqual(JSON.parse(JSON.stringify(facts[33])));
    expect(stderr).toMatch(/[\d.]+ kB read, 1 fact decoded/);
  });

  test.each([
    [
      ["get", "gz", "--fact", "600"],
      "there is no fact 600 in its whole parts: it has facts 0 to 599.",
    ],
    [["find", "gz", "--where", "player.lvel > 1"], "Did you mean player.level"],
  ])("%j is answered in one line", async (words, complaint) => {
    const { code, stderr } = await hellfact(words);
    expect(code).toBe(2);
    expect(stderr).toContain(complaint);
    expect(stderr.trimEnd().split("\n")).toHaveLength(1);
  });
});

function manifestParts(name: string): number {
  const path = join(at(name), "manifest.ndjson");
  return existsSync(path) ? readFileSync(path, "utf8").split('"part"').length - 1 : 0;
}
