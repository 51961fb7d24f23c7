import { mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { DiskFullError, InputError } from "../core/errors.js";
import { writeWhole, writingProblem } from "../sinks/file.js";
import { makeFolder } from "../sinks/folder.js";
import type { ResultDocument } from "./document.js";
import type { GateDocument } from "./gate-document.js";
import type { RunDocument } from "./run-document.js";

export const RESULTS_FILE = "results.json";
export const LATEST_FILE = "latest.json";

/** Makes a folder for a run under `out`, named by its time; returns its path. */
export function makeRunFolder(out: string, startedAt: Date): string {
  const stamp = startedAt.toISOString().slice(0, 19).replaceAll(":", "-");
  try {
    makeFolder(out);
    const taken = new Set(readdirSync(out));
    let name = stamp;
    for (let copy = 2; taken.has(name); copy++) name = `${stamp}-${copy}`;
    const folder = join(out, name);
    mkdirSync(folder);
    return folder;
  } catch (error) {
    const problem = writingProblem(out, error);
    throw problem instanceof DiskFullError ? problem : new InputError(problem.message);
  }
}

/** Writes a comparison's document into its folder and as the latest of all; each appears only whole. */
export function saveResults(out: string, runFolder: string, document: ResultDocument): void {
  for (const path of [join(runFolder, RESULTS_FILE), join(out, LATEST_FILE)]) save(path, document);
}

/** Writes the document of a run of the pipeline, or of a gate, into its folder; it appears only whole. */
export function saveRun(runFolder: string, document: RunDocument | GateDocument): void {
  save(join(runFolder, RESULTS_FILE), document);
}

function save(path: string, document: ResultDocument | RunDocument | GateDocument): void {
  writeWhole(path, Buffer.from(`${JSON.stringify(document, null, 1)}\n`), "close");
}
