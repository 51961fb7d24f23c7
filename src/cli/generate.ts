import { constants } from "node:os";
import { Option, type Command } from "commander";
import { LAST_INDEX } from "../../generators/profile.js";
import { DiskFullError, InputError } from "../core/errors.js";
import { jsonText } from "../core/foreign-text.js";
import { checkedCodec } from "../contracts/codec/own-codec.js";
import { describedCodec } from "../contracts/codec/describe.js";
import { writeSidecar } from "../pipeline/data-file.js";
import { checkedCompressor, nameOf } from "../contracts/compressor/own-compressor.js";
import type { Written } from "../pipeline/write-facts.js";
import type { PlannableCodec } from "../plugins/known-codec.js";
import { bytes, many } from "../report/numbers.js";
import { fileSink, isSpecialFile, type FileSink } from "../sinks/file.js";
import { stdoutSink } from "../sinks/stdout.js";
import {
  addCommonOptions,
  count,
  examples,
  size,
  type CommonOptions,
} from "../terminal/options.js";
import { decile, startProgress } from "../terminal/progress.js";
import { INTERRUPTED } from "../terminal/terminal.js";
import { generateInChild } from "./generating/in-child.js";
import { generateFacts } from "./generating/job.js";
import { addWorldOptions, worldProfile, type WorldOptions } from "../terminal/world-options.js";
import { say, sayPlainly } from "../terminal/say.js";

interface GenerateOptions extends CommonOptions, WorldOptions {
  readonly facts?: number;
  readonly bytes?: number;
  readonly from: number;
  readonly codec: string;
  readonly compress: string;
  readonly output: string;
}

const DEFAULT_FACTS = 1000;
const STDOUT = "-";
const NOWHERE = "/dev/null";

export function configure(command: Command): Command {
  command
    .option("--facts <n>", `how many (default: ${DEFAULT_FACTS})`, count(1))
    .addOption(
      new Option("--bytes <size>", "as many as take this much before compression")
        .argParser(size)
        .conflicts("facts"),
    )
    .addOption(new Option("--from <index>", "index of the first").argParser(count(0)).default(0))
    .option("--codec <name>", "how they become bytes", "json")
    .option(
      "--compress <name>",
      "none, gzip, brotli, zstd, snappy, lz4; with a level, such as gzip:9; or one of your own by its file",
      "none",
    )
    .option("--output <file>", "where they go; - is standard output", STDOUT);
  addWorldOptions(command);
  return addCommonOptions(command)
    .addHelpText(
      "after",
      examples(
        "hellfact generate --facts 3 | head -c 300",
        "hellfact generate --bytes 200MB --codec protobuf --output facts.pb",
      ),
    )
    .action(run);
}

async function run(options: GenerateOptions): Promise<void> {
  checkRange(options);
  const { seed, from, output } = options;
  const choice = await checkedCodec(options.codec);
  const codec = await describedCodec(choice);
  checkOutput(options, codec);
  const compressor = nameOf(await checkedCompressor(options.compress));
  const enough =
    options.bytes === undefined
      ? { facts: options.facts ?? DEFAULT_FACTS }
      : { encodedBytes: options.bytes };
  const profile = await worldProfile(options);
  const job = { seed, from, profile, choice, compressor, enough, output };

  const file = output === STDOUT ? undefined : openFile(output);
  const sink = file ?? stdoutSink();
  const { signal, interruptedBy } = interruption(options);
  const progress = startProgress("generating", options.quiet || output === STDOUT);
  const startedAt = performance.now();
  const onProgress = ({ done, facts }: Written) => {
    const seconds = (performance.now() - startedAt) / 1000;
    const secondsLeft = (seconds * (1 - done)) / done;
    // Quick jobs need no progress.
    if (seconds > 2) {
      progress.update({ done, secondsLeft, activity: `${facts} facts`, stage: decile(done) });
    }
    return !signal.aborted;
  };
  try {
    const made =
      (choice.codecFile ?? compressor.compressorFile) === undefined
        ? await generateFacts(job, sink, onProgress)
        : await generateInChild(job, file?.descriptor ?? 1, onProgress, signal);
    if (made === undefined) sink.discard();
    else {
      // The file's sidecar appears before the file does, so that no file is there without it. Beside a
      // device or a pipe there is no place for one.
      const hasPlace = output !== STDOUT && !isSpecialFile(output);
      if (hasPlace) writeSidecar(codec, made.sidecar, output, "close");
      sink.close();
    }
    progress.stop();
    if (made === undefined) tellInterrupted(output, interruptedBy());
    else tell(options, made);
  } catch (error) {
    sink.discard();
    throw error;
  } finally {
    progress.stop();
  }
}

function tell({ json, output, quiet, compress }: GenerateOptions, written: Written): void {
  const { facts, encodedBytes, storedBytes } = written;
  if (json) {
    process.stdout.write(`${jsonText({ output, facts, encodedBytes, storedBytes })}\n`);
  } else if (output !== STDOUT && !quiet) {
    sayPlainly(`${output}: ${many(facts, "fact")}, ${bytes(storedBytes)}`);
  }
  const ending = /\.(?:gz|zst|br)$/.exec(output)?.[0];
  if (compress === "none" && ending !== undefined && !quiet) {
    say(
      `what ends in ${ending} is compressed, and ${output} is not: give --compress, or another name.`,
    );
  }
}

function tellInterrupted(output: string, by: NodeJS.Signals | undefined): void {
  const kept = output === STDOUT ? "the last facts are missing" : "nothing was kept";
  say(`interrupted; ${kept}.`);
  process.exitCode = by === undefined ? INTERRUPTED : 128 + constants.signals[by];
}

/**
 * Signals that give the work up, where there is something to take away. A pipe may block for ever, and
 * there is nothing to take away from it: a signal just ends it.
 */
function interruption({ output }: GenerateOptions) {
  const controller = new AbortController();
  let by: NodeJS.Signals | undefined;
  const signals: NodeJS.Signals[] = isSpecialFile(output) ? [] : ["SIGINT"];
  if (signals.length > 0 && output !== STDOUT) signals.push("SIGTERM", "SIGHUP");
  for (const signal of signals) {
    process.once(signal, () => {
      by ??= signal;
      controller.abort();
    });
  }
  return { signal: controller.signal, interruptedBy: () => by };
}

/** Facts are numbered by whole numbers that a double can tell apart. */
function checkRange({ from, facts = 1 }: GenerateOptions): void {
  if (facts - 1 > LAST_INDEX - from) {
    throw new InputError(
      `--from ${from} and --facts ${facts} go past the last fact, ${LAST_INDEX}. Start earlier, or take fewer.`,
    );
  }
}

function checkOutput({ output, json }: GenerateOptions, codec: PlannableCodec): void {
  const hasSidecar = codec.sidecarExtension !== undefined;
  if (hasSidecar && isSpecialFile(output) && output !== NOWHERE) {
    throw new InputError(
      `${codec.name} keeps a .${codec.sidecarExtension} file beside its data, and ${output} is no file.`,
    );
  }
  if (output !== STDOUT) return;
  if (json) throw new InputError("--json takes standard output: give the facts an --output FILE.");
  if (hasSidecar) {
    throw new InputError(
      `${codec.name} keeps a .${codec.sidecarExtension} file beside its data: give it an --output FILE.`,
    );
  }
}

/** A file that cannot be made there is a mistake on the command line. */
function openFile(output: string): FileSink {
  try {
    return fileSink(output, "close");
  } catch (error) {
    if (error instanceof DiskFullError || !(error instanceof Error)) throw error;
    throw new InputError(error.message);
  }
}
