/** Facts of a user: files of any format that is read here, patterns of names, and standard input. */
import { closeSync, existsSync, openSync, readSync, statSync } from "node:fs";
import { isAbsolute } from "node:path";
import { InputError } from "../core/errors.js";
import type { Fact, FactCheck } from "../core/fact.js";
import type { Source } from "../core/source.js";
import { fileSource, type FileOptions } from "./file.js";
import { spoolStandardInput, type SpoolLimit } from "./spool.js";

const STDIN = "-";
const PATTERN = /[*?[\]{}]/;

type InputFormat = "json" | "csv" | "parquet";

/** One file of an input. */
interface InputFile {
  readonly path: string;
  /** What a person calls it. */
  readonly name: string;
  readonly format: InputFormat;
}

/** The files of an input, in order. */
export interface Input {
  /** `events.ndjson`, `a.csv and 3 more files`, `standard input`. */
  readonly name: string;
  readonly files: readonly InputFile[];
}

/**
 * The files that words on a command line mean: paths, patterns (`logs/*.ndjson`, `logs/**`), or `-` for
 * standard input, which is copied to a temporary file.
 *
 * Rejects with an `InputError` where a pattern matches nothing, or `-` is not alone.
 */
export async function openInput(words: readonly string[], limit: SpoolLimit): Promise<Input> {
  if (words.includes(STDIN)) {
    if (words.length > 1) {
      throw new InputError("standard input (-) can only be read alone: leave out the files.");
    }
    const path = await spoolStandardInput(limit);
    const name = "standard input";
    return { name, files: [{ path, name, format: formatOf(path, true) }] };
  }
  const paths: string[] = [];
  for (const word of words) paths.push(...(await pathsOf(word)));
  const files = [...new Set(paths)].map((path) => ({ path, name: path, format: formatOf(path) }));
  const others = files.length - 1;
  const more = others === 0 ? "" : ` and ${others} more ${others === 1 ? "file" : "files"}`;
  return { name: `${files[0]?.name ?? ""}${more}`, files };
}

async function pathsOf(word: string): Promise<string[]> {
  if (!PATTERN.test(word) || existsSync(word)) return [word];
  const { glob } = await import("tinyglobby");
  const absolute = isAbsolute(word);
  const found = await glob(word, { absolute, onlyFiles: true, expandDirectories: false });
  if (found.length === 0) throw new InputError(`${word}: no file matches.`);
  return found.toSorted();
}

/** The facts of all files, one file after another, each with what `check` asks. */
export function inputSource(
  { name, files }: Input,
  check?: FactCheck,
  options: FileOptions = {},
): Source {
  return {
    name,
    async *facts() {
      for (const file of files) yield* factsOf(file, check, options);
    },
  };
}

async function* factsOf(
  file: InputFile,
  check: FactCheck | undefined,
  options: FileOptions,
): AsyncGenerator<Fact> {
  if (file.format === "json") {
    try {
      yield* fileSource(file.path, check, options).facts() as AsyncIterable<Fact>;
    } catch (error) {
      if (!(error instanceof InputError) || file.name === file.path) throw error;
      throw new InputError(error.message.replaceAll(file.path, file.name));
    }
    return;
  }
  let row = 0;
  for await (const fact of await tableOf(file)) {
    row += 1;
    const problem = check?.(fact);
    if (problem !== undefined) throw new InputError(`${file.name} row ${row}: ${problem}.`);
    yield fact;
  }
  if (row === 0) throw new InputError(`${file.name} holds no facts. Give it at least one row.`);
}

/** Only what reads this format is loaded. */
async function tableOf({ path, format }: InputFile): Promise<AsyncIterable<Fact>> {
  return format === "csv"
    ? (await import("./csv.js")).csvFacts(path)
    : (await import("./parquet.js")).parquetFacts(path);
}

const PARQUET_START = "PAR1";

/** By how it begins, and for CSV by its name. @param isNameless for what came through a pipe */
function formatOf(path: string, isNameless = false): InputFormat {
  const head = headOf(path);
  if (head.startsWith(PARQUET_START)) return "parquet";
  if (/\.[ct]sv(\.gz)?$/i.test(path)) return "csv";
  if (!isNameless) return "json";
  return /^[^{[].*[,;\t]/.test(lineOf(head)) ? "csv" : "json";
}

/** What a file is that has not a fact on each line: `CSV`, `Parquet`, `an array`; `undefined` for all others. */
export function unlikeLines(path: string): string | undefined {
  const format = formatOf(path);
  if (format !== "json") return format === "csv" ? "CSV" : "Parquet";
  return /^\[\s*(?:\{[^}]*)?$/.test(lineOf(headOf(path))) ? "an array" : undefined;
}

const HEAD_BYTES = 4096;
/** Of UTF-8, read as Latin-1. */
const BYTE_ORDER_MARK = /^\xef\xbb\xbf/;

/** The first line of a file's head that is not blank, as far as it is there. */
function lineOf(head: string): string {
  return head.replace(BYTE_ORDER_MARK, "").trimStart().split("\n", 1)[0] ?? "";
}

/** Nothing for what cannot be read: whoever reads it says why. */
function headOf(path: string): string {
  try {
    if (!statSync(path).isFile()) return ""; // a pipe would wait for its writer
    const descriptor = openSync(path, "r");
    try {
      const bytes = Buffer.alloc(HEAD_BYTES);
      return bytes.toString("latin1", 0, readSync(descriptor, bytes, 0, HEAD_BYTES, 0));
    } finally {
      closeSync(descriptor);
    }
  } catch {
    return "";
  }
}
