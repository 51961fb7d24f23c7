/**
 * Whether the simulation of a cluster foretells real ones. What coordinator and server take for a range is measured
 * with ranges that are next to nothing; what a range takes, with one worker process; and the rates of 2, 4 and 8
 * are foretold from that and then measured. There ranges mostly wait for a slow sink, so that more workers than
 * cores are of use. Then the same model for 10 to 10,000 workers.
 *
 *   npm run bench:cluster-simulation [-- ranges of a worker [milliseconds that a batch waits [small ranges]]]
 */
import { availableParallelism } from "node:os";
import { borderless } from "../src/report/layout.js";
import { percent, significant } from "../src/report/numbers.js";
import { simulate, type ClusterModel } from "../src/studies/size/model/cluster/simulate.js";
import { ownNats } from "../src/testing/nats.js";
import { realRun, type RealRun, type RunWishes } from "./cluster-simulation/real-run.js";
import { syncSeconds } from "./cluster-simulation/sync-seconds.js";

const RANGES_OF_A_WORKER = Number(process.argv[2] ?? 20);
/** Of each number of workers; other people's work on a machine makes some slower, so the middle one counts. */
const ROUNDS = 3;
const WAIT_MILLISECONDS = Number(process.argv[3] ?? 400);
const SMALL_RANGES = Number(process.argv[4] ?? 4000);
const SMALL_WORKERS = 4;
const FACTS = 20;
const FACT_BYTES = 4000;
const WORKERS = [1, 2, 4, 8];
const MANY_WORKERS = [10, 100, 1000, 10_000];
const TOLERANCE = 0.1;
const SEED = 42;

const nats = await ownNats();
if (typeof nats === "string") throw new Error(nats);
try {
  const server = { url: nats.url, server: nats.pid(0) };
  const small = await realRun({
    ...{ ...server, workers: SMALL_WORKERS, ranges: SMALL_RANGES, sink: "file" },
    words: ["--facts", String(SMALL_RANGES), "--fact-size", "4KB", "--roll", `${FACT_BYTES}B`],
  });
  const sync = syncSeconds();
  const overheads = {
    coordinatorSeconds: small.cpu.coordinator + sync,
    serverSeconds: small.cpu.server,
  };
  const milliseconds = (seconds: number) => `${significant(seconds * 1000)} ms`;
  console.log(
    `Of small ranges ${SMALL_WORKERS} workers make ${significant(small.rangesPerSecond)} a second on this machine. Each takes the ` +
      `coordinator ${milliseconds(overheads.coordinatorSeconds)} (${milliseconds(sync)} of it until its line is on the disk), the ` +
      `server ${milliseconds(overheads.serverSeconds)}, a worker ${milliseconds(small.cpu.workers)}.`,
  );
  const [alone, ...others] = await measured(server);
  if (alone === undefined) throw new Error("nothing was measured");
  console.log(
    `A range that waits takes a worker ${significant(1 / alone.rangesPerSecond)} s, of which ` +
      `${milliseconds(alone.cpu.workers)} are on a processor.\n`,
  );
  const model = modelOf(alone, { ...overheads, coordinatorSeconds: small.cpu.coordinator });
  tellCheck(model, others);
  tellMany({ ...model, ...overheads });
} finally {
  await nats.end();
}

async function measured(on: Pick<RunWishes, "url" | "server">): Promise<RealRun[]> {
  const runs: RealRun[] = [];
  for (const workers of WORKERS) {
    const ranges = RANGES_OF_A_WORKER * workers;
    const facts = ["--facts", String(ranges * FACTS), "--fact-size", "4KB"];
    // The disk of a machine that others use, too, is no part of the question.
    const words = [...facts, "--roll", `${FACTS * FACT_BYTES}B`, "--sync", "none"];
    const sink = `latency:${WAIT_MILLISECONDS}ms:file`;
    const rounds: RealRun[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      rounds.push(await realRun({ ...on, workers, ranges, words, sink }));
    }
    const sorted = rounds.toSorted((a, b) => a.rangesPerSecond - b.rangesPerSecond);
    const middle = sorted[(ROUNDS - 1) / 2];
    if (middle !== undefined) runs.push(middle);
    process.stderr.write(`${workers} `);
  }
  process.stderr.write("\n");
  return runs;
}

function modelOf(
  { rangesPerSecond, variation, cpu }: RealRun,
  overheads: Pick<ClusterModel, "coordinatorSeconds" | "serverSeconds">,
): ClusterModel {
  const seconds = 1 / rangesPerSecond;
  return {
    ...{ workers: 1, ranges: 0, ...overheads, storageSeconds: 0 },
    work: { meanSeconds: seconds - overheads.serverSeconds, variation },
    // Everything is on this one machine.
    processors: {
      share: Math.min(1, (cpu.workers + cpu.coordinator + cpu.server) / seconds),
      cores: availableParallelism(),
    },
    failures: { meanLifeSeconds: Infinity, lostSeconds: 0, restartSeconds: 0 },
    stragglers: { share: 0, times: 1 },
  };
}

function tellCheck(model: ClusterModel, runs: readonly RealRun[]): void {
  const table = borderless({ gap: 3, colAligns: ["right", "right", "right", "right"] });
  table.push(["workers", "foretold", "measured", "off by"]);
  let worst = 0;
  for (const [index, { rangesPerSecond }] of runs.entries()) {
    const workers = WORKERS[index + 1] ?? 0;
    const ranges = RANGES_OF_A_WORKER * workers;
    const foretold = simulate({ ...model, workers, ranges }, SEED).rangesPerSecond;
    const off = foretold / rangesPerSecond - 1;
    worst = Math.max(worst, Math.abs(off));
    const cells = [foretold, rangesPerSecond].map(significant);
    table.push([String(workers), ...cells, `${off < 0 ? "-" : "+"}${percent(Math.abs(off))} %`]);
  }
  console.log(`ranges/s\n${table.toString()}\n`);
  const verdict = worst <= TOLERANCE ? "within" : "NOT within";
  console.log(`The simulation is ${verdict} 10 % of what was measured (${percent(worst)} %).\n`);
  process.exitCode = worst <= TOLERANCE ? 0 : 1;
}

function tellMany(model: ClusterModel): void {
  const table = borderless({ gap: 3, colAligns: ["right", "right", "right", "right", "right"] });
  table.push(["workers", "ranges/s", "of ideal", "coordinator", "server"]);
  for (const workers of MANY_WORKERS) {
    const ranges = 20 * workers;
    const many = { ...model, workers, ranges, processors: null };
    const { rangesPerSecond, efficiency, busy } = simulate(many, SEED);
    const shares = [efficiency, busy.coordinator, busy.server].map(
      (share) => `${percent(share)} %`,
    );
    table.push([String(workers), significant(rangesPerSecond), ...shares]);
  }
  console.log(`the same ranges, each worker on a core of its own\n${table.toString()}`);
}
