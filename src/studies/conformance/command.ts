import { Option, type Command } from "commander";
import { makeLedger, type LedgerOptions } from "./measure/ledger.js";
import { runSuite, suiteCases } from "./measure/suite.js";
import { HellfactError } from "../../core/errors.js";
import { jsonText } from "../../core/foreign-text.js";
import { checkedCodec } from "../../contracts/codec/own-codec.js";
import { pluginNames } from "../../plugins/catalog.js";
import { begun } from "../../results/document-type.js";
import { keepDocument } from "../../terminal/keep.js";
import type { ConformanceDocument, Ledger, SuiteReport } from "./document.js";
import { conformanceMarkdown, conformanceText } from "./report/text.js";
import {
  addCommonOptions,
  duration,
  examples,
  list,
  type CommonOptions,
} from "../../terminal/options.js";
import { startProgress } from "../../terminal/progress.js";
import { colorsOn, INTERRUPTED } from "../../terminal/terminal.js";
import { listenForInterruption } from "../../terminal/interruption.js";

interface ConformanceOptions extends CommonOptions {
  readonly codec?: string[];
  readonly suite?: string;
  readonly limit: number;
  readonly format: "text" | "markdown";
}

export function configure(command: Command): Command {
  command
    .option(
      "--codec <names>",
      "codecs to look at, also one of your own by its file (default: all)",
      list,
    )
    .option("--suite <dir>", "a parser suite, such as JSONTestSuite, instead of values")
    .addOption(
      new Option("--limit <time>", "what a codec may take for one value or case")
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
        "hellfact conformance --suite JSONTestSuite --format markdown > suite.md",
      ),
    )
    .action(run);
}

async function run(options: ConformanceOptions): Promise<void> {
  const chosen = await Promise.all((options.codec ?? pluginNames("codecs")).map(checkedCodec));
  const codecs = chosen.map(({ codec, codecFile }) => codecFile ?? codec);
  const cases = options.suite === undefined ? undefined : suiteCases(options.suite);
  const interruption = listenForInterruption();
  const startedAt = performance.now();
  const progress = startProgress("examining", options.quiet);
  const work: LedgerOptions = {
    limitSeconds: options.limit,
    signal: interruption.signal,
    onCodec: (name, done) => {
      const seconds = (performance.now() - startedAt) / 1000;
      if (seconds < 2) return;
      progress.update({ done, secondsLeft: seconds / done - seconds, activity: name, stage: name });
    },
  };
  const disagreement =
    cases === undefined
      ? await ledger(codecs, work, options).finally(() => progress.stop())
      : await suite(cases, codecs, work, options).finally(() => progress.stop());
  if (interruption.signal.aborted) process.exitCode = INTERRUPTED;
  else if (disagreement !== undefined) throw new HellfactError(disagreement);
}

/** Prints the ledger; returns the first thing in it that is wrong, if anything is. */
async function ledger(
  codecs: readonly string[],
  work: LedgerOptions,
  options: ConformanceOptions,
): Promise<string | undefined> {
  const found = await makeLedger(codecs, work);
  finish(options, found);
  const wrong = found.codecs.find(({ disagreements }) => disagreements.length > 0);
  return wrong === undefined ? undefined : `${wrong.name}: ${wrong.disagreements[0] ?? ""}.`;
}

/** Prints what a suite found. That a decoder departs from it is a finding, and no failure. */
async function suite(
  cases: readonly string[],
  codecs: readonly string[],
  work: LedgerOptions,
  options: ConformanceOptions,
): Promise<undefined> {
  finish(options, await runSuite(cases, codecs, work));
}

/** Prints what was found, and keeps it. */
function finish({ json, format, out }: ConformanceOptions, found: Ledger | SuiteReport): void {
  const document: ConformanceDocument = { ...begun("conformance", 2), ...found };
  if (json) process.stdout.write(`${jsonText(document)}\n`);
  else if (format === "markdown") process.stdout.write(conformanceMarkdown(document));
  else process.stdout.write(conformanceText(document, { colors: colorsOn(process.stdout) }));
  keepDocument(out, document);
}
