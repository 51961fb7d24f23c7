import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname } from "node:path";
import type { Command } from "commander";
import { InputError } from "../../core/errors.js";
import { begun } from "../../results/document-type.js";
import { keepDocument } from "../../terminal/keep.js";
import type { InferenceDocument } from "./document.js";
import { inferenceText } from "./text.js";
import { SchemaInference } from "../../schema/infer.js";
import { deriveProto } from "../../schema/proto.js";
import { writeWhole } from "../../sinks/file.js";
import { fileSource } from "../../sources/file.js";
import { addCommonOptions, count, examples, type CommonOptions } from "../../terminal/options.js";
import { decile, startProgress } from "../../terminal/progress.js";
import { colorsOn } from "../../terminal/terminal.js";

interface InferOptions extends CommonOptions {
  readonly facts?: number;
  readonly output?: string;
  readonly proto?: string;
}

const PROGRESS_FACTS = 200;

export function configure(command: Command): Command {
  command
    .argument("<file>", "facts: JSON or NDJSON, gzipped or not")
    .option("--facts <n>", "look at the first so many (default: all)", count(1))
    .option("--output <file>", "where the schema goes (default: standard output)")
    .option("--proto <file>", "a .proto, too; fields of one that is there keep their numbers");
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

async function run(file: string, options: InferOptions): Promise<void> {
  for (const path of [options.output, options.proto]) checkPlace(path);
  const { schema, facts, paths } = await infer(file, options);
  const { proto, rules } = deriveProto(schema, earlierProto(options.proto));
  const text = `${JSON.stringify(schema, null, 2)}\n`;
  if (options.output !== undefined) writeWhole(options.output, Buffer.from(text), "close");
  if (options.proto !== undefined) writeWhole(options.proto, Buffer.from(proto), "close");
  const document: InferenceDocument = {
    ...begun("infer", 2),
    ...{ source: file, facts, paths: [...paths], schema },
    protobuf: rules.map((rule) => ({ text: rule.text, paths: [...rule.paths] })),
  };
  if (options.json) process.stdout.write(`${JSON.stringify(document)}\n`);
  else if (options.output === undefined) process.stdout.write(text);
  if (!options.json && !options.quiet) {
    process.stderr.write(inferenceText(document, { colors: colorsOn(process.stderr) }));
  }
  keepDocument(options.out, document);
}

async function infer(file: string, { facts: most = Infinity, quiet }: InferOptions) {
  const inference = new SchemaInference();
  const progress = startProgress("reading", quiet);
  // A compressed file does not tell how much is in it.
  const size = file.endsWith(".gz") ? undefined : sizeOf(file);
  const startedAt = performance.now();
  let facts = 0;
  let bytes = 0;
  try {
    for await (const fact of fileSource(file).facts()) {
      inference.observe(fact);
      facts += 1;
      if (facts >= most) break;
      if (facts % PROGRESS_FACTS !== 0) continue;
      bytes += JSON.stringify(fact).length * PROGRESS_FACTS; // about
      const seconds = (performance.now() - startedAt) / 1000;
      const done = Math.min(1, Math.max(facts / most, bytes / (size ?? Infinity)));
      if (seconds < 2 || done === 0) continue;
      const secondsLeft = seconds / done - seconds;
      progress.update({ done, secondsLeft, stage: decile(done), activity: `${facts} facts` });
    }
  } finally {
    progress.stop();
  }
  return inference.result();
}

/** Where it cannot be looked at, reading it says why. */
function sizeOf(file: string): number | undefined {
  try {
    return statSync(file).size;
  } catch {
    return undefined;
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
