/**
 * Any jobs, in stages with permits.
 *
 * A file (or lines of standard input) says what is to be done (`model/jobs-file.ts`, `model/plan-of.ts`); the schedule
 * (`model/schedule.ts`) says which job may begin, and holds the permits; the coordinator (`coordinate.ts`) hands
 * jobs out over a transport, puts what they made in place, and keeps a journal of what is done. On one machine the
 * transport is within this process, and jobs are its children; over a cluster, `hellfact work` does them.
 */
import { existsSync, readdirSync, rmSync } from "node:fs";
import { hostname } from "node:os";
import { join, relative } from "node:path";
import { setTimeout } from "node:timers/promises";
import type { Command } from "commander";
import { InputError } from "../../core/errors.js";
import { jsonText } from "../../core/foreign-text.js";
import { FolderTakenError, lockFolder } from "../../pipeline/run/lock.js";
import { loadPlugin } from "../../plugins/catalog.js";
import { makeRunFolder, saveDocument } from "../../results/save.js";
import { makeFolder } from "../../sinks/folder.js";
import { openCluster } from "../../terminal/cluster-options.js";
import { listenForInterruption } from "../../terminal/interruption.js";
import { refuseTyped } from "../../terminal/refuse-typed.js";
import { say, sayPlainly } from "../../terminal/say.js";
import { colorsOn, INTERRUPTED } from "../../terminal/terminal.js";
import { refuseInHands } from "./cluster.js";
import type { QueueDocument } from "./document.js";
import { Journal } from "./journal.js";
import { addQueueOptions, type QueueOptions } from "./options.js";
import { startQueueProgress, type QueueProgress } from "./progress.js";
import { STATE_FILES } from "./places.js";
import { queueText } from "./report/text.js";
import { Session } from "./session.js";
import { setPermits } from "./set-permits.js";
import { openSource } from "./source.js";

const LOOK_MILLISECONDS = 50;
const OF_CLUSTER = ["lease", "replicas", "creds", "tlsCa", "tlsCert", "tlsKey"];
/** Within one process no lease runs out. */
const LOCAL_LEASE_SECONDS = 1e6;

export function configure(command: Command): Command {
  return addQueueOptions(command).action(queue);
}

async function queue(
  file: string | undefined,
  options: QueueOptions,
  command: Command,
): Promise<void> {
  if (options.cluster === undefined) {
    refuseTyped(command, OF_CLUSTER, "is for --cluster: leave it out, or give that.");
  }
  if (options.set !== undefined) {
    if (file === undefined) throw new InputError("--set changes a file of jobs: name it.");
    setPermits(file, options.set);
    return;
  }
  if (options.lease < 1) throw new InputError("--lease takes at least 1s.");
  const source = openSource(file, options);
  const createdAt = new Date();
  const state = options.state ?? source.state ?? makeRunFolder(options.out, createdAt);
  makeFolder(state);
  const unlock = await lockWithin(state, options.wait);
  if (unlock === undefined) return;
  const journalPath = join(state, STATE_FILES.journal);
  let progress: QueueProgress | undefined;
  const { cluster } = options;
  const transport =
    cluster === undefined
      ? await (await loadPlugin("transports", "local")).open("local", {})
      : await openCluster(cluster, options).catch((error: unknown) => {
          unlock();
          throw error;
        });
  try {
    if (cluster === undefined) refuseInHands(state);
    if (options.fresh) rmSync(journalPath, { force: true });
    const journal = new Journal(journalPath);
    const session = new Session({
      ...{ source, journal, state, transport, createdAt },
      ...{ worksHere: cluster === undefined, replicas: options.replicas },
      leaseSeconds: cluster === undefined ? LOCAL_LEASE_SECONDS : options.lease,
      ...{ idleSeconds: options.idle ?? 0 },
      tell: (text) => (progress === undefined ? say(text) : progress.tell(text)),
    });
    if (session.schedule.isOver && options.idle === undefined) {
      journal.close();
      if (process.stderr.isTTY && !options.quiet)
        say("there is nothing to do (--fresh does all again).");
      return;
    }
    const interruption = listenForInterruption();
    progress = startQueueProgress(() => session.state(), options.quiet);
    try {
      await session.work(interruption.signal);
    } finally {
      progress.stop();
      progress = undefined;
      journal.close();
    }
    const isOwn = (options.state ?? source.state) !== undefined;
    const folder = isOwn ? makeRunFolder(options.out, createdAt) : state;
    const document = session.document(interruption.signal.aborted);
    await finish(document, state, folder, source.refused, options);
  } finally {
    await transport.close();
    unlock();
  }
}

/**
 * Takes the queue for this process; `undefined` where another one has it for longer than is waited. Rejects with an
 * `InputError` where that may be one of another machine that was killed.
 */
async function lockWithin(state: string, seconds: number): Promise<(() => void) | undefined> {
  const until = performance.now() + seconds * 1000;
  for (;;) {
    try {
      return lockFolder(state, hostname());
    } catch (error) {
      if (!(error instanceof FolderTakenError)) throw error;
      if (performance.now() >= until) {
        if (error.isElsewhere) throw error;
        return undefined;
      }
    }
    await setTimeout(LOOK_MILLISECONDS);
  }
}

/** @param folder for results @param refused lines that were wrong */
async function finish(
  document: QueueDocument,
  state: string,
  folder: string,
  refused: number,
  options: QueueOptions,
): Promise<void> {
  saveDocument(options.out, folder, document);
  const { savePage } = await import("../../terminal/page.js");
  const { queuePage } = await import("./page.js");
  savePage(folder, document, queuePage);
  if (options.json) process.stdout.write(`${jsonText(document)}\n`);
  else if (!options.quiet) {
    process.stdout.write(queueText(document, { colors: colorsOn(process.stdout) }));
  }
  if (!options.quiet) sayPlainly(` ${folder}   results.json, and report.html with what ran when\n`);
  const failed = document.stages.reduce((sum, stage) => sum + stage.failed, 0);
  if (document.interrupted) process.exitCode = INTERRUPTED;
  else if (failed > 0) {
    const logs = join(state, STATE_FILES.logs);
    const where = hasFiles(logs) ? ` What they said is in ${relative("", logs)}.` : "";
    say(`${failed} ${failed === 1 ? "job" : "jobs"} failed.${where}`);
    process.exitCode = 1;
  } else if (refused > 0) {
    // A line that was wrong is a job that was not done.
    process.exitCode = 2;
  }
}

function hasFiles(folder: string): boolean {
  if (!existsSync(folder)) return false;
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries.some((entry) => entry.isFile());
}
