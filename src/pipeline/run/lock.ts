/** Whose a folder is: a file in it names the process that writes there. */
import { linkSync, lstatSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { InputError } from "../../core/errors.js";
import { writingProblem } from "../../sinks/file.js";

const LOCK_FILE = "run.lock";
/** What stands before the machine's name in a lock, where that is said. */
const ON = " on ";
/** What the kernel writes of a process that has ended, and only waits for its parent to hear of it. */
const ENDED_STATES = new Set(["Z", "X", "x"]);

/** Another process has a folder. */
export class FolderTakenError extends InputError {
  /** @param isElsewhere whether it is one of another machine, of which nobody here knows whether it runs */
  constructor(
    message: string,
    readonly isElsewhere = false,
  ) {
    super(message);
  }
}

/**
 * Takes a folder for this process; returns how to let go of it. Throws a `FolderTakenError` if another one has it.
 *
 * @param host this machine's name, where other machines see the folder, too. Whether a process of another one runs
 *   cannot be known, so that a lock of it is held until somebody takes it away.
 */
export function lockFolder(folder: string, host?: string): () => void {
  const path = join(folder, LOCK_FILE);
  const own = `${path}.${process.pid}${host === undefined ? "" : `.${encodeURIComponent(host)}`}`;
  try {
    writeFileSync(own, identityOf(process.pid) + (host === undefined ? "" : `${ON}${host}`));
    if (!isLinked(own, path)) {
      if (!lstatSync(path).isFile()) {
        throw new InputError(
          `${path} is not a file, and so no lock: no run made it. Take it away.`,
        );
      }
      const [holder = "", there = host] = readFileSync(path, "utf8").split(ON);
      const pid = Number(holder.split(" ")[0]);
      if (host !== undefined && there !== host) throw takenElsewhere(folder, path, pid, there);
      if (isHeld(holder, pid) && pid !== process.pid) throw taken(folder, pid);
      // It was killed, and could not take its lock away. Whoever does so first may have it.
      renameSync(path, `${own}.stale`);
      rmSync(`${own}.stale`);
      if (!isLinked(own, path)) {
        throw taken(folder, Number(readFileSync(path, "utf8").split(" ")[0]));
      }
    }
  } catch (error) {
    if (error instanceof InputError) throw error;
    if ((error as NodeJS.ErrnoException).code === "ENOENT") throw taken(folder, undefined);
    throw writingProblem(path, error);
  } finally {
    rmSync(own, { force: true });
  }
  return () => rmSync(path, { force: true });
}

/** Gives a file a second name, unless something has that name. */
function isLinked(file: string, name: string): boolean {
  try {
    linkSync(file, name);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

function taken(folder: string, pid: number | undefined): FolderTakenError {
  const who = pid === undefined ? "another process" : `process ${pid}`;
  return new FolderTakenError(`${folder}: ${who} is writing there. Wait for it, or end it.`);
}

function takenElsewhere(
  folder: string,
  path: string,
  pid: number,
  host: string | undefined,
): FolderTakenError {
  return new FolderTakenError(
    `${folder}: process ${pid} of the machine ${host} has it. Wait for it, or, where it does not run any more, take ${path} away.`,
    true,
  );
}

/** Whether the process that a lock names still runs: the same one, and not only its entry in a table. */
function isHeld(holder: string, pid: number): boolean {
  if (!isAlive(pid) || ENDED_STATES.has(statOf(pid)?.state ?? "")) return false;
  // Locks of earlier versions do not say when the machine started.
  return `${identityOf(pid)} `.startsWith(`${holder.trimEnd()} `);
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/**
 * A process by its number and, where the kernel tells, its start and the machine's: numbers come again,
 * and after the machine was started anew so do starts, which count from there.
 */
function identityOf(pid: number): string {
  return `${pid} ${statOf(pid)?.startedAt ?? ""} ${bootId()}`.trimEnd();
}

/** From proc_pid_stat(5): the state is its third field, the start its twenty-second. */
function statOf(pid: number): { readonly state: string; readonly startedAt: string } | undefined {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
      .replace(/^.*\) /s, "")
      .split(" ");
    return { state: fields[0] ?? "", startedAt: fields[19] ?? "" };
  } catch {
    return undefined;
  }
}

function bootId(): string {
  try {
    return readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
  } catch {
    return "";
  }
}
