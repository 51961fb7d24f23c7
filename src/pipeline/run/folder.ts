/** Which files of a run's folder count. */
import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { PART_FILE } from "./part.js";
import type { PartEntry } from "./plan.js";

/** The files of parts, whole or not, that are in a folder and in none of these entries. */
export function uncountedFiles(folder: string, parts: readonly PartEntry[]): string[] {
  const counted = new Set(parts.flatMap(({ file, sidecar, rejects }) => [file, sidecar, rejects]));
  return readdirSync(folder).filter((name) => PART_FILE.test(name) && !counted.has(name));
}

/** Takes away what an interrupted run left unfinished. */
export function clearUncounted(folder: string, parts: readonly PartEntry[]): void {
  for (const name of uncountedFiles(folder, parts)) rmSync(join(folder, name), { force: true });
}
