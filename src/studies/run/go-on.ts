/** A run that goes on. */
import type { Command } from "commander";
import { checkedPlugins } from "../../contracts/own-plugins.js";
import { InputError } from "../../core/errors.js";
import { codecOf } from "../../pipeline/run/places/plan-parts.js";
import { readManifest } from "../../pipeline/run/manifest.js";
import { openRunPlace } from "../../pipeline/run/places/open.js";
import { findWork } from "../../pipeline/run/resume.js";
import { isCodecFile } from "../../plugins/load-codec.js";
import { ownFile } from "../../plugins/own-file.js";
import { inputFile } from "../../sources/line-range.js";
import { many } from "../../report/numbers.js";
import type { RunOptions } from "./asked.js";
import { giveAccessAgain } from "./from-stream.js";
import { conditionsOf, jsonEngineOf, workersFor, type PlacedRun } from "./begin.js";

/** What may be said anew when a run is resumed: everything that does not change its bytes. */
const RESUMABLE = new Set([
  "resume",
  "workers",
  "rate",
  "json",
  "quiet",
  "out",
  "verdict",
  "inject",
  "sink",
  "check",
  "cluster",
  "lease",
  "replicas",
  "creds",
  "tlsCa",
  "tlsCert",
  "tlsKey",
  "jsonEngine",
]);

/** A run to go on with, or `undefined` if it is already complete, which is then said. */
export async function resumeRun(
  folder: string,
  command: Command,
  say: (text: string) => void,
): Promise<PlacedRun | undefined> {
  const options = command.opts<RunOptions>();
  const { sink } = options;
  // A user's own files say how to go on with their run; other ones would change it.
  const own = {
    ...(isTyped(command, "codec") && isCodecFile(options.codec) && { codec: options.codec }),
    ...(isTyped(command, "compress") &&
      ownFile(options.compress) && { compress: options.compress }),
  };
  if (sink !== undefined && sink.place !== "") {
    throw new InputError(
      "--sink cannot be changed when a run is resumed, only held back: throttle:50MB/s.",
    );
  }
  const changed = command.options.find(
    (option) =>
      isTyped(command, option.attributeName()) &&
      !RESUMABLE.has(option.attributeName()) &&
      !(option.attributeName() in own),
  );
  if (changed?.long !== undefined) {
    throw new InputError(`${changed.long} cannot be changed when a run is resumed: leave it out.`);
  }
  const place = await openRunPlace(readManifest(folder).plan, options);
  const found = await findWork(folder, {
    own: await checkedPlugins(own),
    check: options.check,
    place,
  }).finally(() => place?.close());
  const { isComplete, problems, ...work } = found;
  const { plan, done } = work;
  for (const problem of problems) say(`${problem} It is made again.`);
  if (isComplete) {
    say(`${folder} is complete: ${many(done.length, "part")}. Nothing was done.`);
    return undefined;
  }
  const { source } = plan;
  giveAccessAgain(source, options);
  if (source.kind !== "generator" && source.bytes !== null) {
    const { bytes } = inputFile(source.path);
    if (bytes !== source.bytes) {
      throw new InputError(
        `${source.path} has ${bytes} bytes, and had ${source.bytes} when the run began. Bring it back.`,
      );
    }
  }
  const workers = workersFor(source, options.workers);
  const jsonEngine = await jsonEngineOf(codecOf(plan, work.own), options);
  const conditions = conditionsOf(options, jsonEngine);
  return { run: { ...work, workers, conditions }, folder };
}

/** Whether an option stands on the command line. */
function isTyped(command: Command, option: string): boolean {
  return command.getOptionValueSource(option) === "cli";
}
