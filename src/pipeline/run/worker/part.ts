import { open } from "node:fs/promises";
import { dirname } from "node:path";
import { crc32 } from "node:zlib";
import type { PartSink, Sync } from "../../../core/sink.js";
import { fileSink } from "../../../sinks/file.js";
import { nullSink } from "../../../sinks/null.js";
import { slowedSink, type Device, type Slowing } from "../../../sinks/slowed.js";

/** One part that is being written. */
export interface OpenPart {
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

/** Where a part goes, and what holds it back. */
export interface PartPlace {
  /** Its file; `null` where it is kept in none. */
  readonly path: string | null;
  readonly sync: Sync;
  readonly slowing: Slowing;
  /** What the sink takes longer for each batch, on purpose. */
  readonly extraSeconds: () => number;
  readonly device?: Device;
}

/** Begins a part. @param sink what it goes to, if that is neither a file nor nowhere */
export function openPart(
  { path, sync, slowing, extraSeconds, device }: PartPlace,
  given?: PartSink,
): OpenPart {
  const place = given === undefined ? ownPlace(path, sync) : bound(given);
  const sink = slowedSink<PartSink>(place, slowing, extraSeconds, device);
  let sum = 0;
  return {
    write: (batch) => {
      // Where nothing is kept, nobody will ask.
      if (path !== null) sum = crc32(batch, sum);
      sink.write(batch);
    },
    checksum: () => sum.toString(16).padStart(8, "0"),
    close: async (mayPlace) => {
      await sink.flush?.();
      if (!mayPlace()) throw new Error("the run goes on without this worker");
      sink.close();
      if (path !== null && sync !== "none") await syncFolder(dirname(path));
    },
    discard: () => sink.discard(),
  };
}

function ownPlace(path: string | null, sync: Sync): PartSink {
  return path === null ? nullSink() : fileSink(path, sync);
}

/** The same with functions that can be taken out of it, which those of a class cannot. */
function bound(sink: PartSink): PartSink {
  return {
    write: (batch) => sink.write(batch),
    flush: async () => sink.flush?.(),
    close: () => sink.close(),
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
