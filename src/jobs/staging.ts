/** Where the outputs of jobs are until they count. */
import { randomBytes } from "node:crypto";
import {
  closeSync,
  constants,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
} from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { firstLine } from "../core/errors.js";
import type { JobOrder } from "./order.js";

type Placed = Pick<JobOrder, "directory" | "output" | "staging">;

export interface Staged {
  /** The name of its folder. */
  readonly token: string;
  /** For the job to write to. */
  readonly path: string;
}

/** Makes a folder for what an attempt makes, beside its place; `undefined` where it makes nothing. */
export function stage(order: Placed): Staged | undefined {
  const { output } = order;
  if (output === null) return undefined;
  const token = randomBytes(12).toString("base64url");
  const path = stagedPath(order, output, token);
  mkdirSync(dirname(path), { recursive: true });
  return { token, path };
}

/** Takes away what does not count. @returns what is left where that cannot be, and why; else `undefined` */
export function discard(order: Placed, token: string): string | undefined {
  if (order.output === null) return undefined;
  return takeAway(dirname(stagedPath(order, order.output, token)));
}

/** Takes a folder away, if it can be. @returns what is left, and why; else `undefined` */
export function takeAway(folder: string): string | undefined {
  try {
    rmSync(folder, { recursive: true, force: true });
    return undefined;
  } catch (error) {
    return `${folder} is left: ${firstLine(error)}`;
  }
}

/**
 * Puts what counts in its place, over what was there. Throws what the system says where that cannot be; then what
 * was there is still there.
 *
 * @returns whether it was there
 */
export function place(order: Placed, token: string | null): boolean {
  const { output, directory } = order;
  if (output === null) return true;
  if (token === null) return false;
  const from = stagedPath(order, output, token);
  if (lstatSync(from, { throwIfNoEntry: false }) === undefined) return false;
  const to = resolve(directory, output);
  // A folder is not renamed over another one.
  const isFolder = lstatSync(to, { throwIfNoEntry: false })?.isDirectory() === true;
  const old = join(dirname(from), "..", `${token}-old`);
  makeDurable(from);
  if (isFolder) renameSync(to, old);
  try {
    renameSync(from, to);
  } catch (error) {
    if (isFolder) renameSync(old, to);
    throw error;
  }
  makeDurable(dirname(to));
  discard(order, token);
  if (isFolder) takeAway(old);
  return true;
}

/** What is said to be done is to outlive a loss of power. Files in a folder are their maker's to sync. */
function makeDurable(path: string): void {
  // Of a pipe nobody would write to the other end.
  const descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** The folder of all that is staged for a place. */
export function stagingFolder({ directory, output, staging }: Placed): string | undefined {
  return output === null ? undefined : join(dirname(resolve(directory, output)), staging);
}

function stagedPath(order: Placed, output: string, token: string): string {
  const { directory, staging } = order;
  const to = resolve(directory, output);
  return join(dirname(to), staging, token, basename(to));
}
