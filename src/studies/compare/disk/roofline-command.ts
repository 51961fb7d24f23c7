import { Option, type Command } from "commander";
import { HellfactError, InputError } from "../../../core/errors.js";
import { jsonText } from "../../../core/foreign-text.js";
import { chartSvg } from "../../../report/chart/svg.js";
import { chartText } from "../../../report/chart/text.js";
import { onScreen, wrapped } from "../../../report/layout.js";
import {
  breakEvenSentences,
  rooflineChart,
  rooflineSentence,
  rooflineTable,
  roofsOf,
  roofsOfWrites,
  type DiskKind,
  type Roof,
} from "./roofline.js";
import { runType, type RunDocument } from "../../run/document.js";
import { comparisonType, type ResultDocument } from "../document.js";
import { loadDocument } from "../../../results/load.js";
import { latestDocument } from "../../../results/save.js";
import { writeWhole } from "../../../sinks/file.js";
import {
  addCommonOptions,
  examples,
  list,
  size,
  type CommonOptions,
} from "../../../terminal/options.js";
import { colorsOn } from "../../../terminal/terminal.js";

interface RooflineOptions extends CommonOptions {
  readonly codec?: string[];
  readonly disk: number[];
  readonly diskKind: DiskKind;
  readonly svg?: string;
}

const DISKS = [20e6, 125e6, 500e6, 2e9];

export function configure(command: Command): Command {
  command
    .argument(
      "[file]",
      "the document of a comparison or of a run, with ceilings (default: the latest)",
    )
    .option("--codec <names>", "codecs to draw (default: all)", list)
    .option(
      "--disk <rates>",
      "disks to print figures for (default: 20MB, 125MB, 500MB, 2GB a second)",
      (text) => list(text).map((rate) => size(rate.replace(/\/s$/, ""))),
      DISKS,
    )
    .addOption(
      new Option(
        "--disk-kind <kind>",
        "provisioned: of a rate that is rented, which takes bytes while the next are made; or a device like this one",
      )
        .choices(["provisioned", "device"])
        .default("provisioned"),
    )
    .option("--svg <file>", "draw it into an SVG, too");
  return addCommonOptions(command)
    .addHelpText(
      "after",
      examples(
        "hellfact roofline --codec json,protobuf",
        "hellfact roofline out/latest.json --disk 50MB/s,1GB/s --svg roofline.svg",
      ),
    )
    .action(run);
}

function run(file: string | undefined, options: RooflineOptions): void {
  const path = file ?? latestDocument(options.out, "compare", "run");
  const all = roofsIn(path, options.diskKind);
  if (all.length === 0) {
    throw new HellfactError(
      `${path} has no ceilings to draw a roofline of. Make one with hellfact bench --verdict, or run --verdict.`,
    );
  }
  const roofs = all.filter(({ codec }) => options.codec?.includes(codec) ?? true);
  const missing = options.codec?.find((name) => !all.some(({ codec }) => codec === name));
  if (missing !== undefined) {
    const known = [...new Set(all.map(({ codec }) => codec))].join(", ");
    throw new InputError(`${path} has no ceilings of "${missing}"; it has ${known}.`);
  }
  const chart = rooflineChart(roofs);
  if (options.svg !== undefined) writeWhole(options.svg, Buffer.from(chartSvg(chart)), "none");
  if (options.json) {
    process.stdout.write(`${jsonText({ roofs, chart })}\n`);
    return;
  }
  const lines = [
    ...chartText(chart, { colors: colorsOn(process.stdout) }).split("\n"),
    "",
    ...rooflineTable(roofs, options.disk),
    "",
    ...[rooflineSentence(roofs), ...breakEvenSentences(roofs)].flatMap(wrapped),
  ];
  process.stdout.write(`\n${onScreen(lines)}\n\n`);
}

/** The writes that a document has ceilings of: those of a comparison, or the one of a run. */
function roofsIn(path: string, kind: DiskKind): Roof[] {
  const document = loadDocument<ResultDocument | RunDocument>(path, [comparisonType, runType]);
  if (document.kind === "compare") return roofsOf(document, kind);
  const { codec, compressor, verdict } = document.run;
  return verdict === undefined ? [] : roofsOfWrites([{ codec, compressor, verdict }], kind);
}
