import { basename, dirname, join } from "node:path";
import { Option, type Command } from "commander";
import { forTerminal, jsonText } from "../core/foreign-text.js";
import { InputError } from "../core/errors.js";
import type { Draw } from "../report/chart/frame.js";
import type { PageDocument } from "../report/page/section.js";
import type { Envelope } from "../results/document-type.js";
import { latestDocument } from "../results/save.js";
import { statsAt } from "../sources/file-bytes.js";
import { writeWhole } from "../sinks/file.js";
import { loadAny } from "../studies/registry.js";
import type { Study } from "../studies/study.js";
import { addDetailOptions, type DetailOptions } from "../terminal/detail.js";
import { addCommonOptions, examples, type CommonOptions } from "../terminal/options.js";
import { refuseTyped } from "../terminal/refuse-typed.js";
import { say } from "../terminal/say.js";
import { colorsOn } from "../terminal/terminal.js";

type Format = "text" | "markdown" | "csv" | "json" | "html" | "svg";

interface ReportOptions extends CommonOptions, DetailOptions {
  readonly verdict: boolean;
  readonly format: Format;
  readonly chart?: string;
  readonly output?: string;
}

export function configure(command: Command): Command {
  command
    .argument(
      "[files...]",
      "result documents of any kind (default: the latest); html takes several; with --all folders such as out: one page of everything in them",
    )
    .addOption(
      new Option("--format <form>", "how to print it")
        .choices(["text", "markdown", "csv", "json", "html", "svg"])
        .default("text"),
    )
    .option("--chart <name>", "the chart that svg draws, such as write, read, size-write, roofline")
    .option("--output <file>", "a file to write it to (default: standard output)");
  command.addOption(new Option("--verdict", "what binds, where that was measured").default(false));
  addDetailOptions(command);
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

async function run(
  files: readonly string[],
  options: ReportOptions,
  command: Command,
): Promise<void> {
  if (options.all && files.some(isFolder)) {
    if (
      options.json ||
      (command.getOptionValueSource("format") === "cli" && options.format !== "html")
    ) {
      throw new InputError("--all of folders is one page: leave out --json, or --format.");
    }
    await writeEverything(files, options);
    return;
  }
  const paths = files.length === 0 ? [latestDocument(options.out)] : files;
  const format = options.json ? "json" : options.format;
  if (options.chart !== undefined && format !== "svg") {
    throw new InputError(`--chart is for --format svg, and not for ${format}.`);
  }
  if (format !== "text") {
    const why = `is for text: ${format} has all there is. Leave it out.`;
    refuseTyped(command, ["all", "explain", "verdict"], why);
  }
  const [path = "", ...others] = paths;
  if (others.length > 0 && format !== "html") {
    throw new InputError(`--format ${format} takes one document; html takes several.`);
  }
  const text = await (format === "html" ? page(paths) : printed(path, format, options));
  if (options.output === undefined) process.stdout.write(text);
  else writeWhole(options.output, Buffer.from(text), "none");
}

function isFolder(path: string): boolean {
  return statsAt(path)?.isDirectory() === true;
}

/** One page of everything that was measured in folders; into the first, where no other place is named. */
async function writeEverything(
  folders: readonly string[],
  { output = join(folders[0] ?? "", "report.html") }: ReportOptions,
): Promise<void> {
  const { everythingPage } = await import("./everything.js");
  const text = await everythingPage(folders, say);
  writeWhole(output, Buffer.from(text), "none");
  say(output);
}

async function page(paths: readonly string[]): Promise<string> {
  // What draws takes a moment to load, which only those wait for who want a drawing.
  const { pageOf } = await import("../terminal/page.js");
  const names = shortNames(paths);
  const documents: PageDocument[] = [];
  for (const [index, path] of paths.entries()) {
    const { study, document } = await loadAny(path);
    const form = await study.forms.page?.();
    if (form === undefined) throw without(path, study, "html");
    const problem = form.problem?.(document);
    if (problem !== undefined) throw new InputError(`${path} ${problem}`);
    documents.push({ name: names[index] ?? path, document: forTerminal(document), form });
  }
  return pageOf(documents);
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
  { chart, all, verdict, explain }: ReportOptions,
): Promise<string> {
  const { study, document } = await loadAny(path);
  const { forms } = study;
  switch (format) {
    case "json":
      return `${jsonText(document)}\n`;
    case "text":
      return forms.text(document, {
        colors: colorsOn(process.stdout),
        detail: { all, verdict, explain },
      });
    case "svg": {
      const charts = await forms.charts?.(forTerminal(document));
      if (charts === undefined) throw without(path, study, format);
      return drawn(path, charts, chart);
    }
    case "markdown":
    case "csv": {
      const form: ((document: Envelope) => string | Promise<string>) | undefined = forms[format];
      if (form === undefined) throw without(path, study, format);
      return form(document);
    }
  }
}

/** A form that a study does not have, and those that it has. */
function without(path: string, { kind, forms }: Study, format: Format): InputError {
  const names = { text: "text", markdown: "markdown", csv: "csv", charts: "svg", page: "html" };
  const has = Object.entries(names).flatMap(([form, name]) => (form in forms ? [name] : []));
  return new InputError(
    `${path} is of kind "${kind}", which is printed as ${[...has, "json"].join(", ")}, and not as ${format}.`,
  );
}

/** One of a document's charts, by its name. */
function drawn(path: string, charts: ReadonlyMap<string, Draw>, name: string | undefined): string {
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
