/** `size()`: machines and money for a load, from a program. */
import { keepIn } from "../../library/folder.js";
import { measuring, type Measuring } from "../../library/measuring.js";
import { withDefaults } from "../../library/options.js";
import { StudyResult } from "../../library/result.js";
import { latestDocument } from "../../results/save.js";
import { SIZE_DEFAULTS } from "./defaults.js";
import type { SizingDocument } from "./document.js";
import { factsADay, type PresetName } from "./model/load.js";
import { givenCoreSeconds } from "./model/measured.js";
import { loadFrom } from "./options.js";
import { sizingHeadline } from "./report/conclusion.js";
import { sizingMarkdown } from "./report/markdown.js";
import { sizingText } from "./report/text.js";
import { loadMeasured, measuredIn, sized, type SizableDocument } from "./sized.js";

/** A load, and the machines for it; everything has a default. */
export interface SizeOptions {
  /** What was measured: a document of `compare` or `run`, or its file. Default: the latest under `out`. */
  readonly results?: SizableDocument | string;
  /** A load by name. Default: `totalhelldeath`. */
  readonly preset?: PresetName;
  readonly factsPerDay?: number;
  readonly factsPerSecond?: number;
  /** Each fact is told so often. Default: 1. */
  readonly duplication?: number;
  /** The busiest time brings so many times the mean. Default: 1. */
  readonly peak?: number;
  /** Each fact is read back so often. Default: 0. */
  readonly readsPerWrite?: number;
  /** CPU-seconds of the whole load, instead of a measurement. */
  readonly coreSecondsPerDay?: number;
  /** Types of the price table, such as `c7g.2xlarge`. Default: the one nearest to what was measured on. */
  readonly instance?: readonly string[];
  /** A machine of one's own, with a price. */
  readonly vcpus?: number;
  /** Dollars an hour, in place of the table's. */
  readonly price?: number;
  /** Dollars a day, in place of the table's. */
  readonly pricePerDay?: number;
  /** A price table of one's own: a CSV file with the columns of ours. */
  readonly prices?: string;
  /** Uses no more of a resource, from 0 to 1. Default: 0.7; 0.6 with `spare`; 1 of `coreSecondsPerDay`. */
  readonly utilisation?: number;
  /** Machines that may fail, beside those that carry the load. Default: 0. */
  readonly spare?: number;
  /** Days for which written bytes are kept. */
  readonly retention?: number;
  /** Dollars a GB and month. Default: 0.023. */
  readonly storagePrice?: number;
  /** Writes to the machine's own disk. Default: false. */
  readonly localDisk?: boolean;
  /** What that takes, in bytes per second. */
  readonly localDiskSpeed?: number;
  /** A core there is so many times as fast. */
  readonly coreSpeed?: number;
  /** Searches the price table for the cheapest machines. Default: false. */
  readonly cheapest?: boolean;
  readonly arch?: "arm64" | "x86_64";
  /** No older types. Default: false. */
  readonly currentGeneration?: boolean;
  /** Burstable types, too. Default: true. */
  readonly burstable?: boolean;
  /** What 10 to 10,000 workers of a cluster make, too. Default: false. */
  readonly cluster?: boolean;
  /** With `cluster`: bytes that a range of it becomes. Default: 64 MB. */
  readonly range?: number;
  /** Where results and this machine's calibration are kept. Default: `out`; what is found is kept only if it is given. */
  readonly out?: string;
}

/** What a load takes. */
export class SizeResult extends StudyResult<SizingDocument> {
  constructor(document: SizingDocument) {
    super(document, sizingHeadline(document), {
      text: sizingText,
      markdown: sizingMarkdown,
      page: async () => (await import("./page.js")).sizingPage,
    });
  }
}

const WITHOUT_DEFAULT = [
  ...(["results", "preset", "factsPerDay", "factsPerSecond", "coreSecondsPerDay"] as const),
  ...(["instance", "vcpus", "price", "pricePerDay", "prices", "utilisation", "retention"] as const),
  ...(["storagePrice", "localDiskSpeed", "coreSpeed", "arch", "out"] as const),
];

/**
 * Sizes a load by what was measured. Rejects with an `InputError` where options contradict each other, a
 * file is not there, or nothing in it can be sized.
 *
 * @example
 * const { headline } = await size({ results: result.document, factsPerDay: 8.5e6, cheapest: true });
 */
export function size(options: SizeOptions = {}): Measuring<SizeResult> {
  return measuring(async () => {
    const said = withDefaults(options, SIZE_DEFAULTS, WITHOUT_DEFAULT);
    const { results, coreSecondsPerDay, out = "out" } = said;
    const wishes = { ...said, out };
    const load = loadFrom(wishes);
    const isFile = results === undefined || typeof results === "string";
    const name = isFile ? (results ?? latestDocument(out, "compare", "run")) : "the results";
    const measured =
      coreSecondsPerDay === undefined
        ? measuredIn(isFile ? loadMeasured(name) : results, name, load)
        : givenCoreSeconds(coreSecondsPerDay / factsADay(load), load.jsonBytesPerFact);
    const document = sized(measured, load, wishes, name);
    keepIn(options.out, document);
    return new SizeResult(document);
  });
}
