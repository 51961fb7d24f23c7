/** A run whose workers are on other machines: what that takes, and what it cannot have. */
import { RUN_DEFAULTS } from "./defaults.js";
import { Option, type Command } from "commander";
import { InputError } from "../../core/errors.js";
import type { ClusterOptions } from "../../pipeline/run/cluster/coordinate.js";
import { isPiped } from "../../pipeline/run/pipe/pipe.js";
import { isObjectUrl } from "../../pipeline/run/places/open.js";
import { isSharedStoreUrl } from "../../pipeline/run/places/store.js";
import type { Run } from "../../pipeline/run/plan.js";
import { addCredentials, openCluster } from "../../terminal/cluster-options.js";
import { count, duration } from "../../terminal/options.js";
import { refuseTyped } from "../../terminal/refuse-typed.js";
import type { RunOptions } from "./asked.js";

const MOST_REPLICAS = 5;

export function addClusterOptions(command: Command): Command {
  command
    .option("--cluster <url>", "let workers of a cluster do it, which hellfact work URL starts")
    .addOption(
      new Option("--lease <time>", "a worker that is not heard of for so long has lost its range")
        .argParser(duration)
        .default(RUN_DEFAULTS.lease, `${RUN_DEFAULTS.lease}s`),
    )
    .option("--replicas <n>", "servers that keep what is to do (default: up to 3)", count(1));
  return addCredentials(command);
}

/** Throws where what is asked for belongs to one machine, or to a cluster, and the other is meant. */
export function refuseOffCluster(options: RunOptions, command: Command): void {
  const { cluster, workers, rate, verdict, duration: seconds, roll, resume, sink } = options;
  if (cluster === undefined) {
    refuseTyped(command, ["lease"], "is for --cluster: leave it out, or give that.");
    return;
  }
  const refuse = (what: string, instead: string) => {
    throw new InputError(`${what} is for the workers of one machine: ${instead}.`);
  };
  if (workers !== undefined) refuse("--workers", "hellfact work --cores says how many there are");
  if (rate !== undefined) refuse("--rate", "leave it out");
  if (verdict) refuse("--verdict", "leave it out");
  if (seconds !== undefined) refuse("--duration", "give --facts N");
  if ("seconds" in roll) refuse("--roll by time", "give a size, such as --roll 64MB");
  if (options.lease < 1) throw new InputError("--lease takes at least 1s.");
  if ((options.replicas ?? 1) > MOST_REPLICAS) {
    throw new InputError(`--replicas takes 1 to ${MOST_REPLICAS}; 3 outlive the loss of a server.`);
  }
  if (resume !== undefined) return;
  if (options.facts === undefined && options.input === undefined) {
    throw new InputError("--cluster needs to know where it ends: give --facts N, or --input FILE.");
  }
  const place = sink?.place ?? "";
  if (!place.startsWith("file:") && !isObjectUrl(place) && !isSharedStoreUrl(place)) {
    throw new InputError(
      "--cluster needs a place that all machines see: give --sink file:FOLDER, a folder that is at the same place everywhere, objects, such as s3://BUCKET/PREFIX, or a database, postgres://USER@HOST/DATABASE.",
    );
  }
}

/** Connects to the cluster that a run is for, if it is for one. */
export async function clusterOf(
  options: RunOptions,
  { plan, own, conditions }: Run,
): Promise<ClusterOptions | undefined> {
  if (options.cluster === undefined) return undefined;
  if (plan.source.kind === "stream") {
    throw new InputError(
      "--cluster takes an input as a whole, or generated facts: leave out --facts.",
    );
  }
  if (plan.place !== undefined && isPiped(plan.source)) {
    throw new InputError(
      "an input that can only be read from its start is put aside in the run's folder, which workers do not see where parts go elsewhere: give NDJSON that is not compressed, or --sink file:FOLDER.",
    );
  }
  if (plan.mostPartSeconds !== null || plan.durationSeconds !== null) {
    throw new InputError("this run is cut by time, which is for one machine: leave out --cluster.");
  }
  if ((own.codecFile ?? own.compressorFile) !== undefined) {
    throw new InputError(
      "--cluster takes this tool's codecs and compressors; one of your own is not on the workers.",
    );
  }
  if (conditions.slowing.bytesPerSecond !== null) {
    throw new InputError("throttle: is for the workers of one machine: leave it out.");
  }
  const transport = await openCluster(options.cluster, options);
  return { transport, leaseSeconds: options.lease, replicas: options.replicas };
}
