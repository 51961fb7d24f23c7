/**
 * A run of the pipeline: how it goes.
 *
 * It is prepared (`pipeline/run/prepare.ts`): a sample of the first facts says how long a part is and what
 * the codec keeps outside its bytes. The folder is locked, workers are started, each a process of its own,
 * and ranges of the source are handed out: no fact crosses between processes. A worker takes the facts of a
 * range through source, codec, framing and compressor into one part, a batch at a time, and puts it in place
 * (`part.ts`): written under a temporary name, synced in the background while the next part is filled,
 * renamed. Then a line is added to the manifest (`manifest.ts`), and only then does the part count.
 *
 * Rules that make it safe to kill:
 *
 * - where a part begins and ends depends on the plan alone, never on time, workers or earlier interruptions
 *   (but for `--roll 10s`), and every part begins with the codec as it was before the first: so a part that
 *   is made again has the same bytes;
 * - a worker that lost its coordinator puts nothing in place any more;
 * - a manifest's last line counts only with its newline; files of parts that no line names are cleared
 *   away when the run goes on.
 */
import { join } from "node:path";
import { Option, type Command } from "commander";
import { InputError } from "../../core/errors.js";
import { jsonText } from "../../core/foreign-text.js";
import { runDocument } from "./record.js";
import { JSON_ENGINES } from "../../pipeline/json-engine.js";
import { goesIntoStore, runIntoStore } from "./into-store.js";
import { goesIntoStream, runIntoStream } from "./into-stream.js";
import type { OtherStudies } from "../study.js";
import { codecOf } from "../../pipeline/run/places/plan-parts.js";
import { isObjectUrl, openRunPlace } from "../../pipeline/run/places/open.js";
import { runPipeline } from "../../pipeline/run/run.js";
import type { Run } from "../../pipeline/run/plan.js";
import { describedCodec } from "../../contracts/codec/describe.js";
import { runText } from "./report.js";
import type { Envelope } from "../../results/document-type.js";
import { saveDocument } from "../../results/save.js";
import { addInjection, sinkChoice } from "../../terminal/conditions.js";
import { addKeyOptions } from "../../terminal/input-options.js";
import {
  addCommonOptions,
  count,
  duration,
  examples,
  unitOption,
  sizeOrDuration,
} from "../../terminal/options.js";
import { RUN_DEFAULTS } from "./defaults.js";
import { withoutSecrets } from "../../terminal/cluster-options.js";
import { addClusterOptions, clusterOf, refuseOffCluster } from "./cluster.js";
import type { ClusterOptions } from "../../pipeline/run/cluster/coordinate.js";
import { GZIP_ENGINES } from "./gzip-engine.js";
import { summariseWords } from "./summarise.js";
import { startRunProgress } from "./progress.js";
import { DEFAULT_SECONDS, STDIN, type RunOptions } from "./asked.js";
import { beginRun } from "./begin.js";
import { resumeRun } from "./go-on.js";
import { colorsOn, INTERRUPTED } from "../../terminal/terminal.js";
import { addWorldOptions } from "../../terminal/world-options.js";
import { say, sayPlainly } from "../../terminal/say.js";
import { listenForInterruption } from "../../terminal/interruption.js";

export function configure(command: Command, others: OtherStudies): Command {
  command
    .option("--codec <name>", "how facts become bytes", RUN_DEFAULTS.codec)
    .option(
      "--compress <name>",
      "none, gzip, brotli, zstd, snappy, lz4; with a level, such as gzip:9 or gzip:fast; or one of your own by its file",
      RUN_DEFAULTS.compress,
    )
    .addOption(
      new Option(
        "--gzip-engine <name>",
        "who compresses by gzip: hellfact, as gzip:balanced, or node:zlib, as gzip:6 (default: hellfact)",
      ).choices([...GZIP_ENGINES]),
    )
    .addOption(
      new Option(
        "--json-engine <name>",
        "who writes --codec json, the same bytes: native (JSON.stringify) or compiled from the schema or from what the first facts look like (default: compiled)",
      ).choices([...JSON_ENGINES]),
    )
    .addOption(unitOption())
    .option(
      "--input <file>",
      "NDJSON, gzipped or not, instead of generated facts; - is standard input; nats://HOST/STREAM is a stream",
    )
    .option(
      "--consumer <name>",
      "of an input that is a stream: a durable consumer, behind whose last acknowledged message reading goes on",
    )
    .option("--schema <file>", "its JSON Schema (default: inferred, if the codec needs one)")
    .addOption(
      new Option("--from <index>", "index of the first generated fact")
        .argParser(count(0))
        .default(RUN_DEFAULTS.from),
    )
    .option("--facts <n>", "end after so many", count(1))
    .option(
      "--duration <time>",
      `end after so long (default: ${DEFAULT_SECONDS}s, if nothing else ends it)`,
      duration,
    )
    .option(
      "--rate <n>",
      "facts a second, at intended times (default: as fast as it goes)",
      count(1),
    )
    .option("--workers <n>", "processes (default: one for each core)", count(1))
    .addOption(
      new Option("--roll <size>", "a part ends at about this size, or after this time: 64MB, 10s")
        .argParser(sizeOrDuration)
        .default(RUN_DEFAULTS.roll, "64MB"),
    )
    .option(
      "--sink <where>",
      "null, file:DIR (default: a new folder under --out); objects: s3://BUCKET/PREFIX, nats-objects://HOST/BUCKET; a store: sqlite:FILE, duckdb:FILE, postgres://…; a stream: nats://HOST/STREAM; or one of your own: ./mine.ts:PLACE; behind throttle:50MB/s or latency:5ms to hold it back",
      sinkChoice,
    )
    .addOption(
      new Option("--sync <when>", "when written files are forced to the disk")
        .choices(["none", "close", "batch"])
        .default(RUN_DEFAULTS.sync),
    )
    .addOption(
      new Option("--on-error <what>", "at a broken line: stop, or skip it and keep it aside")
        .choices(["stop", "skip"])
        .default(RUN_DEFAULTS.onError),
    )
    .addOption(
      new Option(
        "--allow-bombs",
        "read on in gzip that inflates over 1,000:1 to 256 MB without a fact",
      ).default(false),
    )
    .addOption(
      new Option(
        "--summarise <what>",
        "sum parts up while writing them: unique:PATH, quantile:, top:, count:, by:; as often as one likes",
      )
        .argParser((what: string, before: readonly string[]) => [...before, what])
        .default([], "none"),
    )
    .option(
      "--resume <dir>",
      "go on with a run that was interrupted, and make again what is missing or of another size",
    )
    .addOption(new Option("--check", "with --resume: read every part back first").default(false))
    .addOption(
      new Option(
        "--verdict",
        "stop now and then to measure what each part can do alone, and say what binds",
      ).default(false),
    );
  addClusterOptions(command);
  addKeyOptions(command);
  addInjection(command);
  addWorldOptions(command);
  return addCommonOptions(command)
    .addHelpText(
      "after",
      examples(
        "hellfact run --codec protobuf --compress gzip --facts 100k",
        "hellfact run --input events.ndjson.gz --codec msgpackr --sink file:events",
      ),
    )
    .action(async (options: RunOptions) => {
      if (goesIntoStream(options)) {
        await tellStraight(await runIntoStream(options, command), options, others);
      } else if (await goesIntoStore(options)) {
        await tellStraight(await runIntoStore(options, command), options, others);
      } else await run(options, command);
    });
}

/** What went into a store, or into a stream, is told as the study of that tells it. */
async function tellStraight(
  { document, folder }: Straight,
  options: RunOptions,
  others: OtherStudies,
): Promise<void> {
  if (options.json) process.stdout.write(`${jsonText(document)}\n`);
  else {
    const { study, document: read } = await others.loadAny(join(folder, "results.json"));
    process.stdout.write(await study.forms.text(read, { colors: colorsOn(process.stdout) }));
  }
  if (document.complete) return;
  say("interrupted; the same command goes on.");
  process.exitCode = INTERRUPTED;
}

/** What became of facts that went past files. */
interface Straight {
  readonly document: Envelope & { readonly complete: boolean };
  readonly folder: string;
}

async function run(options: RunOptions, command: Command): Promise<void> {
  refuseNoVerdict(options);
  refuseOffCluster(options, command);
  const ready =
    options.resume === undefined
      ? await beginRun(options, say)
      : await resumeRun(options.resume, command, say);
  if (ready === undefined) return;
  const { run: prepared, folder } = ready;
  const { plan } = prepared;
  const { npmPackage } = await describedCodec(codecOf(plan, prepared.own));

  const interruption = listenForInterruption();
  const place = await openRunPlace(plan, options);
  const cluster = await clusterOf(options, prepared).catch(async (error: unknown) => {
    await place?.close();
    throw error;
  });
  const progress = startRunProgress(goalOf(prepared, cluster), options.quiet);
  const hooks = {
    signal: interruption.signal,
    onProgress: progress.update,
    onIncident: (text: string) => {
      progress.stop();
      say(text);
    },
  };
  const outcome = await runPipeline(prepared, hooks, place, cluster).finally(async () => {
    progress.stop();
    await place?.close();
    await cluster?.transport.close();
  });

  const workers = cluster === undefined ? prepared.workers : outcome.workers.length;
  const document = runDocument({ ...prepared, workers }, outcome, {
    libraries: npmPackage === null ? [] : [npmPackage],
    command: ["hellfact", ...process.argv.slice(2).map(withoutSecrets)],
  });
  saveDocument(options.out, folder, document);
  if (options.json) process.stdout.write(`${jsonText(document)}\n`);
  else process.stdout.write(runText(document, { colors: colorsOn(process.stdout) }));
  if (options.verdict) {
    const { savePage } = await import("../../terminal/page.js");
    const { runPage } = await import("./page.js");
    savePage(folder, document, runPage);
  }
  if (outcome.ended === null) {
    const way = plan.folder === null ? "." : `; hellfact run --resume ${plan.folder} goes on.`;
    say(`interrupted, with ${prepared.done.length + outcome.parts} whole parts${way}`);
    process.exitCode = INTERRUPTED;
  } else if (plan.folder !== null && !options.quiet) {
    sayPlainly(` ${plan.folder}   hellfact verify ${plan.folder} reads it back\n`);
    if (plan.place !== undefined && isObjectUrl(plan.place)) {
      sayPlainly(` ${plan.place}   hellfact fetch-parts ${plan.folder} DIR gets the parts\n`);
    }
    const asked = summariseWords(plan);
    if (asked !== undefined) {
      sayPlainly(` hellfact summarise ${plan.folder} ${asked}   says what the facts have\n`);
    }
  }
}

/** Throws where what is asked for leaves nothing to judge. */
function refuseNoVerdict({ verdict, rate, input }: RunOptions): void {
  if (!verdict) return;
  if (rate !== undefined) {
    throw new InputError("--verdict asks what binds, and --rate does: leave one of them out.");
  }
  if (input === STDIN) {
    throw new InputError(
      "--verdict reads the facts again, which standard input cannot give: put them into a file.",
    );
  }
}

function placeWord({ folder, place }: Run["plan"]): string {
  return place?.split(":", 1)[0] ?? (folder === null ? "null" : "file");
}

function goalOf({ plan, done, secondsBefore, workers }: Run, cluster: ClusterOptions | undefined) {
  const { codec, compressor, durationSeconds, start, end } = plan;
  const isFar = end === Number.MAX_SAFE_INTEGER;
  return {
    title: `run ${codec} → ${compressor} → ${placeWord(plan)}   ${
      cluster === undefined ? `${workers} workers` : cluster.transport.address
    }`,
    seconds: durationSeconds,
    positions: isFar ? null : end - start,
    positionsBefore: done.reduce((sum, { from, to }) => sum + to - from, 0),
    secondsBefore,
  };
}
