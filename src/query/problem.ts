/** What DuckDB's errors are in a line, with the place in the SQL and the paths that somebody may have meant. */
import { distance } from "fastest-levenshtein";
import { firstLine } from "../core/errors.js";

export interface Problem {
  readonly text: string;
  /** Whether the SQL is wrong, and not the data, the memory or the disk. */
  readonly isOfSql: boolean;
}

export interface ProblemContext {
  readonly sql: string;
  /** Paths that facts have, as SQL writes them: `player.id`. */
  readonly paths: readonly string[];
  /** The most memory that DuckDB may take, as it was said: `1GB`. */
  readonly memory: string;
}

const SUGGESTIONS = 3;
const OF_SQL = /^(?:Parser|Binder|Catalog|Conversion|Invalid Type|Not implemented|Mismatch Type)$/;

/** @param message as DuckDB has it: its kind, what is wrong, candidates, and the line with a mark below it */
export function sqlProblem(message: string, context: ProblemContext): Problem {
  const [, kind = "", rest = message] =
    /^(?:Failed to extract statements: )?([\w ]+?) Error: ([\s\S]*)$/.exec(message) ?? [];
  const said = firstLine(rest).replace(/[.!]\s*$/, "");
  if (kind === "Out of Memory") {
    const text =
      `the query takes more memory than ${context.memory}. Give --memory more, ask for fewer columns or ` +
      "groups, or summarise: hellfact summarise needs 64 MB at most.";
    return { text, isOfSql: false };
  }
  if (/No space left|ENOSPC|max_temp_directory_size/i.test(rest)) {
    return { text: `${said}. Give --temp a folder with more room.`, isOfSql: false };
  }
  if (/maximum_object_size/.test(rest)) {
    return { text: "a fact is larger than 16 MiB: give --fact-limit 256MB.", isOfSql: false };
  }
  const dataPlace = /(?:in|of) file "/.test(said);
  const isOfSql = OF_SQL.test(kind) && !dataPlace;
  const where = isOfSql ? placeText(rest, context.sql, said) : "";
  return { text: `${where}${said}.${suggestion(rest, context.paths)}`, isOfSql };
}

function placeText(rest: string, sql: string, said: string): string {
  const place = markedPlace(rest, sql) ?? namedPlace(said, sql);
  if (place !== undefined) return `SQL line ${place.line}, column ${place.column}: `;
  return /at end of input/.test(said) ? `SQL, at its end: ` : "SQL: ";
}

interface Place {
  readonly line: number;
  readonly column: number;
}

/** `LINE 2: SELECT x` with a mark below; a long line is shown from its middle, with dots on either side. */
function markedPlace(rest: string, sql: string): Place | undefined {
  const [, lineText = "", shown = "", below = ""] = /^LINE (\d+): (.*)\n( *)\^/m.exec(rest) ?? [];
  if (lineText === "") return undefined;
  const line = Number(lineText);
  const inShown = below.length - `LINE ${lineText}: `.length;
  const part = shown.replace(/^\.\.\./, "");
  const cut = shown.length - part.length;
  const whole = sql.split("\n")[line - 1] ?? "";
  const start = cut === 0 ? 0 : whole.indexOf(part.replace(/\.\.\.$/, ""));
  if (start === -1) return undefined;
  return { line, column: start + inShown - cut + 1 };
}

/** Where the name stands that an error quotes, if it stands but once. */
function namedPlace(said: string, sql: string): Place | undefined {
  const name = /"([^"]+)"/.exec(said)?.[1];
  if (name === undefined) return undefined;
  const at = sql.toLowerCase().indexOf(name.toLowerCase());
  if (at === -1 || sql.toLowerCase().includes(name.toLowerCase(), at + 1)) return undefined;
  const before = sql.slice(0, at).split("\n");
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

/** The nearest paths to a column or a field that is not there; else what DuckDB itself proposes. */
function suggestion(rest: string, paths: readonly string[]): string {
  const missing =
    /Referenced (?:column|table) "([^"]+)" not found/.exec(rest)?.[1] ??
    /Could not find key "([^"]+)" in struct/.exec(rest)?.[1] ??
    /does not have a column named "([^"]+)"/.exec(rest)?.[1];
  if (missing !== undefined) {
    const near = nearestPaths(missing, paths);
    if (near.length > 0) return ` Did you mean ${near.join(", or ")}?`;
    if (paths.length > 0) return ` There are ${paths.slice(0, SUGGESTIONS).join(", ")} and others.`;
  }
  const proposed = /Did you mean "([^"]+)"/.exec(rest)?.[1];
  if (/Table with name/.test(rest)) return " The table is facts.";
  return proposed === undefined ? "" : ` Did you mean ${proposed}?`;
}

/** Of `list[1]."x.y"` it is `x.y`. */
function lastName(path: string): string {
  const [name = path] = /(?:"(?:[^"]|"")*"|[^."]+)$/.exec(path) ?? [];
  return name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name;
}

/** By the last name of a path, which people remember best, or by all of it. */
export function nearestPaths(written: string, paths: readonly string[]): string[] {
  const wanted = written.toLowerCase();
  return paths
    .map((path) => {
      const text = path.toLowerCase();
      const last = lastName(text);
      return { path, far: Math.min(distance(wanted, text), distance(wanted, last) + 0.5) };
    })
    .filter(({ far }) => far <= Math.max(2.5, wanted.length / 3))
    .toSorted((a, b) => a.far - b.far || a.path.length - b.path.length)
    .slice(0, SUGGESTIONS)
    .map(({ path }) => path);
}
