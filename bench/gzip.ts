/**
 * Our gzip against the runtime's, libdeflate, fflate and zstd: processor time and bytes, by turns, on
 * five kinds of data, of which documents are those that are named. For another runtime, start `dist/bench/gzip.js` with its binary.
 *
 *   npm run bench:gzip [-- rounds=7 [--kind facts] DOCUMENT…]
 */
import { parseArgs } from "node:util";
import { gzipSync } from "node:zlib";
import { gzipSync as fflateGzip } from "fflate";
import { gzip as libdeflateGzip } from "libdeflate";
import { BatchGzip, gzip, LEVELS } from "../src/fast-gzip/index.js";
import { compileKernel, Kernel, kernelBytes } from "../src/fast-gzip/kernel.js";
import { loadPlugin } from "../src/plugins/catalog.js";
import { borderless } from "../src/report/layout.js";
import { interval, significant } from "../src/report/numbers.js";
import { medianInterval } from "../src/stats/median-interval.js";
import { kindsOfData, type Kind } from "./gzip-data.js";

const { values, positionals } = parseArgs({
  options: { kind: { type: "string", default: "" } },
  allowPositionals: true,
});
const [rounds = "7", ...documents] = positionals;
const ROUNDS = Number(rounds);
/** A sample is at least so long: processor time is counted in microseconds, but not truthfully. */
const SAMPLE_MICROSECONDS = 20_000;

interface Rival {
  readonly name: string;
  readonly compress: (batch: Uint8Array) => Uint8Array;
}

const base: Rival = nodeZlib(6);
const rivals: readonly Rival[] = [
  base,
  nodeZlib(1),
  ...LEVELS.map((level) => ({ name: level, compress: (b: Uint8Array) => gzip(b, level) })),
  { name: "libdeflate 1 (WebAssembly)", compress: (batch) => libdeflateGzip(batch, 1) },
  { name: "libdeflate 6 (WebAssembly)", compress: (batch) => libdeflateGzip(batch, 6) },
  { name: "fflate 1", compress: (batch) => fflateGzip(batch, { level: 1, mtime: 0 }) },
  await zstd(1),
  await zstd(3),
];

function nodeZlib(level: number): Rival {
  return {
    name: `node:zlib ${level}`,
    compress: (b) => gzipSync(b, { level, chunkSize: Math.max(64, b.length >> 1) }),
  };
}

/** As this runtime has it: its own, or in WebAssembly. */
async function zstd(level: number): Promise<Rival> {
  const compressor = await loadPlugin("compressors", "zstd");
  const opened = await compressor.open({ level });
  return {
    name: `zstd ${level} (${compressor.engines[0]})`,
    compress: (batch) => opened.compress(batch),
  };
}

/** All batches once, and how many bytes they became. */
function walk({ compress }: Rival, { batches }: Kind): number {
  let bytes = 0;
  for (const batch of batches) bytes += compress(batch).length;
  return bytes;
}

/** Microseconds of processor time for all batches once. */
function sample(rival: Rival, kind: Kind): number {
  const before = process.cpuUsage();
  for (let walks = 1; ; walks++) {
    walk(rival, kind);
    const { user, system } = process.cpuUsage(before);
    if (user + system >= SAMPLE_MICROSECONDS) return (user + system) / walks;
  }
}

function compare(kind: Kind): void {
  const sizes = rivals.map((rival) => walk(rival, kind));
  const times = rivals.map((): number[] => []);
  // The first round warms up.
  for (let round = 0; round <= ROUNDS; round++) {
    for (const [i, rival] of rivals.entries()) {
      const microseconds = sample(rival, kind);
      if (round > 0) times[i]?.push(microseconds);
    }
  }
  const baseTimes = times[0] ?? [];
  const table = borderless({ gap: 3, colAligns: ["left", "right", "left", "right"] });
  table.push([kind.name, "× speed", "95 %", "bytes ÷"]);
  for (const [i, { name }] of rivals.entries()) {
    const ratio = medianInterval((times[i] ?? []).map((time, r) => (baseTimes[r] ?? NaN) / time));
    const size = ((sizes[i] ?? NaN) / (sizes[0] ?? NaN)).toFixed(3);
    table.push([name, significant(ratio.median), interval(ratio), size]);
  }
  console.log(`${table.toString()}\n`);
}

/** What a short-lived process pays. */
function firstMilliseconds(): void {
  const began = process.cpuUsage();
  const module = compileKernel(kernelBytes());
  if (typeof module === "string") throw new Error(module);
  const kernel = new Kernel(module);
  const { user, system } = process.cpuUsage(began);
  const ready = (user + system) / 1000;
  const batch = kindsOfData([])[0]?.batches[0] ?? new Uint8Array();
  const first = new BatchGzip("fast", kernel);
  const rates = Array.from({ length: 40 }, () => {
    const start = performance.now();
    first.input.set(batch);
    first.compress(batch.length);
    return batch.length / 1e3 / (performance.now() - start);
  });
  const [cold = NaN] = rates;
  console.log(
    `The kernel is ready after ${significant(ready)} ms of processor time, in ${significant(kernel.memory.length / 1e6)} MB. ` +
      `Its first batch goes at ${significant(cold)} MB/s, before the optimizing compiler is done; ` +
      `the 40th at ${significant(rates.at(-1) ?? NaN)}.\n`,
  );
}

console.log(`${process.version}; × speed is that of ${base.name}, in processor time\n`);
firstMilliseconds();
for (const kind of kindsOfData(documents)) if (kind.name.startsWith(values.kind)) compare(kind);
