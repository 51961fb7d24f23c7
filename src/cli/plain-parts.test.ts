/** Parts of a run in formats with a header or footer: each is one plain file, however the run went. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { tableFromIPC } from "apache-arrow";
import avro from "avsc";
import { afterAll, describe, expect, test } from "vitest";
import { hellfact } from "../testing/command.js";

const folder = mkdtempSync(join(tmpdir(), "hellfact-plain-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const at = (name: string) => join(folder, name);

async function run(...words: string[]) {
  return hellfact(["run", ...words, "--out", at("out"), "--quiet"], { cwd: folder });
}

function partsOf(name: string): string[] {
  if (!existsSync(at(name))) return [];
  return readdirSync(at(name))
    .filter((file) => /^part-\d+\.(parquet|arrows|avro)$/.test(file))
    .map((file) => join(at(name), file));
}

/** DuckDB, where it is installed. */
const duckDb = await import("@duckdb/node-api").then(
  async ({ DuckDBInstance }) => (await DuckDBInstance.create()).connect(),
  () => undefined,
);

/** Facts in all parts, by readers that are not ours, which know nothing of each other's parts. */
const COUNTERS: Record<string, (name: string) => Promise<number>> = {
  arrow: (name) =>
    Promise.resolve(
      partsOf(name).reduce((sum, path) => sum + tableFromIPC(readFileSync(path)).numRows, 0),
    ),
  avro: async (name) => {
    let facts = 0;
    for (const path of partsOf(name)) {
      await new Promise((resolve, reject) => {
        avro
          .createFileDecoder(path)
          .on("data", () => (facts += 1))
          .on("error", reject)
          .on("end", resolve);
      });
    }
    return facts;
  },
  parquet: async (name) => {
    const found = await duckDb?.runAndReadAll(
      `SELECT count(*)::INT, count(player.id)::INT FROM '${at(name)}/*.parquet'`,
    );
    const [facts, players] = found?.getRowsJson()[0] ?? [];
    expect(players).toBe(facts);
    return Number(facts);
  },
};

const CODECS = Object.keys(COUNTERS).filter((codec) => codec !== "parquet" || duckDb !== undefined);

describe.each(CODECS)("%s", (codec) => {
  const count = COUNTERS[codec] ?? (() => Promise.resolve(NaN));

  test("killed and resumed: every fact is there once, in plain files", async () => {
    const name = `killed-${codec}`;
    const words = ["--codec", codec, "--facts", "3000", "--fact-size", "4KB", "--roll", "300KB"];
    await hellfact(["run", ...words, "--workers", "2", "--sink", `file:${at(name)}`, "--quiet"], {
      kill: { signal: "SIGKILL", afterMilliseconds: 0, once: () => partsOf(name).length > 1 },
    });
    expect((await run("--resume", at(name))).code).toBe(0);
    expect(await hellfact(["verify", at(name), "--quiet"])).toMatchObject({ code: 0, stderr: "" });
    expect(partsOf(name).length).toBeGreaterThan(2);
    expect(await count(name)).toBe(3000);
  });

  test("ended by time in the middle of a part: it is as whole as the others", async () => {
    const name = `timed-${codec}`;
    const words = ["--codec", codec, "--fact-size", "4KB", "--roll", "400ms", "--rate", "700"];
    const { stdout } = await run(
      ...words,
      "--duration",
      "1.5s",
      "--sink",
      `file:${at(name)}`,
      "--json",
    );
    const { run: done } = JSON.parse(stdout) as { run: { facts: number } };
    expect(await hellfact(["verify", at(name), "--quiet"])).toMatchObject({ code: 0, stderr: "" });
    expect(done.facts).toBeGreaterThan(100);
    expect(await count(name)).toBe(done.facts);
  });
});
