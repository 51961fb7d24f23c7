import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { InputError } from "../../core/errors.js";
import { PartAccounting } from "./accounting.js";
import { loadPlugin } from "../../plugins/catalog.js";
import { coordinateCluster, type ClusterOptions } from "./cluster/coordinate.js";
import { shareOf } from "./conditions.js";
import { Coordinator, RANGE_STAGE, type RangeDispatcher } from "./coordinator.js";
import { Crew } from "./crew/crew.js";
import type { MadePart, WorkerNews } from "./crew/made-part.js";
import { clearStaging, stagingIn } from "./cluster/staging.js";
import { clearUncounted } from "./folder.js";
import { lockFolder } from "./lock.js";
import { hasManifest, ManifestWriter, readManifest } from "./manifest.js";
import type { WorkRange } from "./messages.js";
import type { RunHooks, RunOutcome } from "./outcome.js";
import { isPiped } from "./pipe/pipe.js";
import type { RunPlace } from "./places/run-place.js";
import type { PartEntry, Run } from "./plan.js";

/** What is put aside of an input for each worker: what it works on, and what it goes on with. */
const SEGMENTS_FOR_WORKER = 2;

/**
 * Runs workers over the ranges of a plan until all are done or time is up. A part counts when it is
 * in the manifest, and it gets there only whole.
 *
 * @param place where parts go, if they do not stay in the run's folder
 * @param cluster where workers are, if they are not this machine's
 *
 * Rejects with a `DiskFullError`, an `InputError`, or a `HellfactError` that names the range that
 * could not be made; the manifest is true, and nothing unfinished is left.
 */
export async function runPipeline(
  run: Run,
  hooks: RunHooks,
  place?: RunPlace,
  cluster?: ClusterOptions,
): Promise<RunOutcome> {
  const { folder } = run.plan;
  if (folder === null) return nowhere(run, hooks);
  const unlock = lockFolder(folder);
  try {
    checkStillSo(folder, [...run.done, ...run.damaged]);
    const goesOn = hasManifest(folder);
    const manifest = new ManifestWriter(folder, run.plan);
    await place?.begin(folder, goesOn);
    for (const part of run.damaged) await place?.remove(part);
    for (const part of run.damaged) manifest.lose(part);
    clearUncounted(folder, run.done);
    const accounting = new PartAccounting(run, manifest);
    const counted = () => [...run.done, ...accounting.parts];
    try {
      const outcome = await (cluster === undefined
        ? work(run, accounting, hooks, folder, place)
        : coordinateCluster(run, folder, accounting, hooks, place, cluster));
      await place?.keep(folder, outcome.ended === null ? undefined : counted());
      return outcome;
    } finally {
      clearUncounted(folder, counted());
      manifest.close();
    }
  } finally {
    unlock();
  }
}

/** Parts go nowhere; an input that has one reader is put aside in a folder of its own. */
async function nowhere(run: Run, hooks: RunHooks): Promise<RunOutcome> {
  const accounting = new PartAccounting(run, undefined);
  if (!isPiped(run.plan.source)) return work(run, accounting, hooks, "");
  const own = mkdtempSync(join(tmpdir(), "hellfact-run-"));
  try {
    return await work(run, accounting, hooks, own);
  } finally {
    rmSync(own, { recursive: true, force: true });
  }
}

/**
 * The workers are processes of this machine.
 * @param folder where parts go, and what workers need meanwhile
 */
async function work(
  run: Run,
  accounting: PartAccounting,
  hooks: RunHooks,
  folder: string,
  place?: RunPlace,
): Promise<RunOutcome> {
  const { plan, own, workers } = run;
  const transport = await (await loadPlugin("transports", "local")).open("local", {});
  const id = "run";
  const dispatcher: RangeDispatcher = await transport.dispatcher({
    ...{ id, about: null, leaseSeconds: Infinity, retries: false },
    stages: [{ name: RANGE_STAGE, permits: null }],
  });
  const receiver = await transport.receiver<WorkRange, MadePart, WorkerNews>(id, "");
  if (receiver === undefined) throw new Error("the queue is in this process");
  const conditions = shareOf(run.conditions, workers);
  const crew = new Crew(
    {
      plan,
      own,
      workers,
      conditions,
      name: "",
      ...(place !== undefined && { staging: stagingIn(folder, place) }),
      onFatal: (error) => coordinator.onFatal(error),
    },
    receiver,
  );
  const coordinator = new Coordinator(run, accounting, hooks, dispatcher, {
    rounds: crew.rounds,
    place: ({ part }) => part,
    failsAtOnce: true,
    folder,
    mostSegments: SEGMENTS_FOR_WORKER * workers + 1,
    begin: () => crew.start(),
    end: () => crew.stop(),
  });
  try {
    return await coordinator.work();
  } finally {
    if (place !== undefined) clearStaging(folder);
  }
}

/** Another process may have gone on with the run before this one had the lock. */
function checkStillSo(folder: string, done: readonly PartEntry[]): void {
  const parts = hasManifest(folder) ? readManifest(folder).parts : [];
  if (parts.length !== done.length) {
    throw new InputError(`${folder}: another process went on with this run. Look, and try again.`);
  }
}
