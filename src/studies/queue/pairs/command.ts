/** A range of pairs of samples: their distances into a file, or those of a file into a store. */
import { InvalidArgumentError, type Command } from "commander";
import { InputError } from "../../../core/errors.js";
import { fileSink } from "../../../sinks/file.js";
import { count, examples } from "../../../terminal/options.js";
import { pairsBetween, pairsOf } from "../model/pairs.js";
import { checksumOf, openDistance } from "./distance.js";
import { keepDistances } from "./keep.js";

interface PairsOptions {
  readonly samples: number;
  readonly from: number;
  readonly to?: number;
  readonly output?: string;
  readonly keep?: string;
  readonly store?: string;
  readonly sha256?: string;
}

/** Values are written so many at once. */
const BATCH = 1000;
/** Their pairs can be counted exactly. */
const MOST_SAMPLES = 100_000_000;

export function configure(command: Command): Command {
  return command
    .argument("<file>", "exports a function of two samples as its default, and perhaps samples")
    .requiredOption("--samples <n>", "how many there are", samplesCount)
    .option("--from <number>", "the first pair: 0 is (1, 2), 1 (1, 3), 2 (2, 3)", count(0), 0)
    .option("--to <number>", "up to before this one (default: all)", count(1))
    .option("--output <file>", "where distances go, one a line")
    .option("--keep <file>", "distances of these pairs that are there, for --store")
    .option("--store <url>", "sqlite:FILE, duckdb:FILE, postgres://…: each range is kept once")
    .option("--sha256 <sum>", "refuse a file that has another one")
    .addHelpText(
      "after",
      examples(
        "hellfact pairs ./distance.js --samples 2200 --from 0 --to 50000 --output first.txt",
        "hellfact pairs ./distance.js --samples 2200 --to 50000 --keep first.txt --store sqlite:pairs.db",
      ),
    )
    .action(pairs);
}

export function samplesCount(text: string): number {
  const samples = count(2)(text);
  if (samples <= MOST_SAMPLES) return samples;
  throw new InvalidArgumentError(`It takes 2 to ${MOST_SAMPLES} samples.`);
}

async function pairs(file: string, options: PairsOptions): Promise<void> {
  const { samples, from, output, keep, store, sha256 } = options;
  const all = pairsOf(samples);
  const to = options.to ?? all;
  if (to > all || from >= to) {
    throw new InputError(
      `--from ${from} --to ${to}: ${samples} samples have the pairs 0 to ${all}. Take a range of these.`,
    );
  }
  if (keep !== undefined) {
    if (store === undefined) throw new InputError("--keep needs --store, such as sqlite:pairs.db.");
    await keepDistances(keep, { samples, from, to }, store);
    return;
  }
  if (output === undefined) throw new InputError("there is no place for distances: give --output.");
  const sum = checksumOf(file);
  if (sha256 !== undefined && sum !== sha256) {
    throw new InputError(
      `${file} is another file here than where it was asked for: copy it again.`,
    );
  }
  const distance = await openDistance(file, samples);
  const sink = fileSink(output, "close");
  try {
    let lines: number[] = [];
    for (const pair of pairsBetween(from, to)) {
      lines.push(await distance(pair));
      if (lines.length < BATCH) continue;
      sink.write(Buffer.from(`${lines.join("\n")}\n`));
      lines = [];
    }
    if (lines.length > 0) sink.write(Buffer.from(`${lines.join("\n")}\n`));
    sink.close();
  } catch (error) {
    sink.discard();
    throw error;
  }
}
