import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, expect, test } from "vitest";
import pg from "pg";
import { hellfact } from "../../testing/command.js";
import { ownNats } from "../../testing/nats.js";
import { ownServer } from "../../testing/postgres.js";

const MAIN = resolve(import.meta.dirname, "../../../dist/src/cli/main.js");
const FACTS = ["--facts", "600", "--fact-size", "4KB", "--roll", "40KB", "--sync", "none"];

const folder = mkdtempSync(join(tmpdir(), "hellfact-cluster-store-"));
const workers: ChildProcess[] = [];
afterAll(() => {
  for (const worker of workers) worker.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
});

function work(cluster: string): void {
  const words = [MAIN, "work", cluster, "--cores", "1"];
  workers.push(
    spawn(process.execPath, words, { stdio: "ignore", env: { PATH: process.env["PATH"] } }),
  );
}

/** The one run below the folder. */
function runFolder(): string {
  return join(folder, readdirSync(folder).find((name) => !name.startsWith("latest")) ?? "");
}

function partsDone(): number {
  try {
    const text = readFileSync(join(runFolder(), "manifest.ndjson"), "utf8");
    return text.split("\n").filter((line) => line.startsWith('{"part"')).length;
  } catch {
    return 0;
  }
}

/** All that is in the files below a folder. */
function contentBelow(place: string): string {
  return readdirSync(place, { recursive: true, encoding: "utf8" })
    .map((name) => join(place, name))
    .filter((path) => statSync(path).isFile())
    .map((path) => readFileSync(path, "latin1"))
    .join("");
}

test("a cluster loads each fact once while workers, the database and the coordinator are killed", async ({
  skip,
}) => {
  const nats = await ownNats();
  const postgres = await ownServer();
  if (typeof nats === "string" || typeof postgres === "string") {
    if (typeof nats !== "string") await nats.end();
    if (typeof postgres !== "string") postgres.end();
    skip(typeof nats === "string" ? nats : "there is no PostgreSQL to start");
    return;
  }
  try {
    const sink = postgres.url.replace("postgres@", "postgres:hunter2@");
    const cluster = ["--cluster", nats.url, "--lease", "1s", "--out", folder];
    const slowly = ["--inject", "write=2ms"];
    const first = hellfact(["run", ...FACTS, ...slowly, "--sink", sink, ...cluster], {
      kill: { signal: "SIGKILL", afterMilliseconds: 0, once: () => partsDone() >= 10 },
    });
    for (let number = 0; number < 2; number++) work(nats.url);
    expect((await first).code).toBe(null);
    // What workers are told is kept by the server.
    expect(contentBelow(nats.folder) + contentBelow(folder)).not.toContain("hunter2");

    const before = partsDone();
    const run = runFolder();
    const second = hellfact(["run", "--resume", run, ...cluster]);
    while (partsDone() < before + 5) await new Promise((done) => setTimeout(done, 20));
    workers[0]?.kill("SIGKILL");
    work(nats.url);
    postgres.stop("immediate");
    postgres.start();
    expect(await second).toMatchObject({ code: 0 });

    const verified = await hellfact(["verify", run]);
    expect(verified).toMatchObject({ code: 0 });
    expect(verified.stdout).toContain("whole; 600 facts");
    const client = new pg.Client({ connectionString: postgres.url });
    await client.connect();
    const { rows } = await client.query<Record<string, number>>(
      `SELECT count(*)::int AS all, count(DISTINCT fact)::int AS different, max(fact)::int AS last,
              (SELECT count(*)::int FROM hellfact_parts) AS parts FROM facts`,
    );
    expect(rows).toEqual([{ all: 600, different: 600, last: 599, parts: partsDone() }]);
    // It is the load of that run that was done: another one has nothing to do.
    const words = ["run", ...FACTS, "--sink", postgres.url, ...cluster];
    expect(await hellfact(words)).toMatchObject({ code: 0 });
    const again = await client.query<{ count: number }>("SELECT count(*)::int FROM facts");
    expect(again.rows).toEqual([{ count: 600 }]);
    await client.query("DELETE FROM hellfact_parts WHERE from_position = 0");
    await client.end();
    const found = await hellfact(["verify", run]);
    expect(found.code).toBe(1);
    expect(found.stderr).toMatch(/positions 0 to \d+ are missing/);
  } finally {
    await nats.end();
    postgres.end();
  }
});

test.each([
  [["--sink", "sqlite:facts.db"], /all machines reach/],
  [["--sink", "postgres://postgres@127.0.0.1:1/x", "--codec", "protobuf"], /--codec protobuf/],
  [["--sink", "postgres://a:hunter2@127.0.0.1:1/x", "--on-error", "skip"], /--on-error skip/],
])("%j over a cluster is refused in a line", async (words, expected) => {
  const all = ["run", "--facts", "10", "--cluster", "nats://127.0.0.1:1", "--out", folder];
  const { code, stderr } = await hellfact([...all, ...words]);
  expect(code).toBe(2);
  expect(stderr).toMatch(expected);
  expect(stderr).not.toContain("hunter2");
});
