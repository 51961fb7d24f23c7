/** Where the outputs of a queue are, and what none of them may replace. */
import { realpathSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import type { Places } from "./model/outputs.js";

/** What is in the folder where it is kept what is done. */
export const STATE_FILES = {
  journal: "journal.ndjson",
  logs: "logs",
  inHands: "in-hands",
  lock: "run.lock",
};

/**
 * @param directory where jobs run @param file of jobs, if there is one
 * @param state where it is kept what is done, if that has a place @param out the folder of results
 */
export function placesOf(
  directory: string,
  file: string | undefined,
  state: string | undefined,
  out: string,
): Places {
  const real = realPaths();
  // What is last is replaced itself, also where it is a link.
  const placeOf = (path: string) => join(real(dirname(path)), basename(path));
  const kept = new Map<string, string>();
  const keep = (path: string, what: string) => {
    for (const one of [placeOf(resolve(path)), real(resolve(path))]) kept.set(one, what);
  };
  // Of what is within something else, that is told.
  keep(directory, "the queue's folder");
  if (file !== undefined) keep(file, "the file of jobs");
  if (state !== undefined) {
    for (const name of [".", ...Object.values(STATE_FILES)]) {
      keep(join(state, name), "what the queue keeps of itself");
    }
  }
  keep(out, "the folder of results (--out)");
  return { resolve: (output) => placeOf(resolve(directory, output)), kept };
}

/** Folders with no symbolic link in their paths. */
function realPaths(): (folder: string) => string {
  const known = new Map<string, string>();
  const real = (folder: string): string => {
    const before = known.get(folder);
    if (before !== undefined) return before;
    let found: string;
    try {
      found = realpathSync(folder);
    } catch {
      // What is not there yet will be a folder within one that is.
      found = dirname(folder) === folder ? folder : join(real(dirname(folder)), basename(folder));
    }
    known.set(folder, found);
    return found;
  };
  return real;
}
