/** A queue over a cluster: what holds on one machine holds there, too, whatever becomes of workers and coordinator. */
import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterAll, afterEach, expect, test } from "vitest";
import { hellfact, shell } from "../../testing/command.js";
import { ownNats } from "../../testing/nats.js";
import { beat, beatsOf, mostAlive } from "../../testing/queue-faults.js";

const MAIN = resolve(import.meta.dirname, "../../../dist/src/cli/main.js");
const nats = await ownNats();
const root = mkdtempSync(join(tmpdir(), "hellfact-queue-cluster-"));
const workers: { readonly child: ChildProcess; said: string }[] = [];
afterEach(() => {
  for (const { child } of workers.splice(0)) child.kill("SIGKILL");
});
afterAll(async () => {
  if (typeof nats !== "string") await nats.end();
  rmSync(root, { recursive: true, force: true });
});

function startWorker(url: string, ...words: string[]) {
  const child = spawn(process.execPath, [MAIN, "work", url, "--cores", "4", ...words]);
  const worker = { child, said: "" };
  child.stderr.on("data", (data: Buffer) => (worker.said += data.toString()));
  workers.push(worker);
  return worker;
}

const linesOf = (path: string) =>
  existsSync(path) ? readFileSync(path, "utf8").trim().split("\n") : [];

/**
 * A quarter of it is what jobs have to end before somebody else may begin them, however busy the machine is that
 * tests run on.
 */
const LEASE_SECONDS = 3;
/** Lines of a job: it takes longer than the lease, and its worker is frozen for longer still. */
const BEATS = 100;

test("permits hold over the cluster while workers freeze and die and the coordinator is killed", async ({
  skip,
}) => {
  if (typeof nats === "string") return skip(nats);
  const folder = mkdtempSync(join(root, "faults-"));
  const log = join(folder, "log");
  writeFileSync(
    join(folder, "jobs.yaml"),
    `
parts: 1..6
stages:
  import: {permits: 2, run: '${beat(BEATS)}; echo $$ > {output}', output: "data/{part}"}
  summary: {after: import, run: "cat {import} > {output}", output: all}
`,
  );
  const words = [
    "queue",
    "jobs.yaml",
    "--cluster",
    nats.url,
    "--lease",
    `${LEASE_SECONDS}s`,
    "--quiet",
  ];
  const begun = (jobs: number) => beatsOf(log).size >= jobs;
  const killed = await (async () => {
    let dying: ReturnType<typeof startWorker> | undefined;
    const frozen = startWorker(nats.url, "--jobs");
    const faults = (async () => {
      while (!begun(2)) await setTimeout(20);
      // It has both permits, and its jobs would go on.
      frozen.child.kill("SIGSTOP");
      dying = startWorker(nats.url, "--jobs");
      await setTimeout(2000 * LEASE_SECONDS);
      frozen.child.kill("SIGCONT");
      const before = beatsOf(log).size;
      while (!begun(before + 1)) await setTimeout(20);
      dying.child.kill("SIGKILL");
      startWorker(nats.url, "--jobs");
    })();
    const once = () => dying?.child.killed === true;
    const kill = { signal: "SIGKILL" as const, afterMilliseconds: 300, once };
    const ended = await hellfact(words, { cwd: folder, kill });
    await faults;
    return ended;
  })();
  expect(killed.code).toBe(null);
  // Its workers go on: nobody else begins, and who is interrupted while waiting leaves it so.
  const mark = join(folder, "jobs.queue/in-hands");
  expect(JSON.parse(readFileSync(mark, "utf8"))).toEqual({
    cluster: nats.url,
    leaseSeconds: LEASE_SECONDS,
  });
  expect(await hellfact(["queue", "jobs.yaml"], { cwd: folder })).toMatchObject({
    code: 2,
    stderr: expect.stringContaining(`Begin it once with --cluster ${nats.url}`),
  });
  let told = "";
  const interrupted = await hellfact(words, {
    cwd: folder,
    onStderr: (text, kill) => {
      told += text;
      if (told.includes("may have jobs in hands")) kill("SIGINT");
    },
  });
  expect([interrupted.code, existsSync(mark)]).toEqual([130, true]);
  const { code, stderr } = await hellfact(words, { cwd: folder });
  expect([code, stderr]).toEqual([0, expect.stringContaining("may have jobs in hands")]);
  expect(mostAlive(log)).toBe(2);
  // Each output is whole, and of one process.
  const made = linesOf(join(folder, "all"));
  expect(new Set(made).size).toBe(6);
  for (const pid of made) {
    expect(beatsOf(log).get(pid)).toHaveLength(BEATS);
  }
  expect(readdirSync(join(folder, "data")).filter((name) => name.startsWith("."))).toEqual([]);
});

test("lines of standard input that are there at once are not lost before the queue is", async ({
  skip,
}) => {
  if (typeof nats === "string") return skip(nats);
  const folder = mkdtempSync(join(root, "lines-"));
  startWorker(nats.url, "--jobs");
  const { code, stderr } = await shell(
    `seq 5 | sed 's/.*/a\\/& touch &/' | hellfact queue --stages a=2 --quiet --cluster ${nats.url}`,
    { cwd: folder },
  );
  expect([code, stderr]).toEqual([0, ""]);
  expect(readdirSync(folder)).toEqual(["1", "2", "3", "4", "5", "out"]);
});

test("a worker does command lines of others only where it is told so, and only of its stages", async ({
  skip,
}) => {
  if (typeof nats === "string") return skip(nats);
  const folder = mkdtempSync(join(root, "told-"));
  writeFileSync(join(folder, "jobs.yaml"), "stages: {a: {run: touch a}, b: {run: touch b}}");
  const refusing = startWorker(nats.url);
  const queue = hellfact(["queue", "jobs.yaml", "--cluster", nats.url], { cwd: folder });
  while (!refusing.said.includes("not working for")) await setTimeout(20);
  expect(refusing.said).toContain(
    "its jobs are any command lines, which this worker does with --jobs only",
  );
  startWorker(nats.url, "--jobs", "--stages", "b");
  while (!existsSync(join(folder, "b"))) await setTimeout(20);
  expect(existsSync(join(folder, "a"))).toBe(false);
  startWorker(nats.url, "--jobs");
  expect((await queue).code).toBe(0);
});
