/**
 * Whether memory stays the same however much is generated: the peak of a short `generate` and of
 * one ten times as long.
 *
 *   npm run bench:memory
 */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { bytes, percent } from "../src/report/numbers.js";

const MAIN = fileURLToPath(new URL("../src/cli/main.js", import.meta.url));
/** Tells the process's peak on standard error as it ends. */
const TELL_PEAK = `data:text/javascript,process.on("exit", () => console.error("peak", process.resourceUsage().maxRSS))`;

function peakBytes(size: string): number {
  const words = ["--import", TELL_PEAK, MAIN, "generate", "--bytes", size, "--output", "/dev/null"];
  const { status, stderr } = spawnSync(process.execPath, words, { encoding: "utf8" });
  const kibibytes = /^peak (\d+)$/m.exec(stderr)?.[1];
  if (status !== 0 || kibibytes === undefined) throw new Error(stderr);
  console.log(`generate --bytes ${size.padEnd(5)}  peak memory ${bytes(Number(kibibytes) * 1024)}`);
  return Number(kibibytes) * 1024;
}

const short = peakBytes("200MB");
const long = peakBytes("2GB");
console.log(
  `The long one takes ${percent(long / short - 1)} % more. Wanted: at most 20 %, and under 200 MB.`,
);
