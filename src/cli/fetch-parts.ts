import type { Command } from "commander";
import { jsonText } from "../core/foreign-text.js";
import { fetchParts } from "../pipeline/run/places/fetch.js";
import { bytes, many } from "../report/numbers.js";
import { addCredentials, type CredentialOptions } from "../terminal/cluster-options.js";
import { listenForInterruption } from "../terminal/interruption.js";
import { addCommonOptions, examples, type CommonOptions } from "../terminal/options.js";
import { decile, startProgress } from "../terminal/progress.js";
import { say, sayPlainly } from "../terminal/say.js";
import { INTERRUPTED } from "../terminal/terminal.js";

export function configure(command: Command): Command {
  command
    .argument("<from>", "the folder of a run whose parts are elsewhere, or the objects themselves")
    .argument("<dir>", "the folder that gets the parts, and a manifest");
  return addCommonOptions(addCredentials(command))
    .addHelpText(
      "after",
      examples(
        "hellfact fetch-parts out/2026-01-31T12-00-00 facts",
        "hellfact fetch-parts nats-objects://host/facts facts",
      ),
    )
    .action(run);
}

async function run(
  from: string,
  folder: string,
  options: CommonOptions & CredentialOptions,
): Promise<void> {
  const { signal } = listenForInterruption();
  const progress = startProgress("fetching", options.quiet);
  const startedAt = performance.now();
  const onPart = (done: number, all: number) => {
    const seconds = (performance.now() - startedAt) / 1000;
    if (seconds < 2) return;
    const share = done / all;
    progress.update({
      ...{ done: share, secondsLeft: seconds / share - seconds, stage: decile(share) },
      activity: `${done} of ${all} parts`,
    });
  };
  const fetched = await fetchParts({ from, folder, credentials: options, signal, onPart }).finally(
    () => progress.stop(),
  );
  if (fetched.interrupted) {
    say("interrupted: the same command goes on.");
    process.exitCode = INTERRUPTED;
    return;
  }
  if (options.json) process.stdout.write(`${jsonText({ folder, ...fetched })}\n`);
  else {
    const { facts, storedBytes, parts, address } = fetched;
    process.stdout.write(
      `${folder}: ${many(facts, "fact")}, ${bytes(storedBytes)} in ${many(parts, "part")} from ${address}\n`,
    );
    if (!options.quiet) sayPlainly(` hellfact verify ${folder} reads it back\n`);
  }
  if (!fetched.isWhole) say("the run has not ended: what its manifest has so far is here.");
}
