import { join } from "node:path";
import { Option, type Command } from "commander";
import { InputError } from "../core/errors.js";
import { csvReport } from "../report/csv.js";
import { gateMarkdown } from "../report/gate/markdown.js";
import { gateText } from "../report/gate/text.js";
import { markdownReport } from "../report/markdown.js";
import { runText } from "../report/run.js";
import { textReport } from "../report/text.js";
import type { ResultDocument } from "../results/document.js";
import type { GateDocument } from "../results/gate-document.js";
import { loadDocument } from "../results/load.js";
import type { RunDocument } from "../results/run-document.js";
import { LATEST_FILE } from "../results/save.js";
import { addCommonOptions, examples, type CommonOptions } from "./options.js";
import { colorsOn } from "./terminal.js";

type Format = "text" | "markdown" | "csv" | "json";

export function configure(command: Command): Command {
  command
    .argument("[file]", "a result document (default: the latest)")
    .addOption(
      new Option("--format <form>", "how to print it")
        .choices(["text", "markdown", "csv", "json"])
        .default("text"),
    );
  return addCommonOptions(command)
    .addHelpText(
      "after",
      examples("hellfact report", "hellfact report out/latest.json --format csv > comparison.csv"),
    )
    .action(run);
}

function run(file: string | undefined, options: CommonOptions & { format: Format }): void {
  const document = loadDocument(file ?? join(options.out, LATEST_FILE));
  const format = options.json ? "json" : options.format;
  if ("gate" in document) {
    process.stdout.write(printedGate(document, format));
    return;
  }
  process.stdout.write(
    "run" in document ? printedRun(document, format) : printed(document, format),
  );
}

function printedGate(document: GateDocument, format: Format): string {
  switch (format) {
    case "text":
      return gateText(document, { colors: colorsOn(process.stdout) });
    case "markdown":
      return gateMarkdown(document);
    case "json":
      return `${JSON.stringify(document)}\n`;
    case "csv":
      throw new InputError("a gate is printed as text, markdown or json, not as csv.");
  }
}

function printedRun(document: RunDocument, format: Format): string {
  if (format === "json") return `${JSON.stringify(document)}\n`;
  if (format === "text") return runText(document, { colors: colorsOn(process.stdout) });
  throw new InputError(`a run of the pipeline is printed as text or json, not as ${format}.`);
}

function printed(document: ResultDocument, format: Format): string {
  switch (format) {
    case "text":
      return textReport(document, { colors: colorsOn(process.stdout) });
    case "markdown":
      return markdownReport(document);
    case "csv":
      return csvReport(document);
    case "json":
      return `${JSON.stringify(document)}\n`;
  }
}
