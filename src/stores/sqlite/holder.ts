/**
 * SQLite in WebAssembly locks a file by a folder beside it, which a process that is killed leaves
 * behind; the file then stays locked for ever. So each process leaves a note of itself before it may
 * take the lock: where all of those are gone, the lock is nobody's.
 */
import {
  lstatSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";

let notesMade = 0;

/** Notes that this process may lock a database from now on; returns how to take the note away. */
export function holdFile(file: string): () => void {
  if (file === ":memory:") return () => undefined;
  clearStaleLock(file);
  // Who it is stands in the name, so that there is never half a note.
  const note = `${file}.open-${identity(process.pid)}-${++notesMade}`;
  writeFileSync(note, "");
  return () => rmSync(note, { force: true });
}

/** Takes a lock away if it was there before every process of now, and one that is gone was before it. */
function clearStaleLock(file: string): void {
  const lock = `${file}.lock`;
  // In this order: whoever made this lock had left a note before.
  const stale = statOf(lock);
  const notes = notesBeside(file);
  const dead = notes.filter(({ maker }) => !isAlive(maker));
  if (stale === undefined) {
    // Those who were gone by then have left no lock, unless there is one now.
    if (statOf(lock) !== undefined) return;
  } else {
    const isHeld = notes.some((note) => note.madeAt <= stale.madeAt && !dead.includes(note));
    if (isHeld || !dead.some(({ madeAt }) => madeAt <= stale.madeAt)) return;
    if (!removeOnce(lock, stale.id)) return;
  }
  for (const { path } of dead) rmSync(path, { force: true });
}

/**
 * Removes this very lock, and never one that has come in its place: of all that want to, the first
 * to make a link that is named after it may. If that one is gone, the next link's maker may.
 */
function removeOnce(lock: string, stale: string): boolean {
  const links: string[] = [];
  for (;;) {
    const link = `${lock}-${stale}-${links.length}`;
    try {
      symlinkSync(identity(process.pid), link);
      links.push(link);
      break;
    } catch {
      links.push(link);
      const maker = linkedTo(link);
      if (maker === undefined || isAlive(maker)) return false;
    }
  }
  if (statOf(lock)?.id === stale) rmdirSync(lock);
  for (const link of links) rmSync(link, { force: true });
  return true;
}

/** When it was made, in nanoseconds, and what tells it from any other that is or was at its place. */
function statOf(path: string): { readonly madeAt: bigint; readonly id: string } | undefined {
  const found = lstatSync(path, { bigint: true, throwIfNoEntry: false });
  if (found === undefined) return undefined;
  return { madeAt: found.ctimeNs, id: `${found.ino}-${found.ctimeNs}` };
}

function linkedTo(link: string): string | undefined {
  try {
    return readlinkSync(link);
  } catch {
    return undefined;
  }
}

interface Note {
  readonly path: string;
  readonly maker: string;
  readonly madeAt: bigint;
}

function notesBeside(file: string): Note[] {
  const prefix = `${basename(file)}.open-`;
  const folder = dirname(file);
  return readdirSync(folder)
    .filter((name) => name.startsWith(prefix))
    .flatMap((name) => {
      const path = join(folder, name);
      const found = statOf(path);
      if (found === undefined) return [];
      return [{ path, maker: name.slice(prefix.length), madeAt: found.madeAt }];
    });
}

/** A process's number and when it started, for numbers come again. */
function identity(pid: number): string {
  return `${pid}-${startOf(pid) ?? ""}`;
}

/** @param identified begins with what `identity` gave */
function isAlive(identified: string): boolean {
  const [pid = "", start = ""] = identified.split("-");
  return startOf(Number(pid)) === start;
}

/** "" where the system does not tell; `undefined` where there is no such process. */
function startOf(pid: number): string | undefined {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8").replace(/^.*\) /, "");
    return fields.split(" ")[19] ?? "";
  } catch {
    return isRunning(pid) ? "" : undefined;
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
