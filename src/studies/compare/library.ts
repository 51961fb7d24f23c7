/** `compare()`: a comparison from a program. */
import type { Profile } from "../../../generators/profile.js";
import type { CompressionUnit } from "../../core/compressor.js";
import { HellfactError, InputError } from "../../core/errors.js";
import type { Sync } from "../../core/sink.js";
import { inRunFolder } from "../../library/folder.js";
import { measuring, type Measuring, type ProgressEvent } from "../../library/measuring.js";
import { withDefaults } from "../../library/options.js";
import { pluginText, type PluginName } from "../../library/plugin.js";
import { StudyResult } from "../../library/result.js";
import type { Delays } from "../../pipeline/injection.js";
import { pluginNames } from "../../plugins/catalog.js";
import type { Decisions } from "../../schema/infer.js";
import type { Slowing } from "../../sinks/slowed.js";
import type { Direction, ScenarioResult } from "../../trial/result.js";
import { describe } from "../../trial/scenario.js";
import { prepareComparison, runComparison, type ComparisonOptions } from "./comparison.js";
import { COMPARE_DEFAULTS } from "./defaults.js";
import type { ResultDocument } from "./document.js";
import { defaultCompressors, SPARE_COMPRESSORS } from "./plan/default-compressors.js";
import type { StudyChoice } from "./plan/plans.js";
import { csvReport } from "./report/csv.js";
import { markdownReport } from "./report/markdown.js";
import { headlineOf } from "./report/recommendation.js";
import { rowsOf } from "./report/rows.js";
import { textReport } from "./report/text.js";
import { winnerOf } from "./report/winners.js";

/** What to compare, and how; everything has a default. */
export interface CompareOptions {
  /** Codecs by name or file, or `"all"`. Default: JSON and its six rivals, as `hellfact bench` has them. */
  readonly codecs?: readonly PluginName[] | "all";
  /** By name, with a level perhaps: `gzip:9`. Default: `none`, `gzip`, and `zstd` where it loads. */
  readonly compressors?: readonly PluginName[];
  /** What is compressed as one. Default: a batch. */
  readonly unit?: CompressionUnit;
  /** Default: writes and reads, and projections of what is not compressed. */
  readonly directions?: readonly Direction[];
  /** What inflates gzip: `node:zlib`, `zlib-sync`. Default: both for JSON. */
  readonly engines?: readonly string[];
  /** Files of your own facts, or patterns of their names. Default: generated facts. */
  readonly input?: string | readonly string[];
  /** A file with their JSON Schema. Default: it is inferred. */
  readonly schema?: string;
  /** Which of their objects are maps or records, where it is inferred. */
  readonly decisions?: Decisions;
  /** Distinct facts in the pool. Default: enough to outgrow the processor's caches. */
  readonly facts?: number;
  /** Of the generator, and of the order of trials. Default: 42. */
  readonly seed?: number;
  /** The world that generated facts are of, where it differs from the default one. */
  readonly profile?: Partial<Profile>;
  /** Where written bytes go. Default: files. */
  readonly sink?: "file" | "null";
  /** When they are forced to the disk. Default: as each file closes. */
  readonly sync?: Sync;
  /** Trials of each scenario that are wanted; an interval needs six. Default: 9. */
  readonly trials?: number;
  /** Time for all of it, which is kept: by fewer facts and trials, or by leaving scenarios out. Default: 80. */
  readonly budgetSeconds?: number;
  /** Half-width of an interval, relative to its median, at which a scenario is done. Default: 0.02. */
  readonly precision?: number;
  /** How the sink is held back. */
  readonly slowing?: Slowing;
  /** Delays for each fact that are put into stages. */
  readonly delays?: Delays;
  /** What is found out beside the rates: what binds each write (`ceilings`, `causal`), or JSON's only. */
  readonly study?: StudyChoice;
  /** Ends it with what was measured so far: the document then says that it is not complete. */
  readonly signal?: AbortSignal;
  /** A folder in which data files and documents are kept, as the command does. Default: nothing is kept. */
  readonly out?: string;
}

const WITHOUT_DEFAULT = ["decisions", "signal", "out"] as const;

/** What a comparison found. */
export class CompareResult extends StudyResult<ResultDocument> {
  /** @param document of this comparison, or of one that was kept */
  constructor(document: ResultDocument) {
    super(document, headlineOf(document), {
      text: textReport,
      markdown: markdownReport,
      csv: csvReport,
      page: async () => (await import("./page/page.js")).comparisonPage,
    });
  }

  /** Every scenario: a codec, a compressor and a direction, with its rate and its bytes. */
  get scenarios(): readonly ScenarioResult[] {
    return this.document.scenarios;
  }

  /**
   * The scenario that is significantly faster than every other one in a direction; `null` where none is,
   * which includes that there were fewer than six trials.
   */
  best(direction: Direction): ScenarioResult | null {
    const winner = winnerOf(rowsOf(this.document), direction);
    if (winner?.kind !== "won" || winner.scenarios.length > 1) return null;
    return winner.scenarios[0] ?? null;
  }
}

/**
 * Compares codecs on facts of your own or on generated ones, each trial in a process of its own.
 *
 * Rejects with an `InputError` where an option, a file or a codec is wrong, with a `DiskFullError` where
 * there is no room for the files, and with a `HellfactError` where nothing could be measured.
 *
 * @example
 * const result = await compare({ input: "events.ndjson", codecs: ["json", "msgpackr"] });
 * const fastest = result.best("write")?.codec;
 */
export function compare(options: CompareOptions = {}): Measuring<CompareResult> {
  return measuring((tell) => comparing(options, tell));
}

async function comparing(
  options: CompareOptions,
  tell: (event: ProgressEvent) => void,
): Promise<CompareResult> {
  const { out, signal = new AbortController().signal } = options;
  const prepared = await prepareComparison(await completed(options));
  const { document, stopped } = await inRunFolder(out, (folder) =>
    runComparison(prepared, folder, {
      signal,
      onProgress: ({ scenario, round, secondsLeft, done }) =>
        tell({
          ...{ done, secondsLeft },
          stage: scenario === undefined ? "done" : `round ${round}`,
          activity: scenario === undefined ? "" : describe(scenario),
        }),
    }),
  );
  if (stopped !== undefined && stopped !== "interrupted") throw stopped;
  if (stopped === undefined && document.scenarios.every(({ status }) => status !== "ok")) {
    const why = document.scenarios.find(({ reason }) => reason !== null)?.reason;
    throw new HellfactError(`no scenario could be measured: ${why ?? "none was planned"}.`);
  }
  return new CompareResult(document);
}

/** The comparison that is meant. Throws an `InputError` for what no comparison can be. */
async function completed(options: CompareOptions): Promise<ComparisonOptions> {
  const { signal: _, out: __, ...said } = withDefaults(options, COMPARE_DEFAULTS, WITHOUT_DEFAULT);
  for (const name of ["trials", "budgetSeconds", "precision"] as const) {
    if (!(said[name] > 0))
      throw new InputError(`${name} is ${said[name]}: it takes a number above 0.`);
  }
  const { codecs, compressors, input } = said;
  return {
    ...said,
    codecs:
      codecs === "all" ? pluginNames("codecs") : codecs.map((one) => pluginText("codec", one)),
    compressors:
      options.compressors === undefined
        ? await defaultCompressors()
        : compressors.map((one) => pluginText("compressor", one)),
    ...(options.compressors === undefined && { spareCompressors: SPARE_COMPRESSORS }),
    budgetBegan: performance.now(),
    wholeRound: options.trials !== undefined,
    input: typeof input === "string" ? [input] : input,
    profile: { ...COMPARE_DEFAULTS.profile, ...said.profile },
    runtimes: [],
    command: ["compare"],
  };
}
