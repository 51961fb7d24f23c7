import { InputError } from "../../core/errors.js";
import { Coordinator, type RunOptions, type RunOutcome } from "./coordinator.js";
import { clearUncounted, lockFolder } from "./folder.js";
import { hasManifest, ManifestWriter, readManifest } from "./manifest.js";
import type { PartEntry } from "./plan.js";

/**
 * Runs workers over the ranges of a plan until all are done or time is up. A part counts when it is
 * in the manifest, and it gets there only whole.
 *
 * Rejects with a `DiskFullError`, an `InputError`, or a `HellfactError` that names the range that
 * could not be made; the manifest is true, and nothing unfinished is left.
 */
export async function runPipeline(options: RunOptions): Promise<RunOutcome> {
  const { plan } = options;
  const { folder } = plan;
  if (folder === null) return new Coordinator(options, undefined).run();
  const unlock = lockFolder(folder);
  try {
    checkStillSo(folder, options.done);
    clearUncounted(folder, options.done);
    const manifest = new ManifestWriter(folder, plan);
    const coordinator = new Coordinator(options, manifest);
    try {
      return await coordinator.run();
    } finally {
      clearUncounted(folder, [...options.done, ...coordinator.parts]);
      manifest.close();
    }
  } finally {
    unlock();
  }
}

/** Another process may have gone on with the run before this one had the lock. */
function checkStillSo(folder: string, done: readonly PartEntry[]): void {
  const parts = hasManifest(folder) ? readManifest(folder).parts : [];
  if (parts.length !== done.length) {
    throw new InputError(`${folder}: another process went on with this run. Look, and try again.`);
  }
}
