/** A queue over a cluster whose workers die, freeze and are cut off, and whose coordinator is killed. */
import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import type { OwnNats } from "./nats.js";
import { Proxy } from "./proxy.js";

/** So many lines, one every 50 ms: the process, its part, and the time. */
export const beat = (lines: number) =>
  `for i in $(seq ${lines}); do echo "$$ {part} $(date +%s%N)" >> log; sleep 0.05; done`;

/** Lines of a log, by the process that wrote them. */
export function beatsOf(log: string): Map<string, bigint[]> {
  const beats = new Map<string, bigint[]>();
  const text = existsSync(log) ? readFileSync(log, "utf8").trim() : "";
  for (const line of text === "" ? [] : text.split("\n")) {
    const [pid = "", , time = "0"] = line.split(" ");
    beats.set(pid, [...(beats.get(pid) ?? []), BigInt(time)]);
  }
  return beats;
}

/** How many processes were alive at once at most: each from its first line to its last. */
export function mostAlive(log: string): number {
  const all = [...beatsOf(log).values()].map(
    (times) => [times[0] ?? 0n, times.at(-1) ?? 0n] as const,
  );
  return Math.max(
    ...all.map(([from]) => all.filter(([begin, end]) => begin <= from && from <= end).length),
  );
}

export interface QueueFaultOptions {
  readonly nats: OwnNats;
  readonly main: string;
  readonly jobs: number;
  readonly permits: number;
  readonly everySeconds: number;
  readonly coordinatorKills: number;
  readonly say: (text: string) => void;
}

export interface QueueFaultOutcome {
  readonly faults: Readonly<Record<Fault, number>>;
  readonly seconds: number;
  /** Processes that jobs began in, and how many of them were alive at once at most. */
  readonly begun: number;
  readonly mostAtOnce: number;
  /** Outputs that are in place, and those of them that one process wrote from its begin to its end. */
  readonly outputs: number;
  readonly whole: number;
}

const FAULTS = ["freeze", "kill", "cut", "coordinator"] as const;
type Fault = (typeof FAULTS)[number];

const BEATS = 16;
const LEASE_SECONDS = 1;
const OUT_SECONDS = 2;

export async function queueUnderFaults(options: QueueFaultOptions): Promise<QueueFaultOutcome> {
  const folder = mkdtempSync(join(tmpdir(), "hellfact-queue-faults-"));
  const trial = new QueueTrial(options, folder);
  try {
    return await trial.run();
  } finally {
    await trial.end();
    rmSync(folder, { recursive: true, force: true });
  }
}

class QueueTrial {
  private readonly counts = { freeze: 0, kill: 0, cut: 0, coordinator: 0 };
  /** The first one is behind what can be cut. */
  private readonly workers: ChildProcess[] = [];
  private coordinator: ChildProcess | undefined;
  private readonly proxy: Proxy;
  private isOver = false;

  constructor(
    private readonly options: QueueFaultOptions,
    private readonly folder: string,
  ) {
    this.proxy = new Proxy(options.nats.url);
  }

  async run(): Promise<QueueFaultOutcome> {
    const { jobs, permits, nats } = this.options;
    const { folder } = this;
    const run = `${beat(BEATS)}; echo $$ > {output}`;
    const stage = `a: {permits: ${permits}, run: '${run}', output: "data/{part}"}`;
    writeFileSync(join(folder, "jobs.yaml"), `parts: 1..${jobs}\nstages:\n  ${stage}\n`);
    await this.proxy.listen();
    for (const url of [this.proxy.url, nats.url, nats.url]) this.work(url);
    const startedAt = performance.now();
    const faults = this.causeFaults();
    while ((await this.coordinate()) !== 0);
    this.isOver = true;
    await faults;
    const seconds = (performance.now() - startedAt) / 1000;
    const log = join(folder, "log");
    const beats = beatsOf(log);
    const outputs = readdirSync(join(folder, "data"));
    const whole = outputs.filter((name) => {
      const pid = readFileSync(join(folder, "data", name), "utf8").trim();
      return beats.get(pid)?.length === BEATS;
    });
    return {
      ...{ faults: this.counts, seconds, begun: beats.size, mostAtOnce: mostAlive(log) },
      ...{ outputs: outputs.length, whole: whole.length },
    };
  }

  async end(): Promise<void> {
    this.isOver = true;
    for (const child of [...this.workers, this.coordinator]) child?.kill("SIGKILL");
    await this.proxy.close();
  }

  private spawn(words: readonly string[]): ChildProcess {
    return spawn(process.execPath, [this.options.main, ...words, "--quiet"], {
      cwd: this.folder,
      stdio: "ignore",
    });
  }

  private work(url: string): void {
    this.workers.push(this.spawn(["work", url, "--jobs", "--cores", String(this.options.permits)]));
  }

  private async coordinate(): Promise<number | null> {
    const cluster = ["--cluster", this.options.nats.url, "--lease", `${LEASE_SECONDS}s`];
    const child = this.spawn(["queue", "jobs.yaml", ...cluster]);
    this.coordinator = child;
    const code = await new Promise<number | null>((resolve) => child.once("exit", resolve));
    if (code !== null && code !== 0) throw new Error(`the queue ended with ${code}`);
    return code;
  }

  private async causeFaults(): Promise<void> {
    for (let number = 0; ; number++) {
      await setTimeout(this.options.everySeconds * 1000);
      if (this.isOver) return;
      await this.cause(FAULTS[number % FAULTS.length] ?? "kill");
    }
  }

  private async cause(fault: Fault): Promise<void> {
    if (fault === "coordinator" && this.counts.coordinator >= this.options.coordinatorKills) return;
    this.options.say(fault);
    this.counts[fault] += 1;
    switch (fault) {
      case "freeze": {
        const frozen = this.workers.at(-1);
        frozen?.kill("SIGSTOP");
        await setTimeout(OUT_SECONDS * 1000);
        frozen?.kill("SIGCONT");
        return;
      }
      case "kill":
        this.workers.splice(1, 1)[0]?.kill("SIGKILL");
        this.work(this.options.nats.url);
        return;
      case "cut":
        this.proxy.cut = true;
        await setTimeout(OUT_SECONDS * 1000);
        this.proxy.cut = false;
        return;
      case "coordinator":
        this.coordinator?.kill("SIGKILL");
    }
  }
}
