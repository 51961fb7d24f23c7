/** `summarise()`: what facts have, from a program. */
import { checkedPlugins } from "../../contracts/own-plugins.js";
import { InputError } from "../../core/errors.js";
import { keepIn } from "../../library/folder.js";
import { measuring, type Measuring, type ProgressEvent } from "../../library/measuring.js";
import { withDefaults } from "../../library/options.js";
import { pluginText, type PluginName } from "../../library/plugin.js";
import { StudyResult } from "../../library/result.js";
import { AGGREGATES } from "../../summarise/index.js";
import { SUMMARISE_DEFAULTS } from "./defaults.js";
import type { SummarisedGroup, SummariseDocument } from "./document.js";
import { openInputs } from "./inputs.js";
import { summariseCsv } from "./report/csv.js";
import { summariseMarkdown } from "./report/markdown.js";
import { summariseHeadline } from "./report/sentences.js";
import { anyLayout } from "./report/layout.js";
import { summariseText } from "./report/text.js";
import { sumUp } from "./summing.js";

/** Which facts, and what is asked of them; all but the facts has a default. */
export interface SummariseOptions {
  /** Folders of runs, files or patterns of their names (JSON, NDJSON, gzipped or not, CSV, Parquet), files of sketches. */
  readonly input: string | readonly string[];
  /** Paths whose different values are counted: `player.id`, `runs[].items.*.name`. */
  readonly unique?: string | readonly string[];
  /** Paths of numbers: the least, the greatest, and the `shares` between. */
  readonly quantile?: string | readonly string[];
  /** Paths whose most frequent values are found. */
  readonly top?: string | readonly string[];
  /** Paths whose values are counted, objects and lists too. */
  readonly count?: string | readonly string[];
  /** All of that for each value of this field. */
  readonly by?: string;
  /** Which quantiles, from 0 to 1. Default: 0.01, 0.25, 0.5, 0.75, 0.9, 0.99, 0.999. */
  readonly shares?: readonly number[];
  /** How many of the most frequent values. Default: 10. */
  readonly length?: number;
  /** Has DuckDB count exactly, and says how far each figure is off. Default: false. */
  readonly exact?: boolean;
  /** Neither uses sketches that are kept beside a run's parts, nor keeps any. Default: false. */
  readonly fresh?: boolean;
  /** Processes. Default: one for each core. */
  readonly workers?: number;
  /** A file with the JSON Schema of the facts, which paths are checked by. Default: what runs have. */
  readonly schema?: string;
  /** What a run was written by, where that is a codec of your own. */
  readonly codec?: PluginName;
  /** What a run was written by, where that is a compressor of your own. */
  readonly compressor?: PluginName;
  /** Reads on in gzip that inflates over 1,000:1 to 256 MB without a fact. Default: false. */
  readonly allowBombs?: boolean;
  /** Ends it: it then rejects, and what whole parts of runs have is kept for the next time. */
  readonly signal?: AbortSignal;
  /** A folder in which the document is kept. Default: it is not. */
  readonly out?: string;
}

/** What facts have. */
export class SummariseResult extends StudyResult<SummariseDocument> {
  /**
   * @param document what was found
   * @param sketch of all, in bytes: as a file it is an `input` that merges with those of other machines
   */
  constructor(
    document: SummariseDocument,
    readonly sketch: Uint8Array,
  ) {
    super(document, summariseHeadline(document), {
      text: (given, options) => summariseText(given, options, anyLayout),
      markdown: summariseMarkdown,
      csv: summariseCsv,
      page: async () => (await import("./page.js")).summarisePage,
    });
  }

  get facts(): number {
    return this.document.facts;
  }

  /** In the order of their keys, each with a figure for every path; a single one without `by`. */
  get groups(): readonly SummarisedGroup[] {
    return this.document.groups;
  }
}

const WITHOUT_DEFAULT = [
  ...(["input", "unique", "quantile", "top", "count", "by", "workers", "schema", "codec"] as const),
  ...(["compressor", "signal", "out"] as const),
];

/**
 * Sums facts up in one pass and bounded memory. Rejects with an `InputError` where there is no such file or
 * path, or a share is none, with an `UnavailableError` where `exact` lacks DuckDB, and with a `HellfactError` for
 * a part that is damaged, and after `signal`, whose reason is its `cause`.
 *
 * @example
 * const { groups } = await summarise({ input: "events", unique: "player.id", by: "gameDay" });
 * const players = groups.map(({ key, figures }) => [key, figures[0]?.unique?.count]);
 */
export function summarise(options: SummariseOptions): Measuring<SummariseResult> {
  return measuring((tell) => summarising(options, tell));
}

async function summarising(
  options: SummariseOptions,
  tell: (event: ProgressEvent) => void,
): Promise<SummariseResult> {
  const said = withDefaults(options, SUMMARISE_DEFAULTS, WITHOUT_DEFAULT);
  const words = listOf(said.input);
  if (words.length === 0)
    throw new InputError("input is missing: it takes folders of runs, files, or sketches.");
  const wrong = said.shares.find((share) => !(share >= 0 && share <= 1));
  if (wrong !== undefined) throw new InputError(`shares has ${wrong}: each is from 0 to 1.`);
  for (const name of ["workers", "length"] as const) {
    const count = said[name];
    if (count !== undefined && !(Number.isInteger(count) && count > 0)) {
      throw new InputError(`${name} is ${count}: it is a whole number from 1 on.`);
    }
  }
  const { by, exact, fresh, allowBombs, workers, schema, length, codec, compressor } = said;
  const own = await checkedPlugins({
    ...(codec !== undefined && { codec: pluginText("codec", codec) }),
    ...(compressor !== undefined && { compress: pluginText("compressor", compressor) }),
  });
  const aggregates = AGGREGATES.flatMap((kind) =>
    listOf(said[kind]).map((path) => ({ kind, path })),
  );
  let wanted = 0;
  const { document, sketch } = await sumUp(
    await openInputs(words, own),
    {
      ...{ asked: { aggregates, ...(by !== undefined && { by }) }, length, exact, fresh, own },
      ...{ shares: said.shares.toSorted((a, b) => a - b), allowBombs, workers, schema },
      command: ["summarise"],
    },
    {
      signal: said.signal ?? new AbortController().signal,
      onBegin: (tasks) => (wanted = tasks),
      onProgress: ({ tasks, facts }) =>
        tell({
          ...{ done: wanted === 0 ? 1 : tasks / wanted, secondsLeft: null },
          ...{ stage: `${tasks} of ${wanted} pieces`, activity: `${facts} facts` },
        }),
    },
  );
  keepIn(said.out, document);
  return new SummariseResult(document, sketch);
}

function listOf(said: string | readonly string[] | undefined): readonly string[] {
  return typeof said === "string" ? [said] : (said ?? []);
}
