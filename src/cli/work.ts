import { hostname } from "node:os";
import { setTimeout } from "node:timers/promises";
import { Option, type Command } from "commander";
import type { OpenTransport } from "../core/transport.js";
import { usableCores } from "../machine/environment.js";
import { joinJobs, jobsAbout, whyNoJobs, type JobsAbout } from "../jobs/join.js";
import type { JobReceiver } from "../jobs/worker.js";
import { joinRun, runAbout, whyNotJoined } from "../pipeline/run/cluster/join.js";
import type { RangeReceiver } from "../pipeline/run/crew/made-part.js";
import {
  addCredentials,
  openCluster,
  type CredentialOptions,
} from "../terminal/cluster-options.js";
import { count, duration, examples, list } from "../terminal/options.js";
import { say } from "../terminal/say.js";
import { listenForInterruption } from "../terminal/interruption.js";

interface WorkOptions extends CredentialOptions {
  readonly cores: number;
  readonly idle?: number;
  readonly jobs: boolean;
  readonly stages?: readonly string[];
  readonly quiet: boolean;
}

const NOT_UNDERSTOOD = "what it says of itself is not understood";
/** Another queue gets its turn when this one had nothing to do for so long. */
const TURN_SECONDS = 2;
const LOOK_MILLISECONDS = 100;

export function configure(command: Command): Command {
  command
    .argument("<url>", "the servers of a cluster: nats://HOST:4222, or several with commas between")
    .addOption(
      new Option("--cores <n>", "processes that work")
        .argParser(count(1))
        .default(usableCores(), "one for each core"),
    )
    .option(
      "--idle <time>",
      "leave when there was nothing to do for so long (default: never)",
      duration,
    )
    .addOption(
      new Option(
        "--jobs",
        "do jobs of queues, too: any command line that whoever may publish there sends",
      ).default(false),
    )
    .option("--stages <names>", "only jobs of these stages", list)
    .addOption(new Option("--quiet", "say nothing but what is wrong").default(false));
  return addCredentials(command)
    .addHelpText(
      "after",
      examples("hellfact work nats://host:4222", "hellfact work nats://a,b,c --cores 4 --idle 1m"),
    )
    .action(work);
}

async function work(url: string, options: WorkOptions): Promise<void> {
  const tell = (text: string) => {
    if (!options.quiet) say(text);
  };
  const transport = await openCluster(url, options);
  const interruption = listenForInterruption();
  tell(`waiting for work at ${transport.address}, ${options.cores} processes`);
  try {
    await new Worker(transport, options, tell).run(interruption.signal);
  } finally {
    await transport.close();
  }
}

/** Works for one queue after the other, whichever has something to do. */
class Worker {
  /** Queues that were heard of, those first that waited longest. */
  private readonly found: string[] = [];
  /** What was said of queues that this machine cannot work for. */
  private readonly refused = new Map<string, string>();
  private readonly name = `${hostname()}-${process.pid}`;
  private idleSince = performance.now();

  constructor(
    private readonly transport: OpenTransport,
    private readonly options: WorkOptions,
    private readonly tell: (text: string) => void,
  ) {}

  async run(signal: AbortSignal): Promise<void> {
    const unwatch = this.transport.watch((id) => {
      if (!this.found.includes(id)) this.found.push(id);
    });
    try {
      while (!signal.aborted && !this.hasWaitedEnough) {
        const id = this.found.shift();
        if (id !== undefined) await this.join(id, signal);
        await setTimeout(LOOK_MILLISECONDS);
      }
    } finally {
      unwatch();
    }
  }

  private get hasWaitedEnough(): boolean {
    return performance.now() - this.idleSince > (this.options.idle ?? Infinity) * 1000;
  }

  private async join(id: string, signal: AbortSignal): Promise<void> {
    const receiver: RangeReceiver | undefined = await this.transport.receiver(id, this.name);
    if (receiver === undefined) return;
    const jobs = jobsAbout(receiver.about);
    if (jobs !== undefined)
      return this.joinJobs(id, jobs, receiver as unknown as JobReceiver, signal);
    const about = runAbout(receiver.about);
    const problem = about === undefined ? NOT_UNDERSTOOD : whyNotJoined(about);
    if (about === undefined || problem !== undefined) {
      this.refuse(id, problem ?? NOT_UNDERSTOOD);
      return;
    }
    if (!this.refused.has(id)) {
      this.tell(`works for ${id}: ${about.plan.place ?? about.plan.folder}`);
    }
    const unusable = await joinRun(about, receiver, {
      ...{ workers: this.options.cores, name: this.name, signal, credentials: this.options },
      mayLeave: (idleSeconds) => this.mayLeave(id, idleSeconds),
    });
    if (unusable !== undefined) this.refuse(id, unusable);
  }

  private async joinJobs(
    id: string,
    about: JobsAbout,
    receiver: JobReceiver,
    signal: AbortSignal,
  ): Promise<void> {
    const { jobs, stages, cores } = this.options;
    const problem = jobs
      ? whyNoJobs(about)
      : "its jobs are any command lines, which this worker does with --jobs only";
    if (problem !== undefined) {
      this.refuse(id, problem);
      return;
    }
    this.tell(`does jobs for ${id}: ${about.directory}`);
    await joinJobs(about, receiver, {
      ...{ slots: cores, stages, signal },
      mayLeave: (idleSeconds) => this.mayLeave(id, idleSeconds),
    });
  }

  private mayLeave(id: string, idleSeconds: number): boolean {
    if (idleSeconds === 0) this.idleSince = performance.now();
    const isAskedElsewhere = this.found.some((other) => other !== id);
    return (isAskedElsewhere && idleSeconds > TURN_SECONDS) || this.hasWaitedEnough;
  }

  private refuse(id: string, problem: string): void {
    if (this.refused.get(id) !== problem) say(`not working for ${id}: ${problem}.`);
    this.refused.set(id, problem);
  }
}
