import { closeSync, fdatasyncSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import { DiskFullError, HellfactError } from "../core/errors.js";
import type { Sink, Sync } from "../core/sink.js";

/**
 * A file that appears under its name only when it is whole: it is written under a temporary name,
 * synced as `sync` says, and renamed on close.
 *
 * Throws a `HellfactError` naming the file if it cannot be written.
 */
export function fileSink(path: string, sync: Sync): Sink {
  const temporary = `${path}.tmp`;
  const descriptor = attempt(path, () => openSync(temporary, "w"));
  return {
    write: (batch) => {
      attempt(path, () => {
        for (let done = 0; done < batch.length;) done += writeSync(descriptor, batch, done);
        if (sync === "batch") fdatasyncSync(descriptor);
      });
    },
    close: () => {
      attempt(path, () => {
        if (sync === "close") fdatasyncSync(descriptor);
        closeSync(descriptor);
        renameSync(temporary, path);
      });
    },
    discard: () => {
      closeSync(descriptor);
      rmSync(temporary, { force: true });
    },
  };
}

function attempt<T>(path: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw writingProblem(path, error);
  }
}

/** What a person can do about a file that cannot be written. */
export function writingProblem(path: string, error: unknown): HellfactError {
  const { code, message } = error as NodeJS.ErrnoException;
  switch (code) {
    case "ENOSPC":
    case "EDQUOT":
      return new DiskFullError(`${path}: the disk is full. Make room, or write elsewhere.`);
    case "EFBIG":
      return new DiskFullError(`${path}: the file-size limit is reached. Raise it (ulimit -f).`);
    case "EACCES":
    case "EPERM":
    case "EROFS":
      return new HellfactError(`${path}: this user may not write there. Choose another place.`);
    case "ENOENT":
      return new HellfactError(`${path}: its folder does not exist. Make it first.`);
    default:
      return new HellfactError(`${path} cannot be written: ${message}`);
  }
}
