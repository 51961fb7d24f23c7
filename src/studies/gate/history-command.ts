import { join } from "node:path";
import type { Command } from "commander";
import { InputError } from "../../core/errors.js";
import { jsonText } from "../../core/foreign-text.js";
import { historyEntries, historyText, seriesOf } from "./report/history.js";
import { addToHistory, loadHistory } from "./history.js";
import { gateType } from "./document.js";
import { loadDocument } from "../../results/load.js";
import { addCommonOptions, examples, type CommonOptions } from "../../terminal/options.js";
import { sayPlainly } from "../../terminal/say.js";

interface HistoryOptions extends CommonOptions {
  readonly file?: string;
  readonly label?: string;
}

const HISTORY_FILE = "history.ndjson";

export function configure(command: Command): Command {
  command
    .argument("<action>", "add a gate's ratios, or show what they did over time")
    .argument("[gate]", "the result document of a gate, to add")
    .option("--file <path>", `the history (default: ${HISTORY_FILE} in --out)`)
    .option("--label <text>", "what the candidate was, such as a commit");
  return addCommonOptions(command)
    .addHelpText(
      "after",
      examples(
        "hellfact history add out/2026-11-22T09-15-02/results.json --label $(git rev-parse --short HEAD)",
        "hellfact history show",
      ),
    )
    .action(run);
}

function run(action: string, gate: string | undefined, options: HistoryOptions): void {
  const path = options.file ?? join(options.out, HISTORY_FILE);
  switch (action) {
    case "add":
      add(path, gate, options);
      return;
    case "show":
      show(path, options);
      return;
    default:
      throw new InputError(`history takes add or show; "${action}" is neither.`);
  }
}

function add(path: string, gate: string | undefined, { label, json, quiet }: HistoryOptions): void {
  if (gate === undefined) {
    throw new InputError("history add takes the result document of a gate.");
  }
  const entries = historyEntries(loadDocument(gate, [gateType]), label);
  addToHistory(path, entries);
  if (json) process.stdout.write(`${jsonText({ added: entries })}\n`);
  else if (!quiet) sayPlainly(`${entries.length} added to ${path}`);
}

function show(path: string, { json }: HistoryOptions): void {
  const series = seriesOf(loadHistory(path));
  process.stdout.write(json ? `${jsonText({ series })}\n` : historyText(series));
}
