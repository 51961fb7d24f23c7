/** What a disk does alone: how often a second small writes can be forced to it. */
import { closeSync, fdatasyncSync, openSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";

const SYNC_SECONDS = 0.3;
/** As much as a small commit writes. */
const SYNC_BYTES = 8_192;

/** How often a second so little can be forced to the disk of a folder, one after the other. */
export function syncsPerSecond(folder: string): number {
  const path = join(folder, "sync-rate.tmp");
  const file = openSync(path, "w");
  try {
    const bytes = Buffer.alloc(SYNC_BYTES, 1);
    const start = performance.now();
    let count = 0;
    do {
      writeSync(file, bytes);
      fdatasyncSync(file);
      count += 1;
    } while (performance.now() - start < SYNC_SECONDS * 1000);
    return (count * 1000) / (performance.now() - start);
  } finally {
    closeSync(file);
    rmSync(path, { force: true });
  }
}
