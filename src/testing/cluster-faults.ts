/** A run over a cluster in which everything dies, freezes and is cut off, and what came of it. */
import { spawn, type ChildProcess } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { hellfact } from "./command.js";
import type { OwnNats } from "./nats.js";
import { Proxy } from "./proxy.js";

type Fault = "kill" | "freeze" | "cut" | "server" | "coordinator";

export interface FaultOptions {
  readonly nats: OwnNats;
  readonly servers: number;
  readonly main: string;
  readonly words: readonly string[];
  readonly workers: number;
  readonly leaseSeconds: number;
  /** One after the other, and from the beginning again until the run is done. */
  readonly faults: readonly Fault[];
  readonly everySeconds: number;
  /** How often all of them happen at most. */
  readonly rounds?: number;
  /** So often the coordinator is killed at most: a run whose coordinator always dies never ends. */
  readonly coordinatorKills: number;
  readonly say?: (text: string) => void;
}

export interface FaultOutcome {
  readonly faults: Readonly<Record<Fault, number>>;
  readonly seconds: number;
  readonly incidents: number;
  /** SHA-256 over the content of all parts, in order: of the cluster, and of one machine. */
  readonly sha256: string;
  readonly expected: string;
  readonly parts: number;
  readonly problems: readonly string[];
  /** Files that belong to nothing. */
  readonly leftOver: readonly string[];
}

export async function underFaults(options: FaultOptions): Promise<FaultOutcome> {
  const folder = mkdtempSync(join(tmpdir(), "hellfact-faults-"));
  const trial = new FaultTrial(options, folder);
  try {
    return await trial.run();
  } finally {
    await trial.end();
    rmSync(folder, { recursive: true, force: true });
  }
}

class FaultTrial {
  private readonly counts = { kill: 0, freeze: 0, cut: 0, server: 0, coordinator: 0 };
  private workers: ChildProcess[] = [];
  private coordinator: ChildProcess | undefined;
  private readonly proxy: Proxy;
  private incidents = 0;
  private isOver = false;
  private said = "";

  constructor(
    private readonly options: FaultOptions,
    private readonly folder: string,
  ) {
    this.proxy = new Proxy(options.nats.url);
  }

  async run(): Promise<FaultOutcome> {
    const { words, workers, main } = this.options;
    const whole = join(this.folder, "whole");
    const made = join(this.folder, "made");
    const local = ["run", ...words, "--sink", `file:${whole}`, "--quiet", "--out", this.folder];
    const { code, stderr } = await hellfact(local, { main });
    if (code !== 0) throw new Error(stderr);
    await this.proxy.listen();
    for (let number = 0; number < workers; number++) this.startWorker(number === 0);
    const startedAt = performance.now();
    const faults = this.causeFaults();
    while ((await this.coordinate(made)) !== 0);
    this.isOver = true;
    await faults;
    const seconds = (performance.now() - startedAt) / 1000;
    const { stdout } = await hellfact(["verify", made, "--json", "--quiet"], { main });
    const verified = JSON.parse(stdout) as { problems: string[]; uncounted: string[] };
    const others = readdirSync(made).filter((name) => name === ".staging" || name.endsWith(".tmp"));
    return {
      ...{ faults: this.counts, seconds, incidents: this.incidents },
      ...{ sha256: contentOf(made), expected: contentOf(whole) },
      parts: partsOf(made).length,
      problems: verified.problems,
      leftOver: [...verified.uncounted, ...others],
    };
  }

  async end(): Promise<void> {
    this.isOver = true;
    for (const child of [...this.workers, this.coordinator]) child?.kill("SIGKILL");
    await this.proxy.close();
  }

  /** Begins the run, or goes on with it. Returns how it ended: `null` for killed. */
  private async coordinate(made: string): Promise<number | null> {
    const { words, leaseSeconds, nats } = this.options;
    const isBegun = existsSync(join(made, "manifest.ndjson"));
    const what = isBegun ? ["--resume", made] : [...words, "--sink", `file:${made}`];
    const cluster = ["--cluster", nats.url, "--lease", `${leaseSeconds}s`, "--out", this.folder];
    const child = this.spawn(["run", ...what, ...cluster, "--quiet"]);
    this.coordinator = child;
    const code = await new Promise<number | null>((resolve) => child.once("exit", resolve));
    this.incidents += this.said.split("\n").filter((line) => /again/.test(line)).length;
    // Begun while no server is there, it says so and ends: begun again, as a person would.
    const metNobody = code === 1 && /nobody answers/.test(this.said);
    if (code !== null && code !== 0 && !metNobody) {
      throw new Error(`it ended with ${code}: ${this.said}`);
    }
    this.said = "";
    return code;
  }

  private async causeFaults(): Promise<void> {
    const { faults, everySeconds, rounds = Infinity } = this.options;
    for (let index = 0; !this.isOver && index < rounds * faults.length; index++) {
      await setTimeout(everySeconds * 1000);
      const fault = faults[index % faults.length];
      if (this.isOver || fault === undefined) return;
      this.options.say?.(fault);
      await this.cause(fault);
    }
  }

  private async cause(fault: Fault): Promise<void> {
    const { leaseSeconds, nats, servers, coordinatorKills } = this.options;
    const past = leaseSeconds * 1500;
    if (fault === "coordinator" && this.counts.coordinator >= coordinatorKills) return;
    this.counts[fault] += 1;
    // The first worker is the one behind the proxy.
    const victim = this.workers[1 + (this.counts.kill % Math.max(1, this.workers.length - 1))];
    switch (fault) {
      case "kill":
        victim?.kill("SIGKILL");
        this.workers = this.workers.filter((worker) => worker !== victim);
        this.startWorker(false);
        break;
      case "freeze":
        victim?.kill("SIGSTOP");
        await setTimeout(past);
        victim?.kill("SIGCONT");
        break;
      case "cut":
        this.proxy.cut = true;
        await setTimeout(past);
        this.proxy.cut = false;
        break;
      case "server": {
        const server = this.counts.server % servers;
        await nats.kill(server);
        await setTimeout(past);
        await nats.start(server);
        break;
      }
      case "coordinator":
        this.coordinator?.kill("SIGKILL");
    }
  }

  private startWorker(isBehindProxy: boolean): void {
    const url = isBehindProxy ? this.proxy.url : this.options.nats.url;
    this.workers.push(this.spawn(["work", url, "--cores", "1", "--quiet"]));
  }

  private spawn(words: readonly string[]): ChildProcess {
    const child = spawn(process.execPath, [this.options.main, ...words], {
      stdio: ["ignore", "ignore", "pipe"],
    });
    child.stderr.on("data", (text: Buffer) => {
      if (words[0] === "run") this.said += text.toString();
    });
    return child;
  }
}

function partsOf(folder: string): string[] {
  return readdirSync(folder).filter((file) => file.startsWith("part-"));
}

function contentOf(folder: string): string {
  const hash = createHash("sha256");
  for (const file of partsOf(folder).toSorted()) hash.update(readFileSync(join(folder, file)));
  return hash.digest("hex");
}
