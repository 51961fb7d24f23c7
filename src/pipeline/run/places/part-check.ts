/** Looks at the parts of a run, wherever they are, and reads them back where that is asked. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { HellfactError } from "../../../core/errors.js";
import { problemOfFiles } from "../folder.js";
import type { OwnFiles } from "../own-files.js";
import { PartReader } from "./part-reader.js";
import type { RunPlace } from "./run-place.js";
import type { PartEntry, RunPlan } from "../plan.js";

export interface CheckOptions {
  readonly folder: string;
  readonly plan: RunPlan;
  readonly own: OwnFiles;
  /** Where parts are, if not in the folder. */
  readonly place: RunPlace | undefined;
  /** Whether every fact is read, or files are only looked at. */
  readonly reads: boolean;
}

/** What says of a part what is wrong with it, or `undefined`. */
type PartCheck = (part: PartEntry) => Promise<string | undefined>;

export async function checkParts(options: CheckOptions): Promise<PartCheck> {
  const { folder, plan, own, place, reads } = options;
  if (place === undefined) {
    const reader = reads ? await PartReader.open(folder, plan, own) : undefined;
    return async (part) => reader?.problemOf(part) ?? problemOfFiles(folder, part);
  }
  return async (part) => {
    const problem = await place.problemOf(part);
    if (problem !== undefined || !reads || place.fetch === undefined) return problem;
    return problemOfFetched(part, plan, own, place.address, place.fetch);
  };
}

/** Reads a part back that is somewhere else: by way of a folder that is gone afterwards. */
async function problemOfFetched(
  part: PartEntry,
  plan: RunPlan,
  own: OwnFiles,
  address: string,
  fetch: NonNullable<RunPlace["fetch"]>,
): Promise<string | undefined> {
  const folder = mkdtempSync(join(tmpdir(), "hellfact-verify-"));
  try {
    await fetch(part, folder);
    const reader = await PartReader.open(folder, plan, own);
    return reader.problemOf(part)?.replaceAll(folder, address);
  } catch (error) {
    if (error instanceof HellfactError) return error.message;
    throw error;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
