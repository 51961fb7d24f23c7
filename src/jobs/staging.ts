/** Where the outputs of jobs are until they count. */
import { randomBytes } from "node:crypto";
import { closeSync, fsyncSync, lstatSync, mkdirSync, openSync, renameSync, rmSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
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

/** Takes away what does not count. */
export function discard(order: Placed, token: string): void {
  if (order.output === null) return;
  rmSync(dirname(stagedPath(order, order.output, token)), { recursive: true, force: true });
}

/** Puts what counts in its place, over what was there. @returns whether it was there */
export function place(order: Placed, token: string | null): boolean {
  const { output, directory } = order;
  if (output === null) return true;
  if (token === null) return false;
  const from = stagedPath(order, output, token);
  if (lstatSync(from, { throwIfNoEntry: false }) === undefined) return false;
  const to = resolve(directory, output);
  // A folder is not renamed over another one.
  const isFolder = lstatSync(to, { throwIfNoEntry: false })?.isDirectory() === true;
  if (isFolder) renameSync(to, join(dirname(from), "..", `${token}-old`));
  makeDurable(from);
  renameSync(from, to);
  makeDurable(dirname(to));
  discard(order, token);
  if (isFolder) rmSync(join(dirname(from), "..", `${token}-old`), { recursive: true, force: true });
  return true;
}

/** What is said to be done is to outlive a loss of power. Files in a folder are their maker's to sync. */
function makeDurable(path: string): void {
  const descriptor = openSync(path, "r");
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
  return join(dirname(resolve(directory, output)), staging, token, basename(output));
}
