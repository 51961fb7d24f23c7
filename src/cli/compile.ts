import { readFileSync } from "node:fs";
import type { Command } from "commander";
import { writerModule, writerTypes } from "../compiled-json/index.js";
import { firstLine, InputError } from "../core/errors.js";
import type { JsonSchema } from "../core/json-schema.js";
import { fileSink } from "../sinks/file.js";
import { locateJsonProblem } from "../sources/json-error.js";
import { addCommonOptions, examples, type CommonOptions } from "../terminal/options.js";

interface CompileOptions extends CommonOptions {
  readonly print?: true;
  readonly output?: string;
}

export function configure(command: Command): Command {
  command
    .argument("<file>", "a JSON Schema")
    .option("--print", "print the writer's code")
    .option("--output <file>", "write the code into a module, for where eval is forbidden");
  return addCommonOptions(command)
    .addHelpText(
      "after",
      examples(
        "hellfact compile schemas/hell-fact.schema.json --print",
        "hellfact compile my.schema.json --output writer.js",
      ),
    )
    .action(run);
}

function run(file: string, options: CompileOptions): void {
  const { print, output, json, quiet } = options;
  if (print === undefined && output === undefined && !json) {
    throw new InputError("say --print to see the code, or --output FILE to keep it");
  }
  const startedAt = performance.now();
  const code = writerModule(readSchema(file));
  const milliseconds = performance.now() - startedAt;
  if (output !== undefined) {
    keep(output, code);
    const types = output.replace(/\.(m?)js$/, ".d.$1ts");
    if (types !== output) keep(types, writerTypes());
    if (!quiet) console.error(`${output}: ${code.length} bytes; import { Slab, write } from it`);
  }
  if (json) process.stdout.write(`${JSON.stringify({ schema: file, milliseconds, code })}\n`);
  else if (print === true) process.stdout.write(code);
}

function keep(file: string, text: string): void {
  const sink = fileSink(file, "none");
  sink.write(Buffer.from(text));
  sink.close();
}

/** Throws an `InputError` that says where a file is no schema. */
function readSchema(file: string): JsonSchema {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    throw new InputError(`cannot read ${file}: ${firstLine(error)}`);
  }
  let schema: unknown;
  try {
    schema = JSON.parse(text);
  } catch (error) {
    const { problem, line, byte } = locateJsonProblem(text, error);
    throw new InputError(`${file}, line ${line}, byte ${byte}: ${problem}; it takes a JSON Schema`);
  }
  if (typeof schema !== "object" || schema === null || Array.isArray(schema)) {
    throw new InputError(`${file} is no JSON Schema: it takes an object such as {"type":"object"}`);
  }
  return schema;
}
