import { existsSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { Option, type Command } from "commander";
import { InputError } from "../../core/errors.js";
import { begun } from "../../results/document-type.js";
import { keepDocument } from "../../terminal/keep.js";
import type { InferenceDocument } from "./document.js";
import { inferenceText } from "./report/text.js";
import { checkSchemaLimits } from "../../schema/limits.js";
import { SchemaInference } from "../../schema/infer.js";
import { deriveProto } from "../../schema/proto.js";
import { writeWhole } from "../../sinks/file.js";
import { inputSource, openInput, type Input } from "../../sources/input.js";
import { readSchema } from "../../sources/schema-file.js";
import { decisionsIn } from "../../schema/key-marks.js";
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
  const earlier = options.schema === undefined ? undefined : readSchema(options.schema);
  if (earlier !== undefined) checkSchemaLimits(earlier, options.schema ?? "");
  const inference = new SchemaInference({
    decisions: { maps: options.map, records: options.record },
    ...(earlier !== undefined && { earlierDecisions: decisionsIn(earlier) }),
  });
  const input = await openInput(files, { bytes: STREAM_BYTES, facts: options.facts });
  await observe(input, inference, options);
  const { schema, facts, paths } = inference.result();
  const { proto, rules } = deriveProto(schema, earlierProto(options.proto));
  const text = `${JSON.stringify(schema, null, 2)}\n`;
  if (options.output !== undefined) writeWhole(options.output, Buffer.from(text), "close");
  if (options.proto !== undefined) writeWhole(options.proto, Buffer.from(proto), "close");
  const document: InferenceDocument = {
    ...begun("infer", 2),
    ...{ source: input.name, facts, paths: [...paths], schema },
    protobuf: rules.map((rule) => ({ text: rule.text, paths: [...rule.paths] })),
  };
  if (options.json) process.stdout.write(`${JSON.stringify(document)}\n`);
  else if (options.output === undefined) process.stdout.write(text);
  if (!options.json && !options.quiet) {
    process.stderr.write(
      inferenceText(document, { colors: colorsOn(process.stderr), detail: { all: options.all } }),
    );
  }
  keepDocument(options.out, document);
}

/** Counts the facts of an input, as many as are wanted. */
async function observe(
  input: Input,
  inference: SchemaInference,
  { facts: most = Infinity, quiet, allowBombs }: InferOptions,
): Promise<void> {
  const progress = startReadingProgress(input, most, quiet);
  let facts = 0;
  try {
    for await (const fact of inputSource(input, undefined, { allowBombs }).facts()) {
      inference.observe(fact);
      facts += 1;
      if (facts >= most) break;
      progress.count(fact);
    }
  } finally {
    progress.stop();
  }
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
