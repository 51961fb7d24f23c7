import type { Command } from "commander";
import { writerModule, writerTypes } from "../compiled-json/index.js";
import { InputError } from "../core/errors.js";
import { jsonText } from "../core/foreign-text.js";
import { checkSchemaLimits } from "../schema/limits.js";
import { fileSink } from "../sinks/file.js";
import { readSchema } from "../sources/schema-file.js";
import { addCommonOptions, examples, type CommonOptions } from "../terminal/options.js";
import { sayPlainly } from "../terminal/say.js";

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
  const schema = readSchema(file);
  checkSchemaLimits(schema, file);
  const code = writerModule(schema);
  const milliseconds = performance.now() - startedAt;
  if (output !== undefined) {
    keep(output, code);
    const types = output.replace(/\.(m?)js$/, ".d.$1ts");
    if (types !== output) keep(types, writerTypes());
    if (!quiet) sayPlainly(`${output}: ${code.length} bytes; import { Slab, write } from it`);
  }
  if (json) process.stdout.write(`${jsonText({ schema: file, milliseconds, code })}\n`);
  else if (print === true) process.stdout.write(code);
}

function keep(file: string, text: string): void {
  const sink = fileSink(file, "none");
  sink.write(Buffer.from(text));
  sink.close();
}
