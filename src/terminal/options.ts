import { InvalidArgumentError, Option, type Command } from "commander";
import { COMPRESSION_UNITS } from "../core/compressor.js";

/** Readers of what people write on the command line. Each says what would have been right. */

/** A whole number of at least `least`: `1000`, `8.5M`. */
export function count(least: number): (text: string) => number {
  return (text) => {
    const [, digits = "", suffix = ""] = /^(\d+(?:\.\d+)?)([kMG]?)$/.exec(text) ?? [];
    const value = Math.round(Number(digits) * (COUNT_SUFFIXES[suffix] ?? NaN) * 1e6) / 1e6;
    if (digits === "" || !Number.isSafeInteger(value) || value < least) {
      throw new InvalidArgumentError(
        `It takes a whole number from ${least} to 2^53 - 1, such as 1000 or 8.5M.`,
      );
    }
    return value;
  };
}
const COUNT_SUFFIXES: Record<string, number> = { "": 1, k: 1e3, M: 1e6, G: 1e9 };

/** A number of bytes: `4KB`, `64MiB`, `2GB`. MB is 10⁶ bytes, MiB is 2²⁰. */
export function size(text: string): number {
  const [, digits = "", unit = ""] = /^(\d+(?:\.\d+)?)(B|[kKMGT]B|[KMGT]iB)$/.exec(text) ?? [];
  const power = "BKMGT".indexOf(unit.charAt(0).toUpperCase());
  const value = Math.round(Number(digits) * (unit.includes("i") ? 1024 : 1000) ** power);
  if (digits === "" || !Number.isSafeInteger(value) || value < 1) {
    throw new InvalidArgumentError("It takes a size with its unit, such as 64MB or 2GiB.");
  }
  return value;
}

/** A length of time in seconds: `20us`, `500ms`, `60s`, `2m`, `1h`. */
export function duration(text: string): number {
  const [, digits = "", unit = ""] = /^(\d+(?:\.\d+)?)(us|µs|ms|s|m|h)$/.exec(text) ?? [];
  const value = Number(digits) * (SECONDS[unit] ?? NaN);
  if (digits === "" || !(value > 0)) {
    throw new InvalidArgumentError("It takes a time with its unit, such as 90s or 2m.");
  }
  return value;
}
const SECONDS: Record<string, number> = { us: 1e-6, µs: 1e-6, ms: 1e-3, s: 1, m: 60, h: 3600 };

/** A size or a time, told by its unit: `64MB`, `10s`. */
export function sizeOrDuration(text: string): { bytes: number } | { seconds: number } {
  for (const read of [() => ({ bytes: size(text) }), () => ({ seconds: duration(text) })]) {
    try {
      return read();
    } catch {
      // perhaps it is the other one
    }
  }
  throw new InvalidArgumentError("It takes a size or a time with its unit, such as 64MB or 10s.");
}

/** A share of one: `2%`. */
export function percentage(text: string): number {
  const digits = /^(\d+(?:\.\d+)?)%$/.exec(text)?.[1];
  const value = Number(digits) / 100;
  if (digits === undefined || !(value > 0 && value < 1)) {
    throw new InvalidArgumentError("It takes a share between 0 and 100 with its sign, such as 2%.");
  }
  return value;
}

/** Names with commas between them, each of them once: `json,protobuf`. */
export function list(text: string): string[] {
  const names = text.split(",").map((name) => name.trim());
  if (names.includes("")) {
    throw new InvalidArgumentError(
      "It takes names with commas between them, such as json,protobuf.",
    );
  }
  return [...new Set(names)];
}

/** Names out of a fixed set, with commas between them. */
export function listOf<T extends string>(...allowed: T[]): (text: string) => T[] {
  return (text) => {
    const names = list(text);
    const wrong = names.find((name) => !allowed.includes(name as T));
    if (wrong !== undefined) {
      throw new InvalidArgumentError(`It takes ${allowed.join(", ")}; "${wrong}" is none of them.`);
    }
    return names as T[];
  };
}

/** What compression takes together. */
export function unitOption(): Option {
  return new Option(
    "--unit <what>",
    "what is compressed as one: each fact alone, a batch, the file",
  )
    .choices(COMPRESSION_UNITS)
    .default("batch");
}

/** Options that every command has. */
export interface CommonOptions {
  readonly json: boolean;
  readonly out: string;
  readonly seed: number;
  readonly quiet: boolean;
}

export function addCommonOptions(command: Command): Command {
  if (!command.options.some(({ long }) => long === "--output")) alsoAsOutput(command);
  for (const option of command.options) {
    if (option.long === "--output") option.argParser(place);
  }
  return command
    .addOption(
      new Option("--json", "print the result as JSON, and nothing else there").default(false),
    )
    .addOption(new Option("--out <dir>", "where runs are kept").argParser(place).default("out"))
    .addOption(
      new Option("--seed <n>", "what the generator starts from").argParser(count(0)).default(42),
    )
    .addOption(new Option("--quiet", "no progress").default(false));
}

/** The name of a file or a folder, which has at least a sign. */
function place(text: string): string {
  if (text === "") throw new InvalidArgumentError("It takes a name, and not nothing.");
  return text;
}

/** Where a command writes no file of its own, `--output` is understood as `--out`. */
function alsoAsOutput(command: Command): void {
  command.addOption(new Option("--output <dir>").hideHelp().argParser(place));
  command.on("option:output", (folder: string) => {
    command.setOptionValueWithSource("out", place(folder), "cli");
  });
}

/** Two command lines that work as they stand, for the end of a help text. */
export function examples(...lines: [string, string]): string {
  return `\nExamples:\n${lines.map((line) => `  ${line}`).join("\n")}`;
}
