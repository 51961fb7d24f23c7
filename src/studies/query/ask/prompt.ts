/** A prompt for SQL: several lines until a semicolon, history, completion of paths. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { firstLine } from "../../../core/errors.js";
import type { Engine } from "../../../query/engine.js";
import { nearestPaths } from "../../../query/problem.js";
import type { Format } from "../report/forms.js";
import { completions } from "./complete.js";
import { printResult } from "./print.js";

const HISTORY_LINES = 1_000;
const HELP =
  "SQL over the table facts, ended by ; or an empty line. Tab completes paths.\n" +
  ".paths [WORD] shows what facts have, .format NAME how rows are printed, .quit (Ctrl-D) ends.\n";

export interface PromptPlace {
  readonly input: Readable;
  readonly output: Writable;
  /** Where lines are kept for the next time; nowhere without it. */
  readonly historyFile?: string | undefined;
}

type RowFormat = Exclude<Format, "parquet">;

/** Asks for SQL and answers it until its reader leaves. */
export async function prompt(
  engine: Pick<Engine, "ask" | "paths" | "interrupt">,
  firstFormat: RowFormat,
  place: PromptPlace = {
    input: process.stdin,
    output: process.stdout,
    historyFile: usualHistoryFile(),
  },
): Promise<void> {
  const { input, output, historyFile } = place;
  let format = firstFormat;
  let buffered = "";
  let isRunning = false;
  let history = historyIn(historyFile);
  const lines = createInterface({
    ...{ input, output, terminal: true, history, historySize: HISTORY_LINES },
    removeHistoryDuplicates: true,
    completer: (line: string) => completions(line, engine.paths),
  });
  lines.on("history", (all: string[]) => (history = all));
  const ask = () => {
    lines.setPrompt(buffered === "" ? "facts> " : "   ... ");
    lines.prompt();
  };
  lines.on("SIGINT", () => {
    if (isRunning) {
      engine.interrupt();
      return;
    }
    buffered = "";
    output.write("\n");
    ask();
  });
  output.write(HELP);
  ask();
  for await (const line of lines) {
    const text = line.trim();
    if (buffered === "" && text.startsWith(".")) {
      const [name = "", word = ""] = text.split(/\s+/);
      if (name === ".quit" || name === ".exit") break;
      if (name === ".format" && isRowFormat(word)) format = word;
      else output.write(name === ".paths" ? pathsText(engine.paths, word) : HELP);
      ask();
      continue;
    }
    if (text !== "") buffered += `${line}\n`;
    if (buffered !== "" && (text === "" || text.endsWith(";"))) {
      const sql = buffered;
      buffered = "";
      isRunning = true;
      await answer(engine, sql, format, output);
      isRunning = false;
    }
    ask();
  }
  lines.close();
  keepHistory(historyFile, history);
}

async function answer(
  engine: Pick<Engine, "ask">,
  sql: string,
  format: RowFormat,
  output: Writable,
): Promise<void> {
  const startedAt = performance.now();
  try {
    for await (const result of engine.ask(sql)) {
      if (!result.hasRows) continue;
      const { rows, isCut } = await printResult(result, format, (text) => void output.write(text));
      const seconds = ((performance.now() - startedAt) / 1000).toFixed(2);
      output.write(
        `(${rows} ${rows === 1 ? "row" : "rows"}, ${seconds} s${isCut ? ", more there are" : ""})\n`,
      );
    }
  } catch (error) {
    output.write(`${firstLine(error)}\n`);
  }
}

function isRowFormat(word: string): word is RowFormat {
  return ["table", "csv", "ndjson", "markdown"].includes(word);
}

function pathsText(paths: readonly string[], word: string): string {
  const part = word.toLowerCase();
  const found = paths.filter((path) => path.toLowerCase().includes(part));
  const shown = found.length > 0 ? found : nearestPaths(word, paths);
  return `${shown.join("\n")}\n`;
}

function usualHistoryFile(): string {
  const state = process.env["XDG_STATE_HOME"] ?? join(homedir(), ".local", "state");
  return join(state, "hellfact", "query-history");
}

/** The latest line first, as `node:readline` has it. */
function historyIn(path: string | undefined): string[] {
  if (path === undefined || !existsSync(path)) return [];
  try {
    return readFileSync(path, "utf8").split("\n").filter(Boolean).toReversed();
  } catch {
    return [];
  }
}

/** A history that cannot be kept is no reason to complain. */
function keepHistory(path: string | undefined, history: readonly string[]): void {
  if (path === undefined) return;
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(
      path,
      history
        .toReversed()
        .map((line) => `${line}\n`)
        .join(""),
      { mode: 0o600 },
    );
  } catch {
    // the next prompt begins without
  }
}
