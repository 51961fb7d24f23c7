import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { InputError } from "../../core/errors.js";
import { PartAccounting } from "./accounting.js";
import { Coordinator } from "./coordinator.js";
import { clearUncounted } from "./folder.js";
import { lockFolder } from "./lock.js";
import { hasManifest, ManifestWriter, readManifest } from "./manifest.js";
import type { RunHooks, RunOutcome } from "./outcome.js";
import type { PartEntry, Run } from "./plan.js";

/**
 * Runs workers over the ranges of a plan until all are done or time is up. A part counts when it is
 * in the manifest, and it gets there only whole.
 *
 * Rejects with a `DiskFullError`, an `InputError`, or a `HellfactError` that names the range that
 * could not be made; the manifest is true, and nothing unfinished is left.
 */
export async function runPipeline(run: Run, hooks: RunHooks): Promise<RunOutcome> {
  const { folder } = run.plan;
  if (folder === null) {
    return work(run, new PartAccounting(run, undefined), hooks, undefined);
  }
  const unlock = lockFolder(folder);
  try {
    checkStillSo(folder, [...run.done, ...run.damaged]);
    const manifest = new ManifestWriter(folder, run.plan);
    for (const part of run.damaged) manifest.lose(part);
    clearUncounted(folder, run.done);
    const accounting = new PartAccounting(run, manifest);
    try {
      return await work(run, accounting, hooks, folder);
    } finally {
      clearUncounted(folder, [...run.done, ...accounting.parts]);
      manifest.close();
    }
  } finally {
    unlock();
  }
}

/** @param folder where parts go, and what workers need meanwhile */
async function work(
  run: Run,
  accounting: PartAccounting,
  hooks: RunHooks,
  folder: string | undefined,
): Promise<RunOutcome> {
  if (folder !== undefined || run.plan.source.kind !== "pipe") {
    return new Coordinator(run, accounting, hooks, folder ?? "").work();
  }
  const own = mkdtempSync(join(tmpdir(), "hellfact-run-"));
  try {
    return await new Coordinator(run, accounting, hooks, own).work();
  } finally {
    rmSync(own, { recursive: true, force: true });
  }
}

/** Another process may have gone on with the run before this one had the lock. */
function checkStillSo(folder: string, done: readonly PartEntry[]): void {
  const parts = hasManifest(folder) ? readManifest(folder).parts : [];
  if (parts.length !== done.length) {
    throw new InputError(`${folder}: another process went on with this run. Look, and try again.`);
  }
}
