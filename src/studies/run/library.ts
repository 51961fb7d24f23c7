/** `run()`: the pipeline on all cores, from a program. */
import type { Profile } from "../../../generators/profile.js";
import { describedCodec } from "../../contracts/codec/describe.js";
import type { CompressionUnit } from "../../core/compressor.js";
import { InputError } from "../../core/errors.js";
import type { Sync } from "../../core/sink.js";
import { measuring, type Measuring, type ProgressEvent } from "../../library/measuring.js";
import { withDefaults } from "../../library/options.js";
import { pluginText, type PluginName } from "../../library/plugin.js";
import { StudyResult } from "../../library/result.js";
import { codecOf } from "../../pipeline/run/places/plan-parts.js";
import type { Run } from "../../pipeline/run/plan.js";
import { runPipeline } from "../../pipeline/run/run.js";
import { saveDocument } from "../../results/save.js";
import { NOT_SLOWED, type Slowing } from "../../sinks/slowed.js";
import { beginRun } from "./begin.js";
import { RUN_DEFAULTS } from "./defaults.js";
import type { RunDocument } from "./document.js";
import { runDocument } from "./record.js";
import { runHeadline, runText } from "./report.js";

/** What goes through the pipeline, and where to; everything has a default. */
export interface RunOptions {
  /** By name or file. Default: `json`. */
  readonly codec?: PluginName;
  /** By name, with a level perhaps, or by file. Default: `none`. */
  readonly compressor?: PluginName;
  /** What is compressed as one. Default: a batch. */
  readonly unit?: CompressionUnit;
  /** NDJSON, gzipped or not. Default: generated facts. */
  readonly input?: string;
  /** A file with its JSON Schema. Default: inferred, if the codec needs one. */
  readonly schema?: string;
  /** A new folder for the parts, their manifest and the document. Default: bytes go nowhere. */
  readonly folder?: string;
  /** A sink of your own in the place of a folder: its file, with `:PLACE` behind it perhaps, or an object. */
  readonly sink?: PluginName;
  /** Index of the first generated fact. Default: 0. */
  readonly from?: number;
  /** Ends after so many facts. */
  readonly facts?: number;
  /** Ends after so long. Default: 30, if nothing else ends it. */
  readonly durationSeconds?: number;
  /** Facts a second, at intended times. Default: as fast as it goes. */
  readonly factsPerSecond?: number;
  /** Processes. Default: one for each core. */
  readonly workers?: number;
  /** A part ends at about so many bytes, or after so long. Default: 64 MB. */
  readonly roll?: { readonly bytes: number } | { readonly seconds: number };
  /** When written files are forced to the disk. Default: as each closes. */
  readonly sync?: Sync;
  /** At a broken line. Default: stop. */
  readonly onError?: "stop" | "skip";
  /** How the sink is held back. */
  readonly slowing?: Slowing;
  /** Stops now and then to measure what each stage can do alone, and says what binds. Default: false. */
  readonly verdict?: boolean;
  /** Of the generator. Default: 42. */
  readonly seed?: number;
  /** The world that generated facts are of, where it differs from the default one. */
  readonly profile?: Partial<Profile>;
  /** Ends it with whole parts; `hellfact run --resume FOLDER` goes on. */
  readonly signal?: AbortSignal;
}

/** How a run went. */
export class RunResult extends StudyResult<RunDocument> {
  constructor(document: RunDocument) {
    super(document, runHeadline(document), {
      text: runText,
      page: async () => (await import("./page.js")).runPage,
    });
  }

  /** Whether it came to its end, and was not ended by `signal`. */
  get complete(): boolean {
    return this.document.complete;
  }
}

const WITHOUT_DEFAULT = [
  ...([
    "compressor",
    "input",
    "schema",
    "folder",
    "sink",
    "facts",
    "durationSeconds",
    "signal",
  ] as const),
  ...(["factsPerSecond", "workers", "slowing", "profile"] as const),
];

/**
 * Runs facts through source, codec, compressor and sink on all cores. Rejects with an `InputError` where
 * options contradict each other or name what is not there, with a `DiskFullError`, or with a `HellfactError`
 * that names the range that could not be made; the manifest is true, and nothing unfinished is left.
 *
 * @example
 * await run({ codec: "protobuf", compressor: "gzip", facts: 100_000, folder: "events" });
 */
export function run(options: RunOptions = {}): Measuring<RunResult> {
  return measuring((tell) => running(options, tell));
}

async function running(
  options: RunOptions,
  tell: (event: ProgressEvent) => void,
): Promise<RunResult> {
  const incidents: string[] = [];
  const { run: prepared, folder } = await begin(options, (text) => incidents.push(text));
  const { npmPackage } = await describedCodec(codecOf(prepared.plan, prepared.own));
  const outcome = await runPipeline(prepared, {
    signal: options.signal ?? new AbortController().signal,
    onProgress: ({ seconds, parts, positionsDone }) =>
      tell({
        ...shareDone(prepared, seconds, positionsDone),
        stage: `${parts} parts`,
        activity: "",
      }),
    onIncident: () => undefined, // they are in the outcome
  });
  const document = runDocument(prepared, outcome, {
    libraries: npmPackage === null ? [] : [npmPackage],
    command: ["run"],
  });
  if (options.folder !== undefined) saveDocument(folder, folder, document);
  return new RunResult(document);
}

/** The run that is meant, as the command line would ask for it. */
function begin(options: RunOptions, say: (text: string) => void) {
  const { compressor, folder, sink, durationSeconds, factsPerSecond, slowing, codec, ...said } =
    withDefaults(options, RUN_DEFAULTS, WITHOUT_DEFAULT);
  if (folder !== undefined && sink !== undefined) {
    throw new InputError("folder and sink both say where parts go: leave one of them out.");
  }
  const own = sink === undefined ? "null" : pluginText("sink", sink);
  if (/^(?:sqlite|duckdb|postgres(?:ql)?|nats|nats-objects|s3):/.test(own)) {
    throw new InputError(`sink ${own}: run() writes files; hellfact run --sink writes there.`);
  }
  const place = folder === undefined ? own : `file:${folder}`;
  return beginRun(
    {
      ...said,
      codec: pluginText("codec", codec),
      compress: compressor === undefined ? said.compress : pluginText("compressor", compressor),
      ...(durationSeconds !== undefined && { duration: durationSeconds }),
      ...(factsPerSecond !== undefined && { rate: factsPerSecond }),
      sink: { place, slowing: slowing ?? NOT_SLOWED },
      ...{ map: [], record: [], summarise: [], json: false, quiet: true, out: "out" },
    },
    say,
  );
}

function shareDone({ plan }: Run, seconds: number, positions: number) {
  const { durationSeconds, start, end } = plan;
  const byTime = durationSeconds === null ? 0 : seconds / durationSeconds;
  const byFacts = end === Number.MAX_SAFE_INTEGER ? 0 : positions / Math.max(1, end - start);
  const done = Math.min(1, Math.max(byTime, byFacts));
  return { done, secondsLeft: done > 0 ? seconds / done - seconds : null };
}
