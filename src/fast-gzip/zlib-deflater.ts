import { constants, deflateRawSync } from "node:zlib";
import { FINISH, NO_FLUSH, STEP_BYTES, type Deflater, type Flush } from "./deflater.js";
import type { Level } from "./levels.js";

const WINDOW_BYTES = 1 << 15;
/** Levels of zlib that take as long as they may and are no larger. */
const ZLIB_LEVELS: Record<Level, number> = { fast: 1, balanced: 3, small: 6 };
/** Where the output begins: behind the window and a step, and room for a header. */
const OUTPUT = WINDOW_BYTES + STEP_BYTES + 64;

/**
 * The same by `node:zlib`, for runtimes that cannot run the kernel. A step is deflated alone, with
 * the window before it as its dictionary, and ends on a byte.
 */
export class ZlibDeflater implements Deflater {
  readonly memory = new Uint8Array(OUTPUT + STEP_BYTES + (1 << 14));
  readonly output = OUTPUT;
  private level = ZLIB_LEVELS.balanced;
  /** Bytes of the window that are there. */
  private before = 0;

  begin(level: Level): void {
    this.level = ZLIB_LEVELS[level];
    this.before = 0;
  }

  input(): number {
    return this.before;
  }

  step(bytes: number, flush: Flush): number {
    const end = this.before + bytes;
    const deflated = deflateRawSync(this.memory.subarray(this.before, end), {
      level: this.level,
      finishFlush: flush === FINISH ? constants.Z_FINISH : constants.Z_SYNC_FLUSH,
      ...(this.before > 0 && { dictionary: this.memory.subarray(0, this.before) }),
    });
    // Of nothing zlib makes an empty block, which a stream that goes on does not need.
    const written = bytes === 0 && flush === NO_FLUSH ? 0 : deflated.length;
    this.memory.set(deflated.subarray(0, written), OUTPUT);
    if (flush === FINISH) return written;
    const kept = Math.min(end, WINDOW_BYTES);
    this.memory.copyWithin(0, end - kept, end);
    this.before = kept;
    return written;
  }
}
