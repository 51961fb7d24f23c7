import { basename, dirname, join } from "node:path";
import { Option, type Command } from "commander";
import { InputError } from "../core/errors.js";
import { csvReport } from "../studies/compare/report/csv.js";
import { gateMarkdown } from "../studies/gate/report/markdown.js";
import { gateText } from "../studies/gate/report/text.js";
import { markdownReport } from "../studies/compare/report/markdown.js";
import { runText } from "../studies/run/report.js";
import { textReport } from "../studies/compare/report/text.js";
import type { ResultDocument } from "../studies/compare/document.js";
import type { GateDocument } from "../studies/gate/document.js";
import { loadDocument } from "../results/load.js";
import type { RunDocument } from "../studies/run/document.js";
import { LATEST_FILE } from "../results/save.js";
import type { WarmupDocument } from "../studies/warmup/document.js";
import { writeWhole } from "../sinks/file.js";
import { addCommonOptions, examples, type CommonOptions } from "../terminal/options.js";
import { colorsOn } from "../terminal/terminal.js";

type Format = "text" | "markdown" | "csv" | "json" | "html" | "svg";

interface ReportOptions extends CommonOptions {
  readonly format: Format;
  readonly chart?: string;
  readonly output?: string;
}

/** More scenarios than this make no page that anybody reads. */
const MOST_SCENARIOS = 500;

export function configure(command: Command): Command {
  command
    .argument("[files...]", "result documents (default: the latest); html takes several")
    .addOption(
      new Option("--format <form>", "how to print it")
        .choices(["text", "markdown", "csv", "json", "html", "svg"])
        .default("text"),
    )
    .option("--chart <name>", "the chart that svg draws, such as write, read, size-write, roofline")
    .option("--output <file>", "a file to write it to (default: standard output)");
  return addCommonOptions(command)
    .addHelpText(
      "after",
      examples(
        "hellfact report --format html --output report.html",
        "hellfact report out/latest.json --format csv > comparison.csv",
      ),
    )
    .action(run);
}

async function run(files: readonly string[], options: ReportOptions): Promise<void> {
  const paths = files.length === 0 ? [join(options.out, LATEST_FILE)] : files;
  const format = options.json ? "json" : options.format;
  if (options.chart !== undefined && format !== "svg") {
    throw new InputError(`--chart is for --format svg, and not for ${format}.`);
  }
  const [path = "", ...others] = paths;
  if (others.length > 0 && format !== "html") {
    throw new InputError(`--format ${format} takes one document; html takes several.`);
  }
  const text = await (format === "html" ? page(paths) : printed(path, format, options));
  if (options.output === undefined) process.stdout.write(text);
  else writeWhole(options.output, Buffer.from(text), "none");
}

async function page(paths: readonly string[]): Promise<string> {
  // What draws takes a moment to load, which only those wait for who want a drawing.
  const { pageOf } = await import("../terminal/page.js");
  const names = shortNames(paths);
  return pageOf(
    paths.map((path, index) => {
      const document = loadDocument(path);
      if ("gate" in document) throw new InputError(`${path} is of a gate: it has no page.`);
      if ("crossovers" in document) {
        throw new InputError(`${path} is of a warm-up: it has no page, but text and svg.`);
      }
      if ("scenarios" in document && document.scenarios.length > MOST_SCENARIOS) {
        throw new InputError(
          `${path} has ${document.scenarios.length} scenarios, and a page takes ${MOST_SCENARIOS}. ` +
            "Take --format csv, or compare fewer.",
        );
      }
      return { name: names[index] ?? path, document };
    }),
  );
}

/** What tells files apart: their names, or the folders that they are in. */
function shortNames(paths: readonly string[]): string[] {
  const names = paths.map((path) => basename(path));
  if (new Set(names).size === names.length) return names;
  return paths.map((path, index) => `${basename(dirname(path))}/${names[index] ?? ""}`);
}

async function printed(
  path: string,
  format: Exclude<Format, "html">,
  { chart }: ReportOptions,
): Promise<string> {
  const document = loadDocument(path);
  if (format === "json") return `${JSON.stringify(document)}\n`;
  if ("gate" in document) return printedGate(document, format);
  if ("run" in document) return printedRun(document, format);
  if ("crossovers" in document) return await printedWarmup(path, document, format, chart);
  switch (format) {
    case "text":
      return textReport(document, { colors: colorsOn(process.stdout) });
    case "markdown":
      return markdownReport(document);
    case "csv":
      return csvReport(document);
    case "svg":
      return drawn(path, await chartsIn(document), chart);
  }
}

function printedGate(document: GateDocument, format: Format): string {
  switch (format) {
    case "text":
      return gateText(document, { colors: colorsOn(process.stdout) });
    case "markdown":
      return gateMarkdown(document);
    default:
      throw new InputError(`a gate is printed as text, markdown or json, not as ${format}.`);
  }
}

function printedRun(document: RunDocument, format: Format): string {
  if (format === "text") return runText(document, { colors: colorsOn(process.stdout) });
  throw new InputError(`a run of the pipeline is printed as text, json or html, not as ${format}.`);
}

async function chartsIn(document: ResultDocument) {
  const { chartsOf } = await import("../report/page/charts.js");
  return chartsOf(document);
}

async function printedWarmup(
  path: string,
  document: WarmupDocument,
  format: Format,
  chart: string | undefined,
): Promise<string> {
  switch (format) {
    case "text": {
      const { warmupText } = await import("../studies/warmup/report/text.js");
      return warmupText(document, { colors: colorsOn(process.stdout) });
    }
    case "svg": {
      const { chartSvg } = await import("../report/chart/svg.js");
      const { warmupCharts } = await import("../studies/warmup/report/charts.js");
      const { byFacts, bySeconds } = warmupCharts(document);
      const charts = Object.entries({ facts: byFacts, seconds: bySeconds });
      return drawn(path, new Map(charts.map(([name, one]) => [name, () => chartSvg(one)])), chart);
    }
    default:
      throw new InputError(`a warm-up is printed as text, svg or json, not as ${format}.`);
  }
}

/** One of a document's charts, by its name. */
function drawn(
  path: string,
  charts: ReadonlyMap<string, () => string>,
  name: string | undefined,
): string {
  const known = [...charts.keys()].join(", ");
  if (name === undefined) throw new InputError(`--format svg takes --chart: one of ${known}.`);
  const draw = charts.get(name);
  if (draw !== undefined) return draw();
  throw new InputError(
    known === ""
      ? `${path} has no figures to draw.`
      : `${path} has no chart "${name}"; it has ${known}.`,
  );
}
