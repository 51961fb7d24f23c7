import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const TIMES = 101;
/** About a line of a manifest. */
const LINE_BYTES = 250;

/** How long it takes, in the median, until a line that is added to a file is on the disk. */
export function syncSeconds(): number {
  const folder = mkdtempSync(join(tmpdir(), "hellfact-sync-"));
  const descriptor = openSync(join(folder, "lines"), "w");
  try {
    const line = Buffer.alloc(LINE_BYTES, "x");
    const seconds = Array.from({ length: TIMES }, () => {
      const startedAt = performance.now();
      writeSync(descriptor, line);
      fdatasyncSync(descriptor);
      return (performance.now() - startedAt) / 1000;
    });
    return seconds.toSorted((a, b) => a - b)[(TIMES - 1) / 2] ?? 0;
  } finally {
    closeSync(descriptor);
    rmSync(folder, { recursive: true });
  }
}
