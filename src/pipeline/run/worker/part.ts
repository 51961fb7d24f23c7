import { open } from "node:fs/promises";
import { dirname } from "node:path";
import { crc32 } from "node:zlib";
import type { Sync } from "../../../core/sink.js";
import { fileSink } from "../../../sinks/file.js";
import { nullSink } from "../../../sinks/null.js";
import { slowedSink, type Device, type Slowing } from "../../../sinks/slowed.js";

const POSITION_DIGITS = 12;

/** The name of the part that begins at a position, without its ending. Names sort as parts do. */
export function partName(from: number): string {
  return `part-${String(from).padStart(POSITION_DIGITS, "0")}`;
}

/** Names of the files that a run makes for its parts, whole or not. */
export const PART_FILE = /^part-\d{12,16}\./;

/** One part that is being written. */
export interface PartSink {
  write(batch: Uint8Array): void;
  /** CRC-32 of what was written to a file, in hexadecimal. */
  checksum(): string;
  /**
   * Makes the part durable, as `sync` says, and puts it in place. Most of that passes in the
   * background. @param mayPlace asked last of all; if it says no, an error is thrown
   */
  close(mayPlace: () => boolean): Promise<void>;
  discard(): void;
}

/**
 * @param path `null` for nowhere
 * @param extraSeconds what the sink takes longer for each batch, on purpose
 */
export function partSink(
  path: string | null,
  sync: Sync,
  slowing: Slowing,
  extraSeconds: () => number,
  device?: Device,
): PartSink {
  const place =
    path === null ? { ...nullSink(), flush: async () => undefined } : fileSink(path, sync);
  const sink = slowedSink(place, slowing, extraSeconds, device);
  let sum = 0;
  return {
    write: (batch) => {
      // Where nothing is kept, nobody will ask.
      if (path !== null) sum = crc32(batch, sum);
      sink.write(batch);
    },
    checksum: () => sum.toString(16).padStart(8, "0"),
    close: async (mayPlace) => {
      await sink.flush();
      if (!mayPlace()) throw new Error("the run goes on without this worker");
      sink.close();
      if (path !== null && sync !== "none") await syncFolder(dirname(path));
    },
    discard: () => sink.discard(),
  };
}

/** Makes new names in a folder durable. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
