import { Option, type Command } from "commander";
import { makeLedger } from "../conformance/ledger.js";
import { HellfactError } from "../core/errors.js";
import { checkPluginName, pluginNames } from "../plugins/catalog.js";
import { ledgerMarkdown, ledgerText } from "../report/ledger.js";
import { addCommonOptions, duration, examples, list, type CommonOptions } from "./options.js";
import { startProgress } from "./progress.js";
import { colorsOn, INTERRUPTED } from "./terminal.js";

interface ConformanceOptions extends CommonOptions {
  readonly codec?: string[];
  readonly limit: number;
  readonly format: "text" | "markdown";
}

export function configure(command: Command): Command {
  command
    .option("--codec <names>", "codecs to look at (default: all)", list)
    .addOption(
      new Option("--limit <time>", "what a codec may take for one value")
        .argParser(duration)
        .default(20, "20s"),
    )
    .addOption(
      new Option("--format <form>", "how to print it")
        .choices(["text", "markdown"])
        .default("text"),
    );
  return addCommonOptions(command)
    .addHelpText(
      "after",
      examples(
        "hellfact conformance --codec json,msgpackr",
        "hellfact conformance --format markdown > losses.md",
      ),
    )
    .action(run);
}

async function run(options: ConformanceOptions): Promise<void> {
  const codecs = options.codec ?? pluginNames("codecs");
  for (const name of codecs) checkPluginName("codecs", name);
  const interruption = new AbortController();
  process.once("SIGINT", () => interruption.abort());
  const startedAt = performance.now();
  const progress = startProgress("examining", options.quiet);
  const ledger = await makeLedger(codecs, {
    limitSeconds: options.limit,
    signal: interruption.signal,
    onCodec: (name, done) => {
      const seconds = (performance.now() - startedAt) / 1000;
      if (seconds < 2) return;
      progress.update({ done, secondsLeft: seconds / done - seconds, activity: name, stage: name });
    },
  }).finally(() => progress.stop());
  if (options.json) process.stdout.write(`${JSON.stringify(ledger)}\n`);
  else if (options.format === "markdown") process.stdout.write(ledgerMarkdown(ledger));
  else process.stdout.write(ledgerText(ledger, { colors: colorsOn(process.stdout) }));
  if (interruption.signal.aborted) {
    process.exitCode = INTERRUPTED;
    return;
  }
  const wrong = ledger.codecs.find(({ disagreements }) => disagreements.length > 0);
  if (wrong !== undefined) {
    throw new HellfactError(`${wrong.name}: ${wrong.disagreements[0] ?? ""}.`);
  }
}
