/** Loaders and servers that are killed at random moments: every fact is there once in the end. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadStore } from "../../plugins/load-store.js";
import { hellfact } from "../../testing/command.js";
import type { LoadDocument } from "./document.js";
import { ownSchema, ownServer, type OwnServer } from "../../testing/postgres.js";

/** `HELLFACT_LONG=1` kills at a hundred moments instead of a few. */
const KILLS = process.env["HELLFACT_LONG"] === "1" ? 100 : 6;
const FACTS = 400;

const folder = mkdtempSync(join(tmpdir(), "hellfact-once-"));
const run = join(folder, "run");
const schema = await ownSchema();
let server: OwnServer | string;

beforeAll(async () => {
  const made = await hellfact([
    ...[
      "run",
      "--facts",
      String(FACTS),
      "--fact-size",
      "4KB",
      "--roll",
      "40KB",
      "--compress",
      "gzip",
    ],
    ...["--sink", `file:${run}`, "--out", folder, "--quiet"],
  ]);
  if (made.code !== 0) throw new Error(made.stderr);
  server = await ownServer();
  if (typeof server === "string") console.warn(`skipped: ${server}`);
});

afterAll(async () => {
  if (typeof server === "object") server.end();
  await schema?.drop();
  rmSync(folder, { recursive: true, force: true });
});

const words = (url: string) => [
  "load",
  run,
  "--store",
  url,
  "--out",
  join(folder, "out"),
  "--quiet",
];

/** Loads, and is killed after so long. Says whether it had ended before. */
async function loadKilled(url: string, afterMilliseconds: number): Promise<boolean> {
  const { code } = await hellfact(words(url), { kill: { signal: "SIGKILL", afterMilliseconds } });
  return code === 0;
}

/** How many facts are there, how many different ones, and how many parts. */
async function counts(url: string): Promise<{ facts: number; different: number; parts: number }> {
  const open = await (await loadStore({ url })).open(url);
  try {
    const [row = []] = await open.query(
      "SELECT count(*), count(DISTINCT fact), (SELECT count(*) FROM hellfact_parts) FROM facts",
    );
    const [facts, different, parts] = row.map(Number);
    return { facts: facts ?? 0, different: different ?? 0, parts: parts ?? 0 };
  } finally {
    await open.close();
  }
}

async function clear(url: string): Promise<void> {
  const open = await (await loadStore({ url })).open(url);
  await open.drop("facts");
  await open.drop("hellfact_parts");
  await open.close();
}

async function expectWhole(url: string): Promise<void> {
  const { code, stderr } = await hellfact(words(url));
  expect([code, stderr.split("\n").filter((line) => line.startsWith("hellfact:"))]).toEqual([
    0,
    [],
  ]);
  const found = await counts(url);
  expect(found).toMatchObject({ facts: FACTS, different: FACTS });
  expect(found.parts).toBeGreaterThan(3);
}

const urls: [string, string | undefined][] = [
  ["sqlite", `sqlite:${join(folder, "once.db")}?driver=node-sqlite3-wasm`],
  ["duckdb", `duckdb:${join(folder, "once.duckdb")}`],
  ["postgres", schema?.url],
];

describe.each(urls)("%s", (_, url = "") => {
  test.skipIf(url === "")(
    `a loader that is killed at ${KILLS} moments leaves each fact once`,
    { timeout: 60_000 + KILLS * 5_000 },
    async () => {
      for (let kill = 0; kill < KILLS; kill++) {
        const isEnded = await loadKilled(url, 100 + Math.random() * 900);
        if (!isEnded) continue;
        await expectWhole(url);
        await clear(url);
      }
      await expectWhole(url);
      await expectWhole(url); // once more changes nothing
    },
  );

  test.skipIf(url === "")("two loaders at once leave each fact once", async () => {
    await clear(url);
    const both = await Promise.all([hellfact(words(url)), hellfact(words(url))]);
    for (const { code, stderr } of both) {
      // A file may be in the other one's hands: then that is said, in a line.
      expect(code === 0 ? "hellfact: loaded\n" : stderr).toMatch(
        /^hellfact: (?:loaded|.*locked[^\n]*)\n$/,
      );
    }
    await expectWhole(url);
  });
});

test(
  `a server that stops at once in the middle, ${KILLS} times, leaves each fact once`,
  { timeout: 120_000 + KILLS * 10_000 },
  async ({ skip }) => {
    if (typeof server === "string") return skip(server);
    for (let kill = 0; kill < KILLS; kill++) {
      const loading = hellfact(words(server.url));
      await new Promise((resolve) => setTimeout(resolve, 300 + Math.random() * 500));
      server.stop("immediate");
      const { code, stderr } = await loading;
      expect(code === 0 ? "hellfact: loaded\n" : stderr).toMatch(
        /^hellfact: (?:loaded|PostgreSQL at [^\n]*)\n$/,
      );
      server.start();
      if (code === 0) {
        await expectWhole(server.url);
        await clear(server.url);
      }
    }
    await expectWhole(server.url);
  },
);

test("facts that run straight into a store are there once, killed, repeated and interrupted or not", async () => {
  const url = `sqlite:${join(folder, "straight.db")}?driver=node-sqlite3-wasm`;
  const straight = (...more: string[]) => [
    ...["run", "--facts", "1500", "--fact-size", "8KB", "--sink", url],
    ...["--out", join(folder, "out"), "--quiet", ...more],
  ];
  for (let kill = 0; kill < KILLS / 2; kill++) {
    const afterMilliseconds = 400 + Math.random() * 1_500;
    await hellfact(straight(), { kill: { signal: "SIGKILL", afterMilliseconds } });
  }
  const { code, stdout, stderr } = await hellfact(straight());
  expect([stderr, code]).toEqual(["", 0]);
  expect(stdout).toMatch(/of run [0-9a-f]{16}\/facts (?:into|are in) SQLite/);
  expect(await counts(url)).toMatchObject({ facts: 1500, different: 1500, parts: 3 });
  const again = await hellfact(straight("--json"));
  expect((JSON.parse(again.stdout) as LoadDocument).parts).toMatchObject({ loaded: 0, present: 3 });
  const refused = await hellfact(straight("--compress", "gzip"));
  expect([refused.code, refused.stderr.split("\n").length]).toEqual([2, 2]);
  expect(refused.stderr).toContain("--compress is for files");
});

test("a part with other bytes is an error that names both checksums", async () => {
  const url = `sqlite:${join(folder, "other.db")}`;
  await expectWhole(url);
  const open = await (await loadStore({ url })).open(url);
  await open.query("UPDATE hellfact_parts SET crc32 = 'deadbeef' WHERE from_position = 0");
  await open.close();
  const { code, stderr } = await hellfact(words(url));
  expect(code).toBe(1);
  expect(stderr).toMatch(/^hellfact: .*CRC-32 [0-9a-f]{8}, and one with deadbeef[^\n]*\n$/);
});
