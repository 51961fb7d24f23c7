import type { Command } from "commander";
import { verifyRun } from "../pipeline/run/verify.js";
import { bytes } from "../report/numbers.js";
import { addCommonOptions, examples, type CommonOptions } from "../terminal/options.js";
import { decile, startProgress } from "../terminal/progress.js";

export function configure(command: Command): Command {
  command.argument("<dir>", "the folder of a run");
  return addCommonOptions(command)
    .addHelpText(
      "after",
      examples("hellfact verify out/2026-01-31T12-00-00", "hellfact verify events --json"),
    )
    .action(run);
}

async function run(folder: string, options: CommonOptions): Promise<void> {
  const startedAt = performance.now();
  const progress = startProgress("verifying", options.quiet);
  const report = await verifyRun(folder, (done, all) => {
    const seconds = (performance.now() - startedAt) / 1000;
    if (seconds < 2) return;
    const share = done / all;
    const secondsLeft = seconds / share - seconds;
    const stage = decile(share);
    progress.update({ done: share, secondsLeft, stage, activity: `${done} of ${all} parts` });
  }).finally(() => progress.stop());

  const { problems, uncounted, parts, facts, storedBytes, rejected } = report;
  if (options.json) {
    process.stdout.write(`${JSON.stringify(report)}\n`);
  } else {
    for (const problem of problems) console.error(`hellfact: ${problem}`);
    for (const name of uncounted) console.error(`hellfact: ${folder}/${name} does not count.`);
    const aside = rejected === 0 ? "" : `, ${rejected} broken lines kept aside`;
    const verdict =
      problems.length === 0
        ? "whole"
        : `${problems.length} ${problems.length === 1 ? "problem" : "problems"}`;
    process.stdout.write(
      `${folder}: ${verdict}; ${facts} facts, ${bytes(storedBytes)} in ${parts} parts${aside}\n`,
    );
  }
  if (problems.length > 0) process.exitCode = 1;
}
