/**
 * What facts have, in one pass and little memory.
 *
 * A question is paths with what is asked of them. An input is divided into what can be read alone: parts of
 * runs, stretches of files, files. Processes, one for each core, read them, each through its own sketches
 * (`src/sketches`), of JSON only the paths that are asked for (`compiled-json/reader/search.ts`); what they find
 * is merged, in any order with the same result. The sketch of a run's part is kept beside it under a name that has
 * the part's checksum, so that a run that has grown costs what has been added, and nothing that is stale counts.
 *
 * `exact` has DuckDB count everything again, from the same files.
 */
import { noFacts } from "../../core/errors.js";
import { environmentFingerprint } from "../../machine/environment.js";
import type { OwnPlugins } from "../../pipeline/run/own-plugins.js";
import { begun } from "../../results/document-type.js";
import { statsAt } from "../../sources/file-bytes.js";
import type { Asked } from "../../summarise/index.js";
import type { SummariseDocument } from "./document.js";
import { workOf, type Inputs } from "./inputs.js";
import { refuseNothing } from "./measure/nothing.js";
import { summariseTasks } from "./measure/summarise.js";
import { groupedBy, questionFor } from "./question.js";
import { groupsOf } from "./report/figures.js";

/** How inputs are summed up. */
export interface SummingWishes {
  readonly asked: Asked;
  /** Quantiles, as shares from 0 to 1. */
  readonly shares: readonly number[];
  /** How many of the most frequent values. */
  readonly length: number;
  /** Has DuckDB count exactly. */
  readonly exact: boolean;
  /** Neither uses sketches that are kept beside parts, nor keeps any. */
  readonly fresh: boolean;
  readonly allowBombs: boolean;
  /** Processes; `undefined` for one on each core. */
  readonly workers: number | undefined;
  /** A file with the JSON Schema of the facts, which paths are checked by. */
  readonly schema: string | undefined;
  /** A codec and a compressor that runs were written by, and that are in files of their own. */
  readonly own: OwnPlugins;
  /** What was asked for, to be repeated. */
  readonly command: readonly string[];
}

export interface SummingWatch {
  readonly signal: AbortSignal;
  /** Called once, with how many pieces are to be read. */
  readonly onBegin: (tasks: number) => void;
  /** Called a few times a second. */
  readonly onProgress: (done: { readonly tasks: number; readonly facts: number }) => void;
}

/** What was found, and the sketch of all, which merges with those of other machines. */
export interface Summed {
  readonly document: SummariseDocument;
  readonly sketch: Uint8Array;
}

/**
 * Sums inputs up. Rejects with an `InputError` naming what is wrong with an input or the question, with an
 * `UnavailableError` where `exact` lacks DuckDB, and with a `HellfactError` where the signal ends it: the
 * sketches of whole parts are kept, and the same question goes on from them.
 */
export async function sumUp(
  inputs: Inputs,
  wishes: SummingWishes,
  { signal, onBegin, onProgress }: SummingWatch,
): Promise<Summed> {
  const startedAt = performance.now();
  const question = questionFor(inputs, wishes.asked, wishes.schema);
  const checked = wishes.exact
    ? await (await import("./measure/exact-sources.js")).exactSources(inputs, wishes)
    : undefined;
  const { tasks, kept } = workOf(inputs, question, {
    ...{ useKept: !wishes.fresh, allowBombs: wishes.allowBombs, own: wishes.own },
  });
  onBegin(tasks.length);
  const { workers } = wishes;
  const found = await summariseTasks({ question, tasks, workers, signal, onProgress });
  const { summary } = found;
  for (const one of [...kept, ...inputs.sketches.map((sketch) => sketch.summary)])
    summary.merge(one);
  if (summary.facts === 0) throw noFacts(sourceName(inputs));
  await refuseNothing(summary, inputs);
  const wallSeconds = (performance.now() - startedAt) / 1000;

  const groups = groupsOf(summary, wishes);
  const exact =
    checked === undefined
      ? null
      : await (await import("./measure/exact.js")).checkExactly(checked, question, groups);
  const sketch = summary.toBytes();
  const document: SummariseDocument = {
    ...begun("summarise", 1),
    command: [...wishes.command],
    environment: environmentFingerprint(exact === null ? [] : ["@duckdb/node-api"]),
    source: sourceName(inputs),
    notes: notesOf(inputs),
    by: wishes.asked.by ?? groupedBy(question),
    facts: summary.facts,
    groups,
    work: {
      wallSeconds,
      cpuSeconds: found.cpuSeconds,
      workers: found.workers,
      read: tasks.length,
      kept: kept.length + inputs.sketches.length,
      encodedBytes: found.encodedBytes,
      storedBytes: storedBytes(inputs),
      peakMemoryBytes: found.peakMemoryBytes,
      ownMemoryBytes: found.ownMemoryBytes,
      sketchBytes: sketch.length,
    },
    exact,
  };
  return { document, sketch };
}

function sourceName({ runs, files, sketches }: Inputs): string {
  const names = [
    ...runs.map(({ folder }) => folder),
    ...files.map(({ path }) => (path === "-" ? "standard input" : path)),
    ...sketches.map(({ path }) => path),
  ];
  const more = names.length - 1;
  return `${names[0] ?? ""}${more > 0 ? ` and ${more} more` : ""}`;
}

function notesOf({ runs }: Inputs): string[] {
  return runs.flatMap(({ folder, parts, hasEnded }) =>
    hasEnded ? [] : [`${folder}: the run has not ended; its ${parts.length} whole parts count.`],
  );
}

function storedBytes({ runs, files }: Inputs): number {
  const parts = runs.flatMap((one) => one.parts.map((part) => part.storedBytes));
  const sizes = files.map(({ path }) => statsAt(path)?.size ?? 0);
  return [...parts, ...sizes].reduce((sum, size) => sum + size, 0);
}
