import { mkdirSync, statSync } from "node:fs";
import { dirname } from "node:path";

/**
 * Makes a folder and those that it is in, one by one. `mkdirSync` by itself goes round for ever where a
 * folder can be looked into and nothing can be made in it, as in `/proc`.
 *
 * Throws what the system says.
 */
export function makeFolder(path: string): void {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true) return;
  const parent = dirname(path);
  if (parent !== path) makeFolder(parent);
  try {
    mkdirSync(path);
  } catch (error) {
    // Another process may have made it meanwhile.
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true) return;
    // Its parent is there, so it is not what is missing.
    const { code } = error as NodeJS.ErrnoException;
    throw code === "ENOENT"
      ? Object.assign(new Error("nothing can be made there"), NOT_HERE)
      : error;
  }
}

const NOT_HERE = { code: "EPERM" };
