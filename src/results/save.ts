import { existsSync, mkdirSync, renameSync, statSync } from "node:fs";
import { join } from "node:path";
import { DiskFullError, InputError } from "../core/errors.js";
import { writeWhole, writingProblem } from "../sinks/file.js";
import type { Envelope } from "./document-type.js";
import { makeFolder } from "../sinks/folder.js";

const RESULTS_FILE = "results.json";
/** The latest document of whatever kind. */
const LATEST_FILE = "latest.json";

/** Makes a folder for results under `out`, named by its time; returns its path. */
export function makeRunFolder(out: string, startedAt: Date): string {
  const stamp = startedAt.toISOString().slice(0, 19).replaceAll(":", "-");
  try {
    makeFolder(out);
    for (let copy = 1; ; copy++) {
      const folder = join(out, copy === 1 ? stamp : `${stamp}-${copy}`);
      if (isMadeHere(folder)) return folder;
    }
  } catch (error) {
    const problem = writingProblem(out, error);
    throw problem instanceof DiskFullError ? problem : new InputError(problem.message);
  }
}

/** Makes a folder; false where there is one already, perhaps since this moment. */
function isMadeHere(folder: string): boolean {
  try {
    mkdirSync(folder);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

/** Keeps a document of any kind: in its folder, and under `out` as the latest. Each appears only whole. */
export function saveDocument(out: string, folder: string, document: Envelope): void {
  const bytes = Buffer.from(`${JSON.stringify(document, null, 1)}\n`);
  mkdirSync(out, { recursive: true });
  writeWhole(join(folder, RESULTS_FILE), bytes, "close");
  for (const name of [LATEST_FILE, latestOf(document.kind)]) {
    // Another process may write the same file: each begins one of its own.
    const own = join(out, `${name}.${process.pid}`);
    writeWhole(own, bytes, "close");
    renameSync(own, join(out, name));
  }
}

/**
 * The latest document under `out` of one of these kinds, or of any where none is named; where there
 * is none, the path at which it would be.
 */
export function latestDocument(out: string, ...kinds: readonly string[]): string {
  const savedAt = (path: string) => statSync(path, { throwIfNoEntry: false })?.mtimeMs;
  const [newest] = kinds
    .map((kind) => join(out, latestOf(kind)))
    .filter((path) => existsSync(path))
    .toSorted((a, b) => (savedAt(b) ?? 0) - (savedAt(a) ?? 0));
  return newest ?? join(out, LATEST_FILE);
}

function latestOf(kind: string): string {
  return `latest.${kind}.json`;
}
