import { statSync } from "node:fs";
import { gzipSync } from "node:zlib";
import type { Command } from "commander";
import { shapeText } from "./text/shape.js";
import { ShapeTally } from "../shape/shape.js";
import { fileSource } from "../sources/file.js";
import { generatorSource } from "../sources/generator.js";
import { addCommonOptions, count, examples, type CommonOptions } from "../terminal/options.js";
import { decile, startProgress } from "../terminal/progress.js";
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
const PROGRESS_FACTS = 50;

export function configure(command: Command): Command {
  command
    .argument("[file]", "JSON or NDJSON, gzipped or not (default: generated facts)")
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

async function run(file: string | undefined, options: ShapeOptions): Promise<void> {
  if (file !== undefined) refuseWorldOptions(options, file);
  const source =
    file === undefined
      ? generatorSource({ seed: options.seed, from: 0, profile: await worldProfile(options) })
      : fileSource(file);
  const most = options.facts ?? (file === undefined ? GENERATED_FACTS : Infinity);
  const tally = new ShapeTally((text) => gzipSync(text, { level: 6 }).length);
  const progress = startProgress("reading", options.quiet);
  try {
    const fileBytes = file === undefined ? Infinity : unpackedBytes(file);
    const startedAt = performance.now();
    let facts = 0;
    for await (const fact of source.facts()) {
      tally.add(fact);
      if (++facts >= most) break;
      const seconds = (performance.now() - startedAt) / 1000;
      const done = Math.min(1, Math.max(facts / most, tally.totalBytes / fileBytes));
      if (seconds < 2 || facts % PROGRESS_FACTS !== 0 || done === 0) continue;
      progress.update({
        done,
        stage: decile(done),
        secondsLeft: seconds / done - seconds,
        activity: `${facts} facts`,
      });
    }
  } finally {
    progress.stop();
  }
  const shape = tally.report();
  process.stdout.write(
    options.json
      ? `${JSON.stringify({ source: source.name, ...shape })}\n`
      : shapeText(source.name, shape, { colors: colorsOn(process.stdout) }),
  );
}

/** What a file takes when it is unpacked, as far as its name and size tell. */
function unpackedBytes(file: string): number {
  if (file.endsWith(".gz")) return Infinity;
  return statSync(file, { throwIfNoEntry: false })?.size ?? Infinity;
}
