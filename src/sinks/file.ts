import {
  closeSync,
  existsSync,
  fdatasync,
  fdatasyncSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { promisify } from "node:util";
import { DiskFullError, HellfactError, InputError } from "../core/errors.js";
import type { Sink, Sync } from "../core/sink.js";

export interface FileSink extends Sink {
  /** The open file, for another process to write to. */
  readonly descriptor: number;
  /** Does the syncing of `close` beforehand, in the background. Nothing is written after it. */
  flush(): Promise<void>;
}

/**
 * A file that appears under its name only when it is whole: it is written under a temporary name,
 * synced as `sync` says, and renamed on close. What is there and is no file, such as `/dev/null` or
 * a named pipe, is written to as it stands.
 *
 * Throws a `HellfactError` naming the file if it cannot be written.
 */
export function fileSink(path: string, sync: Sync): FileSink {
  const isSpecial = isSpecialFile(path);
  // A link is followed, so that it stays one.
  const whole = existsSync(path) ? realpathSync(path) : path;
  const written = isSpecial ? path : `${whole}.tmp`;
  const descriptor = attempt(path, () => openSync(written, "w"));
  const syncs = (when: Sync) => sync === when && !isSpecial;
  let isOpen = true;
  let isFlushed = false;
  const closeOnce = () => {
    if (isOpen) closeSync(descriptor);
    isOpen = false;
  };
  return {
    descriptor,
    write: (batch) => {
      attempt(path, () => {
        for (let done = 0; done < batch.length;) done += writeSync(descriptor, batch, done);
        if (syncs("batch")) fdatasyncSync(descriptor);
      });
    },
    flush: async () => {
      if (!syncs("close")) return;
      try {
        await promisify(fdatasync)(descriptor);
        isFlushed = true;
      } catch (error) {
        throw writingProblem(path, error);
      }
    },
    close: () => {
      attempt(path, () => {
        if (syncs("close") && !isFlushed) fdatasyncSync(descriptor);
        closeOnce();
        if (!isSpecial) renameSync(written, whole);
      });
    },
    discard: () => {
      closeOnce();
      if (!isSpecial) rmSync(written, { force: true });
    },
  };
}

/** Whether something is there that bytes can go to but that is no file: a device, a pipe. */
export function isSpecialFile(path: string): boolean {
  const found = attempt(path, () => statSync(path, { throwIfNoEntry: false }));
  return found !== undefined && !found.isFile() && !found.isDirectory();
}

/** Writes a whole file at once; it appears whole or not at all. */
export function writeWhole(path: string, bytes: Uint8Array, sync: Sync): void {
  const sink = fileSink(path, sync);
  try {
    sink.write(bytes);
    sink.close();
  } catch (error) {
    sink.discard();
    throw error;
  }
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
  const { code, message, syscall } = error as NodeJS.ErrnoException;
  // Versions of Node differ in what they call a file on the way to a folder.
  switch (code === "EEXIST" && syscall === "mkdir" ? "ENOTDIR" : code) {
    case "ENOSPC":
    case "EDQUOT":
      return new DiskFullError(`${path}: the disk is full. Make room, or write elsewhere.`);
    case "EFBIG":
      return new DiskFullError(`${path}: the file-size limit is reached. Raise it (ulimit -f).`);
    case "EACCES":
    case "EPERM":
    case "EROFS":
      return new HellfactError(`${path}: this user may not write there. Choose another place.`);
    case "EISDIR":
      return new InputError(`${path}: a folder is in the way. Choose another place.`);
    case "ENOTDIR":
      return new InputError(`${path}: a part of its path is a file. Choose another place.`);
    case "ELOOP":
      return new InputError(`${path}: its links lead in a circle. Choose another place.`);
    case "ENOENT":
      return new InputError(`${path}: its folder does not exist. Make it first.`);
    default:
      return new HellfactError(`${path} cannot be written: ${message}`);
  }
}
