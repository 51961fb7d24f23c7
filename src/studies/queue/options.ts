import { InvalidArgumentError, Option, type Command } from "commander";
import { addCredentials, type CredentialOptions } from "../../terminal/cluster-options.js";
import {
  addCommonOptions,
  count,
  duration,
  examples,
  list,
  type CommonOptions,
} from "../../terminal/options.js";
import type { Permits } from "./model/lines.js";
import { samplesCount } from "./pairs/command.js";

export interface QueueOptions extends CommonOptions, CredentialOptions {
  readonly stages?: Permits;
  readonly parts?: string[];
  readonly set?: Permits;
  readonly preset?: "pairs";
  readonly samples?: number;
  readonly distance?: string;
  readonly store?: string;
  readonly range?: number;
  readonly state?: string;
  readonly fresh: boolean;
  readonly wait: number;
  readonly cluster?: string;
  readonly lease: number;
  readonly replicas?: number;
  readonly idle?: number;
}

const DEFAULT_WAIT = 1;
const DEFAULT_LEASE = 30;

export function addQueueOptions(command: Command): Command {
  command
    .argument("[file]", "stages and jobs, as YAML; without it, jobs are lines of standard input")
    .option(
      "--stages <list>",
      "stages with their permits, in the order in which a part goes through them: import=2,summary=7",
      permits,
    )
    .option(
      "--parts <names>",
      "parts for the stages make, transcode, load and summarise: 1..8",
      list,
    )
    .option("--set <list>", "change permits in the file, and nothing else: summary=9", permits)
    .addOption(
      new Option(
        "--preset <name>",
        "pairs: the distances of all N(N - 1)/2 pairs of samples",
      ).choices(["pairs"]),
    )
    .option("--samples <n>", "how many samples --preset pairs has", samplesCount)
    .option("--distance <file>", "exports a function of two samples as its default")
    .option("--store <url>", "where distances are kept (default: sqlite:pairs.db)")
    .option("--range <n>", "pairs a job (default: up to 50000)", count(1))
    .option("--state <dir>", "where it is kept which jobs are done (default: beside the file)")
    .addOption(new Option("--fresh", "do again what is done").default(false))
    .addOption(
      new Option(
        "--wait <time>",
        "how long to wait for another queue of the same jobs, and then leave",
      )
        .argParser(duration)
        .default(DEFAULT_WAIT, `${DEFAULT_WAIT}s`),
    )
    .option(
      "--idle <time>",
      "stay so long without a job, for more (default: leave at once)",
      duration,
    );
  command
    .option("--cluster <url>", "let workers of a cluster do it: hellfact work URL --jobs")
    .addOption(
      new Option("--lease <time>", "a worker that is not heard of for so long has lost its jobs")
        .argParser(duration)
        .default(DEFAULT_LEASE, `${DEFAULT_LEASE}s`),
    )
    .option("--replicas <n>", "servers that keep what is to do (default: up to 3)", count(1));
  addCommonOptions(addCredentials(command));
  const quiet = command.options.find(({ long }) => long === "--quiet");
  if (quiet !== undefined) quiet.description = "say nothing but what is wrong";
  return command.addHelpText(
    "after",
    examples(
      "hellfact queue jobs.yaml",
      "hellfact queue --preset pairs --samples 2200 --distance ./distance.js",
    ),
  );
}

/** `import=2,transform=5`. */
function permits(text: string): Permits {
  const stages = list(text).map((entry): [string, number] => {
    const [, name, permit] = /^([A-Za-z][A-Za-z0-9_-]*)[=:](\d{1,6})$/.exec(entry) ?? [];
    if (name === undefined || permit === undefined) {
      throw new InvalidArgumentError(
        "It takes stages with their permits, such as import=2,transform=5.",
      );
    }
    return [name, Number(permit)];
  });
  const found = new Map(stages);
  if (found.size < stages.length) throw new InvalidArgumentError("It takes each stage once.");
  return found;
}
