import { Option, type Command } from "commander";
import { LAST_INDEX } from "../../generators/profile.js";
import type { Codec, OpenCodec } from "../core/codec.js";
import { DiskFullError, InputError } from "../core/errors.js";
import type { Sink } from "../core/sink.js";
import { checkedCodec } from "../codec-contract/own-codec.js";
import { saveSidecar } from "../pipeline/data-file.js";
import { loadParts } from "../pipeline/parts.js";
import { writeFacts } from "../pipeline/write-facts.js";
import { bytes } from "../report/numbers.js";
import { fileSink, isSpecialFile } from "../sinks/file.js";
import { stdoutSink } from "../sinks/stdout.js";
import { generatorSource } from "../sources/generator.js";
import {
  addCommonOptions,
  count,
  examples,
  size,
  type CommonOptions,
} from "../terminal/options.js";
import { decile, startProgress } from "../terminal/progress.js";
import { INTERRUPTED } from "../terminal/terminal.js";
import { addWorldOptions, worldProfile, type WorldOptions } from "../terminal/world-options.js";

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
      "none, gzip, brotli, zstd, snappy; or with a level, such as gzip:9",
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
  const { seed, from } = options;
  const source = generatorSource({ seed, from, profile: await worldProfile(options) });
  const parts = await loadParts(await checkedCodec(options.codec), options.compress);
  checkOutput(options, parts.codec);
  const codec = parts.codec.open(source.schema === undefined ? {} : { schema: source.schema });

  const sink = openSink(options, parts.codec, codec);
  let interrupted = false;
  // A pipe may block for ever, and there is nothing to take away from it: Ctrl-C just ends it.
  if (!isSpecialFile(options.output)) process.once("SIGINT", () => (interrupted = true));
  const startedAt = performance.now();
  const progress = startProgress("generating", options.quiet || options.output === STDOUT);
  const written = await writeFacts({
    source,
    parts,
    codec,
    sink,
    enough:
      options.bytes === undefined
        ? { facts: options.facts ?? DEFAULT_FACTS }
        : { encodedBytes: options.bytes },
    goOn: ({ done, facts }) => {
      const seconds = (performance.now() - startedAt) / 1000;
      const secondsLeft = (seconds * (1 - done)) / done;
      // Quick jobs need no progress.
      if (seconds > 2) {
        progress.update({ done, secondsLeft, activity: `${facts} facts`, stage: decile(done) });
      }
      return !interrupted;
    },
  }).finally(() => progress.stop());

  if (written === undefined) {
    const kept = options.output === STDOUT ? "the last facts are missing" : "nothing was kept";
    console.error(`hellfact: interrupted; ${kept}.`);
    process.exitCode = INTERRUPTED;
  } else if (options.json) {
    const { facts, encodedBytes, storedBytes } = written;
    const result = { output: options.output, facts, encodedBytes, storedBytes };
    process.stdout.write(`${JSON.stringify(result)}\n`);
  } else if (options.output !== STDOUT && !options.quiet) {
    console.error(`${options.output}: ${written.facts} facts, ${bytes(written.storedBytes)}`);
  }
}

/** Facts are numbered by whole numbers that a double can tell apart. */
function checkRange({ from, facts = 1 }: GenerateOptions): void {
  if (facts - 1 > LAST_INDEX - from) {
    throw new InputError(
      `--from ${from} and --facts ${facts} go past the last fact, ${LAST_INDEX}. Start earlier, or take fewer.`,
    );
  }
}

function checkOutput({ output, json }: GenerateOptions, codec: Codec): void {
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

/**
 * The file's sidecar appears before the file does, so that no file is there without it. Beside a
 * device or a pipe there is no place for one.
 */
function openSink({ output }: GenerateOptions, codec: Codec, open: OpenCodec): Sink {
  if (output === STDOUT) return stdoutSink();
  const sink = openFile(output);
  return {
    ...sink,
    close: () => {
      if (!isSpecialFile(output)) saveSidecar(codec, open, output, "close");
      sink.close();
    },
  };
}

/** A file that cannot be made there is a mistake on the command line. */
function openFile(output: string): Sink {
  try {
    return fileSink(output, "close");
  } catch (error) {
    if (error instanceof DiskFullError || !(error instanceof Error)) throw error;
    throw new InputError(error.message);
  }
}
