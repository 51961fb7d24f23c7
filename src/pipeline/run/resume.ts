import { join } from "node:path";
import { firstLine, InputError } from "../../core/errors.js";
import { loadCompressor } from "../../plugins/load-compressor.js";
import { hasFile, takeAway } from "./folder.js";
import { readManifest } from "./manifest.js";
import { ownFiles } from "./own-files.js";
import { otherPlugins, type OwnPlugins } from "./own-plugins.js";
import { checkParts } from "./places/part-check.js";
import type { RunPlace } from "./places/run-place.js";
import type { PartEntry, Run, RunPlan } from "./plan.js";
import { remakeSidecar } from "./prepare.js";

export interface ResumeOptions {
  /** The user's own codec and compressor that the run was begun with, if it was. */
  readonly own?: OwnPlugins;
  /** Whether every part is read back, and not only looked at. */
  readonly check: boolean;
  /** Where the parts are, if not in the folder. */
  readonly place?: RunPlace | undefined;
}

/** What there is to do to make a run whole. */
export interface Resumable extends Omit<Run, "workers" | "conditions"> {
  /** What is missing or damaged, a line for each part. */
  readonly problems: readonly string[];
  /** Whether nothing is to be done. */
  readonly isComplete: boolean;
}

/**
 * Looks what of a run is there, whole, and what is still to be made: parts that never were, and those
 * that are missing or damaged.
 *
 * Rejects with an `InputError` if the folder holds no run, or it takes a codec or a compressor that is not given.
 */
export async function findWork(
  folder: string,
  { own = {}, check, place }: ResumeOptions,
): Promise<Resumable> {
  const { plan, parts, lost, ended, seconds } = readManifest(folder);
  const other = otherPlugins(folder, plan, own);
  if (other !== undefined) throw new InputError(`${other} Parts would not fit together.`);
  const problems: string[] = [];
  if (plan.sidecar !== null && !hasFile(folder, plan.sidecar)) {
    problems.push(`${join(folder, plan.sidecar)}: missing, which parts are read with.`);
    takeAway(folder, plan.sidecar);
    await remakeSidecar({ ...plan, folder }, own);
  }
  const problemOf = await checkParts({ folder, plan, own, place, reads: check });
  const done: PartEntry[] = [];
  const damaged: PartEntry[] = [];
  for (const part of parts) {
    const problem = await problemOf(part);
    if (problem === undefined) done.push(part);
    else {
      damaged.push(part);
      problems.push(problem);
    }
  }
  const isComplete = ended !== null && lost.length === 0 && damaged.length === 0;
  if (!isComplete) await checkEngine(folder, plan);
  const ranges = [...lost, ...damaged.map(({ from, to }) => ({ from, to }))];
  return {
    plan: { ...plan, folder },
    own: ownFiles(own),
    secondsBefore: seconds,
    repair: ended === null ? null : { ranges: ranges.toSorted((a, b) => a.from - b.from), ended },
    ...{ isComplete, done, damaged, problems },
  };
}

/** Rejects with an `InputError` if what compressed the parts that are there cannot be had here. */
async function checkEngine(folder: string, plan: RunPlan): Promise<void> {
  const { compressor: text, compressorEngine: engine } = plan;
  // A user's own is not loaded into this process: the first worker says it.
  if (engine === undefined || plan.compressorSha256 !== undefined) return;
  const { compressor, options } = await loadCompressor(text);
  try {
    await compressor.open({ ...options, engine });
  } catch (error) {
    throw new InputError(
      `${folder}: its parts were compressed by ${engine}, and anything else makes other bytes: ${firstLine(error)}.`,
    );
  }
}
