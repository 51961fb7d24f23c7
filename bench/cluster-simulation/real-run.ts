/** A run over a cluster of worker processes on this machine, and what it took for each range. */
import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { cpuOf } from "../processor-time.js";

const MAIN = fileURLToPath(new URL("../../src/cli/main.js", import.meta.url));
const LOOK_MILLISECONDS = 200;
const START_MILLISECONDS = 1500;
/** The part of ranges between which rates are taken. */
const MIDDLE = [0.2, 0.8] as const;

export interface RealRun {
  /** In the middle of the run. */
  readonly rangesPerSecond: number;
  /** Between one range and the next one of the same number of workers: standard deviation by mean. */
  readonly variation: number;
  /** Processor time for a range, in seconds. */
  readonly cpu: Cpu;
}

interface Cpu {
  readonly coordinator: number;
  readonly server: number;
  readonly workers: number;
}

export interface RunWishes {
  readonly url: string;
  readonly server: number;
  readonly workers: number;
  readonly ranges: number;
  /** What says how long a range takes: facts, their size, a sink that waits. */
  readonly words: readonly string[];
  readonly sink: string;
}

/** Starts workers, and then a coordinator; ends the workers when that has ended. */
export async function realRun(wishes: RunWishes): Promise<RealRun> {
  const { url, server, workers, ranges, words, sink } = wishes;
  const folder = mkdtempSync(join(tmpdir(), "hellfact-simulation-"));
  const made = join(folder, "made");
  const crew = Array.from({ length: workers }, () =>
    start(["work", url, "--cores", "1", "--quiet"]),
  );
  try {
    await setTimeout(START_MILLISECONDS);
    const run = start([
      ...["run", ...words, "--sink", `${sink}:${made}`, "--cluster", url],
      ...["--out", folder, "--quiet", "--json"],
    ]);
    const ended = new Promise<number | null>((resolve) => run.once("exit", resolve));
    const state: { code?: number | null } = {};
    void ended.then((how) => (state.code = how));
    const looks: Look[] = [];
    while (state.code === undefined) {
      const pids = [[run.pid ?? 0], [server], crew.map(({ pid }) => pid ?? 0)];
      const [coordinator = 0, servers = 0, all = 0] = pids.map(cpuOf);
      looks.push({ done: timesIn(made).length, coordinator, server: servers, workers: all });
      await setTimeout(LOOK_MILLISECONDS);
    }
    if (state.code !== 0) throw new Error(`the run ended with ${state.code}`);
    const at = timesIn(made);
    if (at.length < ranges / 2) throw new Error(`${at.length} ranges were made`);
    return {
      ...middleOf(at),
      cpu: cpuBetween(looks, at.length),
    };
  } finally {
    for (const worker of crew) worker.kill("SIGKILL");
    await setTimeout(LOOK_MILLISECONDS);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** How far it was, and the processor seconds of each up to then. */
interface Look extends Cpu {
  readonly done: number;
}

/** While the middle part was made: starting a process takes more than many ranges do. */
function cpuBetween(looks: readonly Look[], ranges: number): Cpu {
  const [from, to] = MIDDLE.map((part) => part * ranges);
  const first = looks.find(({ done }) => done >= (from ?? 0));
  const last = looks.findLast(({ done }) => done <= (to ?? 0));
  if (first === undefined || last === undefined || last.done <= first.done) {
    throw new Error("it was over before it was looked at: take more ranges");
  }
  const of = (who: keyof Cpu) => (last[who] - first[who]) / (last.done - first.done);
  return { coordinator: of("coordinator"), server: of("server"), workers: of("workers") };
}

/** When parts were entered, in seconds of the run. */
function timesIn(folder: string): number[] {
  const path = join(folder, "manifest.ndjson");
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, "utf8").split("\n");
  return lines.flatMap((line) => {
    const seconds = /"atSeconds":([\d.e+-]+)}$/.exec(line)?.[1];
    return seconds === undefined ? [] : [Number(seconds)];
  });
}

function middleOf(at: readonly number[]): Pick<RealRun, "rangesPerSecond" | "variation"> {
  const [from = 0, to = 0] = MIDDLE.map((part) => Math.floor(part * (at.length - 1)));
  const steps = at.slice(from + 1, to + 1).map((time, index) => time - (at[from + index] ?? 0));
  const mean = steps.reduce((sum, step) => sum + step, 0) / steps.length;
  const variance = steps.reduce((sum, step) => sum + (step - mean) ** 2, 0) / steps.length;
  return { rangesPerSecond: 1 / mean, variation: Math.sqrt(variance) / mean };
}

function start(words: readonly string[]): ChildProcess {
  return spawn(process.execPath, [MAIN, ...words], { stdio: ["ignore", "ignore", "inherit"] });
}
