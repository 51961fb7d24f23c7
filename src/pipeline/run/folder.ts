/** The folder of a run: whose it is, and what in it counts. */
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { InputError } from "../../core/errors.js";
import { writingProblem } from "../../sinks/file.js";
import type { PartEntry } from "./plan.js";
import { PART_FILE } from "./part.js";

const LOCK_FILE = "run.lock";

/** Takes a folder for this process; returns how to let go of it. Throws if another one has it. */
export function lockFolder(folder: string): () => void {
  const path = join(folder, LOCK_FILE);
  try {
    writeFileSync(path, `${process.pid}\n`, { flag: "wx" });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw writingProblem(path, error);
    const holder = Number(readFileSync(path, "utf8"));
    if (isAlive(holder)) {
      throw new InputError(
        `${folder}: process ${holder} is writing there. Wait for it, or end it.`,
      );
    }
    // It was killed, and could not take its lock away.
    writeFileSync(path, `${process.pid}\n`);
  }
  return () => rmSync(path, { force: true });
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
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
