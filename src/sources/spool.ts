import { closeSync, mkdtempSync, openSync, rmSync, truncateSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { InputError } from "../core/errors.js";
import type { Fact } from "../core/fact.js";
import { fileBytes } from "./file-bytes.js";
import { NEWLINE } from "./lines.js";

/** How much of a stream is kept. */
export interface SpoolLimit {
  readonly bytes: number;
  /** Facts that are enough, if there is one on each line; all that `bytes` allow without it. */
  readonly facts?: number | undefined;
}

/**
 * Copies standard input, unzipped, to a temporary file that goes away with this process, so that it can
 * be read more than once; no more of it than the limit says. Returns the file's path.
 *
 * Rejects with an `InputError` if it is one document that is larger than the limit.
 */
export async function spoolStandardInput({ bytes: most, facts = Infinity }: SpoolLimit) {
  const path = join(temporaryFolder(), "input");
  const descriptor = openSync(path, "w");
  let size = 0;
  let lines = 0;
  let lastNewline = -1;
  let isLines: boolean | undefined;
  let head = "";
  try {
    for await (const bytes of fileBytes("-", { hasFacts: () => head.trim() !== "" })) {
      writeSync(descriptor, bytes);
      for (let at = bytes.indexOf(NEWLINE); at !== -1; at = bytes.indexOf(NEWLINE, at + 1)) {
        lines += 1;
        lastNewline = size + at;
      }
      if (isLines === undefined) head += bytes.toString("utf8");
      if (isLines === undefined && lines > 0) isLines = isObject(head.split("\n", 1)[0] ?? "");
      size += bytes.length;
      if (isLines === true && lines >= facts) break;
      if (size >= most) break;
    }
  } finally {
    closeSync(descriptor);
  }
  if (size < most && !(isLines === true && lines >= facts)) return path;
  if (isLines !== true) {
    throw new InputError(
      `standard input: more than ${Math.round(most / 1e6)} MB that are not one object a line. Give NDJSON, or a file.`,
    );
  }
  truncateSync(path, lastNewline + 1);
  return path;
}

/** Facts as NDJSON in a temporary file that goes away with this process. Returns its path. */
export function spoolFacts(facts: Iterable<Fact>): string {
  const path = join(temporaryFolder(), "facts.ndjson");
  const descriptor = openSync(path, "w");
  try {
    for (const fact of facts) writeSync(descriptor, `${JSON.stringify(fact)}\n`);
  } finally {
    closeSync(descriptor);
  }
  return path;
}

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "hellfact-input-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function isObject(line: string): boolean {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null;
  } catch {
    return false;
  }
}
