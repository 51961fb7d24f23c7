import { closeSync, fdatasyncSync, lstatSync, openSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { InputError } from "../../../core/errors.js";
import type { MadePart } from "../crew/made-part.js";
import { manifestLine } from "../manifest-lines.js";
import type { RunPlace } from "../places/run-place.js";
import type { MadeRange, PartEntry, RunPlan } from "../plan.js";
import { STAGING } from "./staging.js";

const STAGED = new RegExp(`^\\${STAGING}/[A-Za-z0-9_-]+$`);

/**
 * Puts the files of a part that counts in place: renamed, and the names durable as the plan says. Only the
 * coordinator does that, so that no worker can put anything there that the manifest does not have.
 *
 * @returns `undefined` where the files are gone, or are not whole. Throws where what is said of them cannot be
 */
export function placeStaged(plan: RunPlan, folder: string, made: MadePart): MadeRange | undefined {
  const { part, staging } = Object(made) as MadePart;
  if (typeof staging !== "string" || !STAGED.test(staging)) {
    throw new InputError(`a worker says that its part is in ${staging}, where none may be.`);
  }
  manifestLine({ part, atSeconds: 0 }, "what a worker says of its part");
  if (part.file === null) return part;
  const from = join(folder, staging);
  const found = lstatSync(join(from, part.file), { throwIfNoEntry: false });
  if (found?.size !== part.storedBytes) return undefined;
  const beside = [part.sidecar, part.rejects].filter(
    (name) => name !== null && name !== plan.sidecar,
  );
  try {
    for (const name of [...beside, part.file]) {
      if (name !== null) renameSync(join(from, name), join(folder, name));
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
  if (plan.sync !== "none") syncFolder(folder);
  rmSync(from, { recursive: true, force: true });
  return part;
}

/** Makes new names in a folder durable. */
function syncFolder(folder: string): void {
  const descriptor = openSync(folder, "r");
  try {
    fdatasyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** The part that a worker says is in its place, checked; `undefined` where it is not there, or is not whole. */
export async function placeDelivered(
  place: RunPlace,
  { part }: MadePart,
): Promise<MadeRange | undefined> {
  if (Object(part).file === null) return part;
  manifestLine({ part, atSeconds: 0 }, "what a worker says of its part");
  return (await place.problemOf(part as PartEntry)) === undefined ? part : undefined;
}
