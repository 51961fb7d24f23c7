/** Ratios against pinned releases over time: one line of JSON for each cell of each gate. */
import { appendFileSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { Compile, Type, type Static } from "../../core/typebox.js";
import { InputError } from "../../core/errors.js";
import { writingProblem } from "../../sinks/file.js";
import { object } from "../../results/schema.js";

const entrySchema = object({
  at: Type.String(),
  /** What was measured: a commit, a version, or the candidate as it was named. */
  label: Type.String(),
  /** The pinned release that everything is measured against. */
  pinned: Type.String(),
  cell: Type.String(),
  cpuModel: Type.String(),
  node: Type.String(),
  /** Time over the pinned release's time: 1.05 is 5 % slower. */
  ratio: Type.Number({ exclusiveMinimum: 0 }),
});

export type HistoryEntry = Static<typeof entrySchema>;

/** Adds entries at the end of a history's file, which is made if there is none. */
export function addToHistory(path: string, entries: readonly HistoryEntry[]): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    appendFileSync(path, entries.map((entry) => `${JSON.stringify(entry)}\n`).join(""));
  } catch (error) {
    throw writingProblem(path, error);
  }
}

/** Throws an `InputError` naming the line that is wrong. */
export function loadHistory(path: string): HistoryEntry[] {
  if (!existsSync(path)) {
    throw new InputError(`${path}: there is no such file. hellfact history add makes it.`);
  }
  return readFileSync(path, "utf8")
    .split("\n")
    .flatMap((line, index) => (line === "" ? [] : [entryOf(line, `${path} line ${index + 1}`)]));
}

function entryOf(line: string, where: string): HistoryEntry {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw new InputError(`${where} is not JSON. Take the line out, or mend it.`);
  }
  const [problem] = Compile(entrySchema).Errors(value)[1];
  if (problem !== undefined) {
    throw new InputError(`${where}: ${problem.instancePath.slice(1)} ${problem.message}.`);
  }
  return value as HistoryEntry;
}
