/** The folder of a run: whose it is, and what in it counts. */
import { linkSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { InputError } from "../../core/errors.js";
import { writingProblem } from "../../sinks/file.js";
import type { PartEntry } from "./plan.js";
import { PART_FILE } from "./part.js";

const LOCK_FILE = "run.lock";

/** Takes a folder for this process; returns how to let go of it. Throws if another one has it. */
export function lockFolder(folder: string): () => void {
  const path = join(folder, LOCK_FILE);
  const own = `${path}.${process.pid}`;
  try {
    writeFileSync(own, holderOf(process.pid));
    if (!isLinked(own, path)) {
      const holder = readFileSync(path, "utf8");
      const pid = Number(holder.split(" ")[0]);
      if (isAlive(pid) && holderOf(pid) === holder && pid !== process.pid) throw taken(folder, pid);
      // It was killed, and could not take its lock away. Whoever does so first may have it.
      renameSync(path, `${own}.stale`);
      rmSync(`${own}.stale`);
      if (!isLinked(own, path))
        throw taken(folder, Number(readFileSync(path, "utf8").split(" ")[0]));
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

function taken(folder: string, pid: number | undefined): InputError {
  const who = pid === undefined ? "another process" : `process ${pid}`;
  return new InputError(`${folder}: ${who} is writing there. Wait for it, or end it.`);
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** A process by its number and, where the kernel tells, its start: numbers come again. */
function holderOf(pid: number): string {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
      .replace(/^.*\) /, "")
      .split(" ");
    return `${pid} ${fields[19] ?? ""}`;
  } catch {
    return `${pid} `;
  }
}

/** The files of parts, whole or not, that are in a folder and in none of these entries. */
export function uncountedFiles(folder: string, parts: readonly PartEntry[]): string[] {
  const counted = new Set(parts.flatMap(({ file, sidecar, rejects }) => [file, sidecar, rejects]));
  return readdirSync(folder).filter((name) => PART_FILE.test(name) && !counted.has(name));
}

/** Takes away what an interrupted run left unfinished. */
export function clearUncounted(folder: string, parts: readonly PartEntry[]): void {
  for (const name of uncountedFiles(folder, parts)) rmSync(join(folder, name), { force: true });
}
