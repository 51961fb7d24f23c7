import { existsSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { Option, type Command } from "commander";
import { InputError } from "../../core/errors.js";
import { jsonText } from "../../core/foreign-text.js";
import { keepDocument } from "../../terminal/keep.js";
import { inferSchema } from "./infer.js";
import { inferenceText } from "./report/text.js";
import { writeWhole } from "../../sinks/file.js";
import { openInput } from "../../sources/input.js";
import { addCommonOptions, count, examples, type CommonOptions } from "../../terminal/options.js";
import { startReadingProgress } from "../../terminal/reading-progress.js";
import {
  addKeyOptions,
  INPUT_WORDS,
  STREAM_BYTES,
  type KeyOptions,
} from "../../terminal/input-options.js";
import { colorsOn } from "../../terminal/terminal.js";

interface InferOptions extends CommonOptions, KeyOptions {
  readonly facts?: number;
  readonly output?: string;
  readonly proto?: string;
  readonly allowBombs: boolean;
  readonly schema?: string;
  readonly all: boolean;
}

export function configure(command: Command): Command {
  command
    .argument("<files...>", `facts: ${INPUT_WORDS}`)
    .option("--facts <n>", "look at the first so many (default: all)", count(1))
    .option("--output <file>", "where the schema goes (default: standard output)")
    .option("--proto <file>", "a .proto, too; fields of one that is there keep their numbers")
    .addOption(
      new Option(
        "--allow-bombs",
        "read on in gzip that inflates over 1,000:1 to 256 MB without a fact",
      ).default(false),
    )
    .option("--schema <file>", "an earlier schema, whose --map and --record hold on")
    .option("--all", "every path, not only what matters first", false);
  addKeyOptions(command);
  return addCommonOptions(command)
    .addHelpText(
      "after",
      examples(
        "hellfact infer events.ndjson.gz --output events.schema.json",
        "hellfact infer events.ndjson --proto events.proto > events.schema.json",
      ),
    )
    .action(run);
}

async function run(files: string[], options: InferOptions): Promise<void> {
  for (const path of [options.output, options.proto]) checkPlace(path);
  const { facts, schema: earlier, allowBombs, map: maps, record: records, quiet } = options;
  const input = await openInput(files, { bytes: STREAM_BYTES, facts });
  const progress = startReadingProgress(input, facts ?? Infinity, quiet);
  const { document, proto } = await inferSchema(input, {
    ...{ facts, schema: earlier, allowBombs, decisions: { maps, records } },
    earlierProto: earlierProto(options.proto),
    onFact: (fact) => progress.count(fact),
  }).finally(() => progress.stop());
  const text = `${jsonText(document.schema, 2)}\n`;
  if (options.output !== undefined) writeWhole(options.output, Buffer.from(text), "close");
  if (options.proto !== undefined) writeWhole(options.proto, Buffer.from(proto), "close");
  if (options.json) process.stdout.write(`${jsonText(document)}\n`);
  else if (options.output === undefined) process.stdout.write(text);
  if (!options.json && !quiet) {
    process.stderr.write(
      inferenceText(document, { colors: colorsOn(process.stderr), detail: { all: options.all } }),
    );
  }
  keepDocument(options.out, document);
}

/** A file that has no folder to be in is a mistake on the command line. */
function checkPlace(path: string | undefined): void {
  if (path === undefined || existsSync(dirname(path))) return;
  throw new InputError(`${path}: its folder does not exist. Make it first.`);
}

/** What a `.proto` that is to be written over says of numbers. */
function earlierProto(path: string | undefined): string | undefined {
  return path === undefined || !existsSync(path) ? undefined : readFileSync(path, "utf8");
}
