import { crc32 } from "./crc32.js";
import { FINISH, FLUSH, NO_FLUSH, STEP_BYTES, type Deflater, type Flush } from "./deflater.js";
import type { Level } from "./levels.js";
import { HEADER, putTrailer, TRAILER_BYTES } from "./member.js";
import { giveBack, takeDeflater } from "./pool.js";

/**
 * One gzip member, piece by piece. Its bytes depend on the content alone, not on how it was cut into
 * pieces, but for where `flush` was called.
 */
export class GzipEncoder {
  private deflater: Deflater | undefined;
  private waiting = 0;
  private checksum = 0;
  private bytes = 0;
  private begun = false;

  constructor(level: Level = "balanced", deflater: Deflater = takeDeflater()) {
    this.deflater = deflater;
    deflater.begin(level);
  }

  /** Takes `bytes`, and returns what can be written by now: mostly nothing, until there is 1 MiB. */
  add(bytes: Uint8Array): Uint8Array {
    const deflater = this.open();
    this.checksum = crc32(bytes, this.checksum);
    this.bytes += bytes.length;
    const ready: Uint8Array[] = [];
    for (let at = 0; at < bytes.length;) {
      // Only when more is coming: the last step is to be the one that ends the stream.
      if (this.waiting === STEP_BYTES) ready.push(this.step(deflater, NO_FLUSH));
      const piece = bytes.subarray(at, at + STEP_BYTES - this.waiting);
      deflater.memory.set(piece, deflater.input() + this.waiting);
      this.waiting += piece.length;
      at += piece.length;
    }
    return joined(ready);
  }

  /** Everything up to here, so that a reader can have it already. Costs five bytes and a block. */
  flush(): Uint8Array {
    return this.step(this.open(), FLUSH);
  }

  /** What ends the member. Nothing can be added afterwards. */
  end(): Uint8Array {
    const deflater = this.open();
    const last = this.step(deflater, FINISH);
    this.close();
    return last;
  }

  /** Gives the memory back without an end, where what was added is of no use any more. */
  close(): void {
    if (this.deflater !== undefined) giveBack(this.deflater);
    this.deflater = undefined;
  }

  private open(): Deflater {
    if (this.deflater === undefined) throw new Error("this gzip member was ended");
    return this.deflater;
  }

  private step(deflater: Deflater, flush: Flush): Uint8Array {
    const { memory, output } = deflater;
    let end = output + deflater.step(this.waiting, flush);
    let start = output;
    this.waiting = 0;
    if (!this.begun) {
      start -= HEADER.length;
      memory.set(HEADER, start);
      this.begun = true;
    }
    if (flush === FINISH) {
      putTrailer(memory, end, this.checksum, this.bytes);
      end += TRAILER_BYTES;
    }
    return memory.slice(start, end);
  }
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const [first = new Uint8Array(), ...others] = pieces;
  return others.length === 0 ? first : Buffer.concat(pieces);
}
