import type { Command } from "commander";
import { jsonText } from "../core/foreign-text.js";
import { addOwnOptions, type OwnOptions } from "../terminal/own-options.js";
import { checkedPlugins } from "../contracts/own-plugins.js";
import { readManifest } from "../pipeline/run/manifest.js";
import { openRunPlace } from "../pipeline/run/places/open.js";
import { verifyParts } from "../pipeline/run/verify.js";
import { bytes, many } from "../report/numbers.js";
import { addCredentials, type CredentialOptions } from "../terminal/cluster-options.js";
import { addCommonOptions, examples, type CommonOptions } from "../terminal/options.js";
import { decile, startProgress } from "../terminal/progress.js";
import { say } from "../terminal/say.js";

export function configure(command: Command): Command {
  command.argument("<dir>", "the folder of a run");
  addCredentials(addOwnOptions(command));
  return addCommonOptions(command)
    .addHelpText(
      "after",
      examples("hellfact verify out/2026-01-31T12-00-00", "hellfact verify events --json"),
    )
    .action(run);
}

type VerifyOptions = CommonOptions & OwnOptions & CredentialOptions;

async function run(folder: string, options: VerifyOptions): Promise<void> {
  const own = await checkedPlugins(options);
  const startedAt = performance.now();
  const progress = startProgress("verifying", options.quiet);
  const showProgress = (done: number, all: number) => {
    const seconds = (performance.now() - startedAt) / 1000;
    if (seconds < 2) return;
    const share = done / all;
    const secondsLeft = seconds / share - seconds;
    const stage = decile(share);
    progress.update({ done: share, secondsLeft, stage, activity: `${done} of ${all} parts` });
  };
  const place = await openRunPlace(readManifest(folder).plan, options);
  const report = await verifyParts(folder, showProgress, own, place).finally(async () => {
    progress.stop();
    await place?.close();
  });

  const { problems, uncounted, parts, facts, storedBytes, rejected } = report;
  if (options.json) {
    process.stdout.write(`${jsonText(report)}\n`);
  } else {
    if (report.otherCodec !== null) say(report.otherCodec);
    for (const problem of problems) say(problem);
    for (const name of uncounted) say(`${folder}/${name} does not count.`);
    const aside = rejected === 0 ? "" : `, ${many(rejected, "broken line")} kept aside`;
    const verdict = problems.length === 0 ? "whole" : many(problems.length, "problem");
    process.stdout.write(
      `${folder}: ${verdict}; ${many(facts, "fact")}, ${bytes(storedBytes)} in ${many(parts, "part")}${aside}\n`,
    );
  }
  if (problems.length > 0) process.exitCode = 1;
}
