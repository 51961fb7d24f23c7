/**
 * What it costs to go over a cluster: one machine's cores through JetStream against the same cores without it, by
 * turns; and how soon a worker that is added has something to do.
 *
 *   npm run bench:cluster [-- rounds=7 [facts=40000]]
 */
import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { usableCores } from "../src/machine/environment.js";
import { borderless } from "../src/report/layout.js";
import { significant } from "../src/report/numbers.js";
import { medianInterval } from "../src/stats/median-interval.js";
import type { RunDocument } from "../src/studies/run/document.js";
import { ownNats } from "../src/testing/nats.js";
import { cpuOf } from "./processor-time.js";

const ROUNDS = Number(process.argv[2] ?? 7);
const FACTS = Number(process.argv[3] ?? 40_000);
const WANTED_RATIO = 0.95;
const ADDED = 5;
const WANTED_SECONDS = 1;
/** A process that uses so much of a core is at work. */
const BUSY_CORES = 0.3;
const LOOK_MILLISECONDS = 100;
const MAIN = fileURLToPath(new URL("../src/cli/main.js", import.meta.url));
const CORES = usableCores();

const nats = await ownNats();
if (typeof nats === "string") throw new Error(nats);
const { url } = nats;
const folder = mkdtempSync(join(tmpdir(), "hellfact-bench-"));
const crew: ChildProcess[] = [];
try {
  await againstLocal();
  await added();
} finally {
  for (const child of crew) child.kill("SIGKILL");
  await nats.end();
  rmSync(folder, { recursive: true, force: true });
}

function wordsOf(sink: string, facts: number, ...more: string[]): string[] {
  const words = ["run", "--facts", String(facts), "--compress", "gzip", "--sync", "none"];
  return [MAIN, ...words, "--sink", `file:${sink}`, "--out", folder, "--quiet", ...more];
}

/** Facts a second of a run whose files are gone afterwards. */
function rate(...where: string[]): number {
  const sink = join(folder, "made");
  const words = wordsOf(sink, FACTS, "--json", ...where);
  const text = execFileSync(process.execPath, words, { encoding: "utf8" });
  rmSync(sink, { recursive: true });
  return (JSON.parse(text) as RunDocument).run.factsPerSecond;
}

async function startWorker(cores: number): Promise<ChildProcess> {
  const words = [MAIN, "work", url, "--cores", String(cores)];
  const child = spawn(process.execPath, words, { stdio: ["ignore", "ignore", "pipe"] });
  crew.push(child);
  await new Promise<void>((resolve) => {
    child.stderr?.on("data", (text) => {
      if (String(text).includes("waiting for work")) resolve();
    });
  });
  return child;
}

async function endWorkers(): Promise<void> {
  const ended = crew.map((child) => new Promise((resolve) => child.once("exit", resolve)));
  for (const child of crew.splice(0)) child.kill("SIGTERM");
  await Promise.all(ended);
}

async function againstLocal(): Promise<void> {
  const rates = { local: [] as number[], cluster: [] as number[] };
  await startWorker(CORES);
  const ways = {
    local: () => rates.local.push(rate("--workers", String(CORES))),
    cluster: () => rates.cluster.push(rate("--cluster", url)),
  };
  for (let round = 0; round < ROUNDS; round++) {
    const order =
      round % 2 === 0 ? (["local", "cluster"] as const) : (["cluster", "local"] as const);
    for (const way of order) ways[way]();
    process.stderr.write(`round ${round + 1} of ${ROUNDS}\n`);
  }
  await endWorkers();
  const ratio = medianInterval(
    rates.cluster.map((one, round) => one / (rates.local[round] ?? NaN)),
  );
  const table = borderless({ gap: 3, colAligns: ["left", "right"] });
  table.push(["", "facts/s"]);
  for (const [way, found] of Object.entries(rates)) {
    table.push([way, significant(medianInterval(found).median)]);
  }
  console.log(
    `${table.toString()}\n\nOver JetStream ${CORES} cores make ${significant(ratio.median)} (${significant(ratio.low)} to ` +
      `${significant(ratio.high)}) of what they make without it; ${WANTED_RATIO} is wanted.`,
  );
}

/** Seconds from when a worker says that it waits for work until it works. */
async function added(): Promise<void> {
  const seconds: number[] = [];
  await startWorker(1);
  const sink = join(folder, "long");
  const run = spawn(process.execPath, wordsOf(sink, 1e7, "--cluster", url), { stdio: "ignore" });
  crew.push(run);
  await setTimeout(3000);
  for (let time = 0; time < ADDED; time++) {
    const worker = await startWorker(1);
    const since = performance.now();
    seconds.push(await secondsUntilBusy(worker, since));
    crew.splice(crew.indexOf(worker), 1);
    worker.kill("SIGKILL");
    await setTimeout(1000);
  }
  const { median } = medianInterval(seconds);
  console.log(
    `A worker that is added is at work ${significant(median)} s after it began to wait, at most ` +
      `${significant(Math.max(...seconds))} s in ${ADDED} times; ${WANTED_SECONDS} s is wanted.`,
  );
}

async function secondsUntilBusy(worker: ChildProcess, since: number): Promise<number> {
  // Its own process is the one that listens; those that it starts do the work.
  const own = () => cpuOf([worker.pid ?? 0]);
  let [at, used] = [performance.now(), own()];
  for (;;) {
    await setTimeout(LOOK_MILLISECONDS);
    const [now, total] = [performance.now(), own()];
    if ((total - used) * 1000 > BUSY_CORES * (now - at)) return (at - since) / 1000;
    [at, used] = [now, total];
  }
}
