import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Command } from "commander";
import { forTerminal } from "../../core/foreign-text.js";
import { InputError } from "../../core/errors.js";
import { INDENT } from "../../report/layout.js";
import { sizingChart, withoutCovered } from "./report/chart.js";
import { sizingMarkdown } from "./report/markdown.js";
import { unsizedNotes } from "./report/notes.js";
import { sizingText } from "./report/text.js";
import { CALIBRATION_FILE, loadCalibration, saveCalibration } from "./calibration.js";
import { loadDocument } from "../../results/load.js";
import { begun } from "../../results/document-type.js";
import { latestDocument } from "../../results/save.js";
import { keepDocument } from "../../terminal/keep.js";
import { comparisonType, type ResultDocument } from "../compare/document.js";
import { runType, type RunDocument } from "../run/document.js";
import type { OtherStudies } from "../study.js";
import { writeWhole } from "../../sinks/file.js";
import { cheapestWays, filtered } from "./model/cheapest.js";
import { coreSpeed, type Reference } from "./model/core-speed.js";
import type { SizingDocument } from "./document.js";
import { fromComparison } from "./model/from-comparison.js";
import { fromRun } from "./model/from-run.js";
import { factsADay, type Load } from "./model/load.js";
import { givenCoreSeconds, type Measured } from "./model/measured.js";
import { usualMachine, type PriceTable } from "./model/prices.js";
import { sizeCodecs, type SizingTerms } from "./model/sizing.js";
import { readPrices } from "./prices.js";
import { startProgress } from "../../terminal/progress.js";
import {
  addSizeOptions,
  loadFrom,
  machinesFrom,
  refuseBoth,
  storageFrom,
  utilisationFrom,
  type SizeOptions,
} from "./options.js";
import { colorsOn } from "../../terminal/terminal.js";
import { sayPlainly } from "../../terminal/say.js";

export function configure(command: Command, others: OtherStudies): Command {
  return addSizeOptions(command).action((options: SizeOptions) => run(options, others));
}

async function run(options: SizeOptions, others: OtherStudies): Promise<void> {
  const load = loadFrom(options);
  const chartFile = chartFileOf(options);
  refuseBoth(["--results", options.results], ["--core-seconds-per-day", options.coreSecondsPerDay]);
  if (options.format === "html" && options.coreSecondsPerDay !== undefined) {
    throw new InputError(
      "--format html shows a result document: leave out --core-seconds-per-day, or take text.",
    );
  }
  refuseBoth(["--chart", options.chart], ["--cheapest", options.cheapest || undefined]);
  if (options.calibrate) await calibrateHere(options);
  const measured = measuredFrom(options, load);
  if (measured === undefined) return;
  const document = sized(measured, load, options);
  const [first] = document.machines;
  if (chartFile !== undefined && first !== undefined) {
    // Libraries that draw are loaded only when something is drawn.
    const { chartSvg } = await import("../../report/chart/svg.js");
    writeWhole(chartFile, Buffer.from(chartSvg(sizingChart(first, document.terms))), "none");
  }
  const answer = await printed(document, options, others);
  if (options.output === undefined) process.stdout.write(answer);
  else writeWhole(options.output, Buffer.from(answer), "none");
  keepDocument(options.out, document);
  if (options.chart === true && !options.json && first !== undefined) {
    const { chartText } = await import("../../report/chart/text.js");
    const chart = forTerminal(withoutCovered(sizingChart(first, document.terms)));
    const text = chartText(chart, { colors: colorsOn(process.stdout) });
    process.stdout.write(`${text.replaceAll(/^/gm, INDENT)}\n\n`);
  }
}

/** Sizes what was measured. Throws an `InputError` if nothing of it can be sized. */
function sized(measured: Measured, load: Load, options: SizeOptions): SizingDocument {
  let table: PriceTable | undefined;
  const prices = () => (table ??= readPrices(options.prices));
  const machines = machinesFrom(options, prices, () => usualMachine(measured));
  const terms: SizingTerms = {
    load,
    speed: coreSpeed(measured, reference(options.out), options.coreSpeed ?? null),
    utilisation: utilisationFrom(options),
    spare: options.spare,
    storage: storageFrom(options),
    disk: options.localDisk ? "local" : "ebs",
    localDiskBytesPerSecond: options.localDiskSpeed ?? null,
  };
  const found = options.cheapest
    ? { machines: [], ...searched(measured, prices(), terms, options) }
    : { ...sizeCodecs(measured, machines, terms), cheapest: null };
  const { codecs: _, unsized: __, ...basis } = measured;
  const document: SizingDocument = {
    ...begun("size", 2),
    terms,
    measured: basis,
    prices:
      table === undefined ? null : { name: table.name, date: table.date, region: table.region },
    ...found,
  };
  const rows = document.cheapest?.ways ?? document.machines.flatMap((sizing) => sizing.rows);
  if (rows.length > 0) return document;
  const why = unsizedNotes(document).join("; ") || "it has no scenario that writes";
  throw new InputError(`nothing in ${resultsFile(options)} can be sized: ${why}.`);
}

function searched(
  measured: Measured,
  { machines, name }: PriceTable,
  terms: SizingTerms,
  { arch, currentGeneration, burstable, localDisk }: SizeOptions,
) {
  const filters = { arch: arch ?? null, currentGeneration, noBurstable: !burstable, localDisk };
  const allowed = filtered(machines, filters);
  if (allowed.length === 0) {
    throw new InputError(`no type of ${name} passes these filters. Leave one out.`);
  }
  const cheapest = cheapestWays(measured, allowed, terms);
  return { cheapest, unsized: [...cheapest.unsized] };
}

/** What is known of codecs; `undefined` where only a calibration was asked for. */
function measuredFrom(options: SizeOptions, load: Load): Measured | undefined {
  const { coreSecondsPerDay } = options;
  if (coreSecondsPerDay !== undefined) {
    return givenCoreSeconds(coreSecondsPerDay / factsADay(load), load.jsonBytesPerFact);
  }
  const path = resultsFile(options);
  if (options.calibrate && options.results === undefined && !existsSync(path)) return undefined;
  const document = loadMeasured(path);
  if (document.kind === "run") return fromRun(document);
  const { sweep } = document;
  if (sweep !== undefined && sweep.parameter !== "level") {
    throw new InputError(
      `${path} is a sweep of ${sweep.parameter}, with several figures for each codec. ` +
        "Size a comparison, a run or a sweep of levels.",
    );
  }
  return fromComparison(document);
}

/** A document that has figures of its own. */
function loadMeasured(path: string): ResultDocument | RunDocument {
  return loadDocument<ResultDocument | RunDocument>(path, [comparisonType, runType]);
}

function resultsFile({ results, out }: SizeOptions): string {
  return results ?? latestDocument(out, "compare", "run");
}

function reference(out: string): Reference | null {
  const calibration = loadCalibration(join(out, CALIBRATION_FILE));
  if (calibration === null) return null;
  const { measuredAt, environment, userSecondsPerMillionFacts } = calibration;
  return {
    measuredAt,
    cpuModel: environment.cpuModel,
    node: environment.node,
    secondsPerFact: userSecondsPerMillionFacts.median / 1e6,
  };
}

async function calibrateHere({ out, quiet }: SizeOptions): Promise<void> {
  const { calibrate } = await import("./calibrate.js");
  mkdirSync(out, { recursive: true });
  const interruption = new AbortController();
  process.once("SIGINT", () => interruption.abort());
  const progress = startProgress("calibrating", quiet);
  const calibration = await calibrate(interruption.signal, (done) => {
    progress.update({ done, secondsLeft: (1 - done) * 10, stage: "json to nowhere", activity: "" });
  }).finally(() => progress.stop());
  const path = saveCalibration(out, calibration);
  const { environment, userSecondsPerMillionFacts, trials } = calibration;
  if (quiet) return;
  sayPlainly(
    `${environment.cpuModel}, Node ${environment.node}: ` +
      `${userSecondsPerMillionFacts.median.toFixed(0)} CPU-seconds for a million reference encodes, ` +
      `${trials} trials, kept in ${path}`,
  );
}

/** The file that a chart goes to, if it goes to one. */
function chartFileOf({ chart }: SizeOptions): string | undefined {
  if (chart === undefined || chart === true) return undefined;
  if (chart.endsWith(".svg")) return chart;
  throw new InputError(`--chart ${chart}: it draws SVG. Give a name that ends in .svg, or none.`);
}

async function printed(
  document: SizingDocument,
  options: SizeOptions,
  others: OtherStudies,
): Promise<string> {
  if (options.json) return `${JSON.stringify(document)}\n`;
  if (options.format === "markdown") return sizingMarkdown(document);
  if (options.format === "html") {
    const path = resultsFile(options);
    const { pageOf } = await import("../../terminal/page.js");
    const { sizingSection, sizingSummary } = await import("./page.js");
    const { study, document: measured } = await others.loadAny(path);
    const form = await study.forms.page?.();
    if (form === undefined) throw new InputError(`${path} has no page. Take text.`);
    const added = { summary: sizingSummary(document), section: sizingSection(document) };
    return pageOf([{ name: path, document: measured, form, added }]);
  }
  return sizingText(document, { colors: colorsOn(process.stdout) });
}
