import { existsSync, mkdirSync } from "node:fs";
import type { Command } from "commander";
import { forTerminal, jsonText } from "../../core/foreign-text.js";
import { InputError } from "../../core/errors.js";
import { INDENT } from "../../report/layout.js";
import { sizingChart, withoutCovered } from "./report/chart.js";
import { sizingMarkdown } from "./report/markdown.js";
import { sizingText } from "./report/text.js";
import { saveCalibration } from "./calibration.js";
import { latestDocument } from "../../results/save.js";
import { keepDocument } from "../../terminal/keep.js";
import type { OtherStudies } from "../study.js";
import { writeWhole } from "../../sinks/file.js";
import type { SizingDocument } from "./document.js";
import { factsADay, type Load } from "./model/load.js";
import { givenCoreSeconds, type Measured } from "./model/measured.js";
import { startProgress } from "../../terminal/progress.js";
import { refuseTyped } from "../../terminal/refuse-typed.js";
import { addSizeOptions, loadFrom, refuseBoth, type SizeOptions } from "./options.js";
import { loadMeasured, measuredIn, sized } from "./sized.js";
import { colorsOn } from "../../terminal/terminal.js";
import { sayPlainly } from "../../terminal/say.js";
import { listenForInterruption } from "../../terminal/interruption.js";

export function configure(command: Command, others: OtherStudies): Command {
  return addSizeOptions(command).action((options: SizeOptions) => {
    refuseMeaningless(options, command);
    return run(options, others);
  });
}

/** Throws an `InputError` for an option that says something of another one which is not there. */
function refuseMeaningless({ cheapest, cluster, localDisk }: SizeOptions, command: Command): void {
  const refuse = (names: readonly string[], needed: string) =>
    refuseTyped(command, names, `is for ${needed}: leave it out, or give that.`);
  if (!cheapest) refuse(["arch", "currentGeneration", "burstable"], "--cheapest");
  if (!cluster) refuse(["range"], "--cluster");
  if (!localDisk) refuse(["localDiskSpeed"], "--local-disk");
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
  const document = sized(measured, load, options, resultsFile(options));
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

/** What is known of codecs; `undefined` where only a calibration was asked for. */
function measuredFrom(options: SizeOptions, load: Load): Measured | undefined {
  const { coreSecondsPerDay } = options;
  if (coreSecondsPerDay !== undefined) {
    return givenCoreSeconds(coreSecondsPerDay / factsADay(load), load.jsonBytesPerFact);
  }
  const path = resultsFile(options);
  if (options.calibrate && options.results === undefined && !existsSync(path)) return undefined;
  return measuredIn(loadMeasured(path), path, load);
}

function resultsFile({ results, out }: SizeOptions): string {
  return results ?? latestDocument(out, "compare", "run");
}

async function calibrateHere({ out, quiet }: SizeOptions): Promise<void> {
  const { calibrate } = await import("./calibrate.js");
  mkdirSync(out, { recursive: true });
  const interruption = listenForInterruption();
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
  if (options.json) return `${jsonText(document)}\n`;
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
