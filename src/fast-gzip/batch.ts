import { crc32 } from "./crc32.js";
import { FINISH, STEP_BYTES, type Deflater } from "./deflater.js";
import type { Level } from "./levels.js";
import { HEADER, putTrailer, TRAILER_BYTES } from "./member.js";
import { giveBack, takeDeflater } from "./pool.js";

/**
 * Batch after batch, each a gzip member, without copies: the caller writes into `input` and is
 * given a view of what was compressed.
 */
export class BatchGzip {
  /** Room for a batch: 1 MiB. */
  readonly input: Uint8Array;
  private deflater: Deflater | undefined;

  constructor(
    private readonly level: Level = "balanced",
    deflater: Deflater = takeDeflater(),
  ) {
    this.deflater = deflater;
    deflater.begin(level);
    const start = deflater.input();
    this.input = deflater.memory.subarray(start, start + STEP_BYTES);
  }

  /**
   * The member of the first `bytes` bytes of `input`. A view, good until the next call.
   *
   * Throws a `RangeError` if there are not so many, an `Error` after `close`.
   */
  compress(bytes: number): Uint8Array {
    const { deflater } = this;
    if (deflater === undefined) throw new Error("this BatchGzip was closed");
    const { memory, output } = deflater;
    deflater.begin(this.level);
    const end = output + deflater.step(bytes, FINISH);
    memory.set(HEADER, output - HEADER.length);
    putTrailer(memory, end, crc32(this.input.subarray(0, bytes), 0), bytes);
    return memory.subarray(output - HEADER.length, end + TRAILER_BYTES);
  }

  /** Gives the memory back; `input` is not to be used any more. */
  close(): void {
    if (this.deflater !== undefined) giveBack(this.deflater);
    this.deflater = undefined;
  }
}
