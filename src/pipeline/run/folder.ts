/** Which files of a run's folder count. */
import { existsSync, lstatSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { PART_FILE } from "./worker/part-name.js";
import type { PartEntry } from "./plan.js";

/** The files of parts, whole or not, that are in a folder and in none of these entries. */
export function uncountedFiles(folder: string, parts: readonly PartEntry[]): string[] {
  const counted = new Set(parts.flatMap(({ file, sidecar, rejects }) => [file, sidecar, rejects]));
  return readdirSync(folder).filter((name) => PART_FILE.test(name) && !counted.has(name));
}

/** Takes away what an interrupted run left unfinished. */
export function clearUncounted(folder: string, parts: readonly PartEntry[]): void {
  for (const name of uncountedFiles(folder, parts)) takeAway(folder, name);
}

/** Whatever lies in the place of a part's file; a folder is kept, for no run made it. */
export function takeAway(folder: string, name: string): void {
  const path = join(folder, name);
  if (lstatSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) {
    rmSync(path, { force: true });
    return;
  }
  let aside = join(folder, `aside-${name}`);
  for (let copy = 2; existsSync(aside); copy++) aside = join(folder, `aside-${copy}-${name}`);
  renameSync(path, aside);
}

/** Whether there is a file of that name, and not something else. */
export function hasFile(folder: string, name: string): boolean {
  return lstatSync(join(folder, name), { throwIfNoEntry: false })?.isFile() === true;
}

/**
 * What is wrong with the files of a part as far as a look at them tells: missing, no file, or of another
 * size. `undefined` if nothing is.
 */
export function problemOfFiles(folder: string, part: PartEntry): string | undefined {
  const path = join(folder, part.file);
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return `${path}: missing, with ${part.facts} facts.`;
  if (!stats.isFile()) return `${path}: it is no file, and should have ${part.facts} facts.`;
  if (stats.size !== part.storedBytes) {
    return `${path}: it has ${stats.size} bytes, and should have ${part.storedBytes}.`;
  }
  for (const beside of [part.sidecar, part.rejects]) {
    if (beside === null) continue;
    const found = lstatSync(join(folder, beside), { throwIfNoEntry: false });
    if (found === undefined)
      return `${join(folder, beside)}: missing, which belongs to ${part.file}.`;
    if (!found.isFile()) return `${join(folder, beside)}: it is no file.`;
  }
  return undefined;
}
