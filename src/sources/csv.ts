import { Readable, pipeline } from "node:stream";
import { parse, type CsvError, type Parser } from "csv-parse";
import { firstLine, InputError } from "../core/errors.js";
import type { Fact } from "../core/fact.js";
import { fileBytes } from "./file-bytes.js";

/** So many rows decide what the columns are. */
const LOOKED_AT_ROWS = 100_000;
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const DELIMITERS = [",", ";", "\t"];
const QUOTED = /"(?:[^"]|"")*(?:"|$)/g;

type Column = "number" | "boolean" | "text";

/**
 * The rows of a CSV file as facts, with the first line's names as keys; gzipped or not. A column whose
 * cells are all numbers, or all `true` or `false`, by the first 100,000 rows, has numbers or booleans;
 * numbers that a double would change stay text, as do those with zeros in front. An empty cell is no key.
 *
 * Throws an `InputError` that names the line where a row has not as many cells as there are names.
 */
export async function* csvFacts(path: string): AsyncGenerator<Fact> {
  const delimiter = await delimiterOf(path);
  const columns = await columnsOf(path, delimiter);
  const names = [...columns.keys()];
  const kinds = [...columns.values()];
  for await (const row of rowsOf(path, delimiter, names.length)) {
    // A column may be called `__proto__`, which an assignment would not keep.
    yield Object.fromEntries(
      row.flatMap((cell, place) =>
        cell === "" ? [] : [[names[place] ?? "", valueOf(cell, kinds[place] ?? "text")]],
      ),
    );
  }
}

/** The one of comma, semicolon and tab that the first line has most of; what is quoted is a name's own. */
async function delimiterOf(path: string): Promise<string> {
  let head = "";
  for await (const bytes of fileBytes(path, { hasFacts: () => head !== "" })) {
    head += bytes.toString("utf8");
    if (head.includes("\n")) break;
  }
  const [line = ""] = head.replaceAll(QUOTED, "").split("\n", 1);
  const times = (delimiter: string) => line.split(delimiter).length;
  return DELIMITERS.reduce((most, one) => (times(one) > times(most) ? one : most));
}

async function columnsOf(path: string, delimiter: string): Promise<Map<string, Column>> {
  let names: string[] | undefined;
  const seen: (Column | undefined)[] = [];
  let rows = 0;
  for await (const row of parsedRows(path, delimiter)) {
    if (names === undefined) {
      names = namesIn(path, row);
      continue;
    }
    for (const [place, cell] of row.entries()) {
      if (cell === "" || seen[place] === "text") continue;
      const kind = kindOf(cell);
      seen[place] = seen[place] === undefined || seen[place] === kind ? kind : "text";
    }
    if (++rows >= LOOKED_AT_ROWS) break;
  }
  return new Map((names ?? []).map((name, place) => [name, seen[place] ?? "text"]));
}

function namesIn(path: string, row: readonly string[]): string[] {
  const unnamed = row.findIndex((name) => name.trim() === "");
  if (unnamed !== -1) {
    throw new InputError(`${path} line 1: column ${unnamed + 1} has no name. Give it one.`);
  }
  const twice = row.find((name, place) => row.indexOf(name) !== place);
  if (twice !== undefined) {
    throw new InputError(`${path} line 1: two columns are called "${twice}". Rename one of them.`);
  }
  return [...row];
}

/** The rows behind the first line. */
async function* rowsOf(path: string, delimiter: string, cells: number): AsyncGenerator<string[]> {
  let isFirst = true;
  for await (const row of parsedRows(path, delimiter)) {
    if (!isFirst && row.length === cells) yield row;
    isFirst = false;
  }
}

async function* parsedRows(path: string, delimiter: string): AsyncGenerator<string[]> {
  const options = { bom: true, delimiter, skip_empty_lines: true, relax_quotes: false };
  const parser: Parser = parse(options);
  let rows = 0;
  const bytes = fileBytes(path, { hasFacts: () => rows > 0 });
  // Errors of the file reach the loop through the parser, which is destroyed with them.
  pipeline(Readable.from(bytes), parser, () => undefined);
  try {
    for await (const row of parser as AsyncIterable<string[]>) {
      rows += 1;
      yield row;
    }
  } catch (error) {
    if (error instanceof InputError) throw error;
    const { lines } = error as CsvError & { lines?: number };
    const where = lines === undefined ? path : `${path} line ${lines}`;
    throw new InputError(`${where}: ${firstLine(error)}. Make it valid CSV with a line of names.`);
  } finally {
    parser.destroy();
  }
}

function kindOf(cell: string): Column {
  if (cell === "true" || cell === "false") return "boolean";
  if (!NUMBER.test(cell) || /^-0(?:\.0*)?$/.test(cell)) return "text";
  const value = Number(cell);
  const isExact = Number.isInteger(value) ? Number.isSafeInteger(value) : Number.isFinite(value);
  return isExact ? "number" : "text";
}

/** Behind the rows that were looked at, a cell may not be what its column is: then it is text. */
function valueOf(cell: string, column: Column): unknown {
  if (column === "text" || kindOf(cell) !== column) return cell;
  return column === "number" ? Number(cell) : cell === "true";
}
