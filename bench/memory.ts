/**
 * Whether memory stays the same however much is made: the peak of a short job and of a long one, of
 * `generate` and of each worker of `run`.
 *
 *   npm run bench:memory
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { bytes, percent } from "../src/report/numbers.js";
import type { RunDocument } from "../src/studies/run/document.js";

const MAIN = fileURLToPath(new URL("../src/cli/main.js", import.meta.url));
/** Tells the process's peak on standard error as it ends. */
const TELL_PEAK = `data:text/javascript,process.on("exit", () => console.error("peak", process.resourceUsage().maxRSS))`;
const out = mkdtempSync(join(tmpdir(), "hellfact-memory-"));

function finished(words: readonly string[]): { stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, words, { encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
  return { stdout, stderr };
}

/** Peak bytes of a `generate` of this size. */
function generatePeak(size: string): number {
  const words = ["--import", TELL_PEAK, MAIN, "generate", "--bytes", size, "--output", "/dev/null"];
  const kibibytes = /^peak (\d+)$/m.exec(finished(words).stderr)?.[1];
  return Number(kibibytes) * 1024;
}

/** Peak bytes of the largest worker of a run of so many facts of 40 kB. */
function workerPeak(facts: string): number {
  const words = ["run", "--facts", facts, "--sink", "null", "--codec", "protobuf", "--out", out];
  const { stdout } = finished([MAIN, ...words, "--json", "--quiet"]);
  return (JSON.parse(stdout) as RunDocument).run.peakMemoryBytesPerWorker;
}

function compare(what: string, short: number, long: number, wanted: string): void {
  console.log(
    `${what}: ${bytes(short)} and ${bytes(long)}, ${percent(long / short - 1)} % more (wanted: ${wanted})`,
  );
}

try {
  compare("generate 200 MB and 2 GB", generatePeak("200MB"), generatePeak("2GB"), "20 %, 200 MB");
  compare("a worker, 1 GB and 20 GB", workerPeak("25k"), workerPeak("500k"), "the same, 150 MB");
} finally {
  rmSync(out, { recursive: true });
}
