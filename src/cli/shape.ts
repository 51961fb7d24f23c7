import { gzipSync } from "node:zlib";
import type { Command } from "commander";
import { InputError } from "../core/errors.js";
import type { Fact } from "../core/fact.js";
import { forTerminal, jsonText } from "../core/foreign-text.js";
import { shapeText } from "./text/shape.js";
import { ShapeTally } from "../shape/shape.js";
import { generatorSource } from "../sources/generator.js";
import { inputSource, openInput, type Input } from "../sources/input.js";
import { addCommonOptions, count, examples, type CommonOptions } from "../terminal/options.js";
import { INPUT_WORDS, STREAM_BYTES } from "../terminal/input-options.js";
import { startReadingProgress } from "../terminal/reading-progress.js";
import { colorsOn } from "../terminal/terminal.js";
import {
  addWorldOptions,
  refuseWorldOptions,
  worldProfile,
  type WorldOptions,
} from "../terminal/world-options.js";

interface ShapeOptions extends CommonOptions, WorldOptions {
  readonly facts?: number;
}

const GENERATED_FACTS = 1000;

export function configure(command: Command): Command {
  command
    .argument("[files...]", `${INPUT_WORDS} (default: generated facts)`)
    .option(
      "--facts <n>",
      `the first so many (default: all, or ${GENERATED_FACTS} generated)`,
      count(1),
    );
  addWorldOptions(command);
  return addCommonOptions(command)
    .addHelpText(
      "after",
      examples("hellfact shape events.ndjson.gz", "hellfact shape --fact-size 4KB"),
    )
    .action(run);
}

/** @param where is told if a fact is nested more deeply than can be looked into */
function add(tally: ShapeTally, fact: Fact, where: string): void {
  try {
    tally.add(fact);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new InputError(`${where}: it is nested too deeply to be looked into. Leave it out.`);
  }
}

async function run(files: readonly string[], options: ShapeOptions): Promise<void> {
  const [first] = files;
  if (first !== undefined) refuseWorldOptions(options, first);
  const input: Input | undefined =
    first === undefined
      ? undefined
      : await openInput(files, { bytes: STREAM_BYTES, facts: options.facts });
  const source =
    input === undefined
      ? generatorSource({ seed: options.seed, from: 0, profile: await worldProfile(options) })
      : inputSource(input);
  const most = options.facts ?? (input === undefined ? GENERATED_FACTS : Infinity);
  const tally = new ShapeTally((text) => gzipSync(text, { level: 6 }).length);
  const progress = startReadingProgress(input ?? { files: [] }, most, options.quiet);
  let facts = 0;
  try {
    for await (const fact of source.facts()) {
      facts += 1;
      add(tally, fact, `${source.name}, fact ${facts}`);
      if (facts >= most) break;
      progress.count(fact);
    }
  } finally {
    progress.stop();
  }
  const shape = tally.report();
  process.stdout.write(
    options.json
      ? `${jsonText({ source: source.name, ...shape })}\n`
      : shapeText(forTerminal(source.name), shape, { colors: colorsOn(process.stdout) }),
  );
}
