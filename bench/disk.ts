/**
 * Whether a rented disk does what `roofline` says of it: json, uncompressed and with gzip, written onto a disk
 * that the kernel holds to 5, 10, 20, 60 and 120 MB/s. What the codec can do alone, and the processor's part
 * of writing, are measured in the same process right after, so that a machine that changes its speed changes both;
 * what a synced batch waits whatever its size is measured while nothing throttles, as it would be by somebody who
 * asks. From those the roofline says how fast the whole must have been. Both kinds of `--sync` that reach the
 * disk: with `close`, files of a hundred megabytes, because the kernel lets pass at once what a disk could have
 * carried in the 0.1 s before, which is much of a file of ten. Exits with 1 where a prediction is off by more than 5 %.
 *
 *   npm run bench:disk                     a block device, throttled by cgroup v1 blkio or v2 io.max
 *   npm run bench:disk -- --bucket         the tool's own token bucket instead, where the machine has no throttle
 *   npm run bench:disk -- --rounds 9 --sync batch --folder /mnt/disk
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { median } from "simple-statistics";
import { DEFAULT_PROFILE } from "../generators/profile.js";
import { NO_DELAYS } from "../src/pipeline/injection.js";
import { NOT_SLOWED } from "../src/sinks/slowed.js";
import { borderless } from "../src/report/layout.js";
import { significant } from "../src/report/numbers.js";
import { prepareComparison, runComparison } from "../src/studies/compare/comparison.js";
import { roofsOf } from "../src/studies/compare/disk/roofline.js";
import type { ResultDocument } from "../src/studies/compare/document.js";
import { rateAt } from "../src/verdict/model.js";
import { blockThrottle, type BlockThrottle } from "./block-throttle.js";

const DISKS = [5e6, 10e6, 20e6, 60e6, 120e6];
const WANTED = 0.05;

const { values } = parseArgs({
  options: {
    bucket: { type: "boolean", default: false },
    rounds: { type: "string", default: "5" },
    sync: { type: "string", default: "close,batch" },
    folder: { type: "string", default: tmpdir() },
  },
});
const rounds = Number(values.rounds);
const syncs = values.sync.split(",") as ("close" | "batch")[];
const folder = mkdtempSync(join(values.folder, "hellfact-disk-"));

const throttle = values.bucket ? undefined : throttleOr(() => process.exit(0));
process.once("SIGINT", async () => {
  await throttle?.remove();
  process.exit(130);
});
process.once("exit", () => {
  rmSync(folder, { recursive: true, force: true });
});
console.log(
  throttle === undefined
    ? "The truth below is the tool's own token bucket of one batch: no disk, and no kernel, took part."
    : `The truth below was written onto a disk that is throttled by ${throttle.name}.`,
);

/** Says why there is nothing to be measured on this machine. */
function throttleOr(end: () => never): BlockThrottle {
  try {
    return blockThrottle(folder);
  } catch (error) {
    rmSync(folder, { recursive: true });
    console.log(`skipped: ${error instanceof Error ? error.message : String(error)}`);
    console.log("npm run bench:disk -- --bucket takes the tool's own token bucket for the truth.");
    return end();
  }
}

/** Facts of a file that is synced as it closes; null for the usual pool. */
const FACTS = { close: 2560, batch: null };

/** One trial of json's writes with and without gzip. */
async function written(sync: "close" | "batch", limit: number | null): Promise<ResultDocument> {
  throttle?.limit(limit);
  const isBucket = throttle === undefined;
  const prepared = await prepareComparison({
    ...{ codecs: ["json"], compressors: ["none", "gzip"], directions: ["write"], engines: [] },
    ...{ unit: "batch", runtimes: [], delays: NO_DELAYS, profile: DEFAULT_PROFILE, seed: 42 },
    ...{ input: null, schema: null, facts: FACTS[sync], command: [], precision: 0.02 },
    ...{ sink: isBucket ? "null" : "file", sync, trials: 1, budgetSeconds: 0.1 },
    slowing: { ...NOT_SLOWED, ...(isBucket && limit !== null && { bytesPerSecond: limit }) },
    study: "ceilings",
  });
  const hooks = { signal: new AbortController().signal, onProgress: () => undefined };
  const { document } = await runComparison(prepared, folder, hooks);
  return document;
}

/** The writes of one document with the waiting for a batch of another one. */
function withWaiting(document: ResultDocument, free: ResultDocument): ResultDocument {
  const scenarios = document.scenarios.map((scenario, index) => {
    const { verdict } = scenario;
    const sinkLatency = free.scenarios[index]?.verdict?.evidence.sinkLatency ?? null;
    if (verdict === undefined) return scenario;
    return { ...scenario, verdict: { ...verdict, evidence: { ...verdict.evidence, sinkLatency } } };
  });
  return { ...document, scenarios };
}

interface Pair {
  readonly predicted: number;
  readonly measured: number;
}

const pairs = new Map<string, Pair[]>();
for (let round = 1; round <= rounds; round++) {
  for (const sync of syncs) {
    const free = await written(sync, null);
    for (const disk of DISKS) {
      const document = await written(sync, disk);
      const roofs = roofsOf(withWaiting(document, free));
      for (const { compressor, factsPerSecond, reason } of document.scenarios) {
        const roof = roofs.find((one) => one.compressor === compressor);
        if (roof === undefined || factsPerSecond === null) throw new Error(reason ?? "no ceiling");
        const key = [sync, disk / 1e6, compressor].join(" ");
        const pair = {
          predicted: rateAt(roof, disk, roof.overlap),
          measured: factsPerSecond.median,
        };
        pairs.set(key, [...(pairs.get(key) ?? []), pair]);
      }
    }
  }
  console.error(`round ${round} of ${rounds}`);
}

const table = borderless({ colAligns: ["left", "right", "left", "right", "right", "right"] });
table.push(["--sync", "disk MB/s", "", "predicted facts/s", "measured facts/s", "off by %"]);
let worst = 0;
for (const [key, found] of pairs) {
  const [sync = "", disk = "", compressor = ""] = key.split(" ");
  const off = median(found.map(({ predicted, measured }) => measured / predicted)) - 1;
  worst = Math.max(worst, Math.abs(off));
  table.push([
    ...[sync, disk, compressor === "none" ? "json" : `json ${compressor.replace(":", " ")}`],
    significant(median(found.map(({ predicted }) => predicted))),
    significant(median(found.map(({ measured }) => measured))),
    (off * 100).toFixed(1),
  ]);
}
console.log(table.toString());
console.log(
  `The worst prediction is off by ${(worst * 100).toFixed(1)} % at the median of ${rounds} rounds (wanted: ${WANTED * 100} %).`,
);
await throttle?.remove();
process.exitCode = worst <= WANTED ? 0 : 1;
