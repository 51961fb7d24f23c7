import { closeSync, fsyncSync, openSync } from "node:fs";
import { dirname } from "node:path";
import { crc32 } from "node:zlib";
import type { Sink, Sync } from "../../core/sink.js";
import { fileSink } from "../../sinks/file.js";
import { nullSink } from "../../sinks/null.js";

const POSITION_DIGITS = 12;

/** The name of the part that begins at a position, without its ending. Names sort as parts do. */
export function partName(from: number): string {
  return `part-${String(from).padStart(POSITION_DIGITS, "0")}`;
}

/** Names of the files that a run makes for its parts, whole or not. */
export const PART_FILE = /^part-\d+\./;

/** A sink for one part that also keeps the checksum of what it accepted. */
export interface PartSink extends Sink {
  /** CRC-32 in hexadecimal. */
  checksum(): string;
}

/** @param path `null` for nowhere */
export function partSink(path: string | null, sync: Sync): PartSink {
  const inner = path === null ? nullSink() : fileSink(path, sync);
  let sum = 0;
  return {
    write: (batch) => {
      sum = crc32(batch, sum);
      inner.write(batch);
    },
    close: () => {
      inner.close();
      if (path !== null && sync !== "none") syncFolder(dirname(path));
    },
    discard: () => inner.discard(),
    checksum: () => sum.toString(16).padStart(8, "0"),
  };
}

/** Makes new names in a folder durable. */
function syncFolder(folder: string): void {
  const descriptor = openSync(folder, "r");
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
