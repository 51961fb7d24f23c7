/** Bytes of a COPY, in messages of its protocol, in a few slabs that are used over and over. */

const SLAB_BYTES = 256 * 1024;
/** As many slabs as may be on their way. */
const MOST_IN_FLIGHT = 4;
/** `d` and the length: how a CopyData message begins. */
const HEAD_BYTES = 5;
const COPY_DATA = 0x64;

/** Where bytes go; calls back when they are out of the slab. */
export type Send = (bytes: Uint8Array, whenGone: () => void) => void;

/** What is being filled. `at` is the next free byte; call `room` before writing. */
export class CopyBytes {
  slab: Buffer = Buffer.allocUnsafeSlow(SLAB_BYTES);
  view = viewOf(this.slab);
  at = HEAD_BYTES;
  private readonly free: Buffer[] = [];
  private inFlight = 0;
  private wake: (() => void) | undefined;

  constructor(private readonly send: Send) {}

  /** Makes room for so many bytes in one piece. */
  room(bytes: number): void {
    if (this.at + bytes <= this.slab.length) return;
    this.flush();
    if (HEAD_BYTES + bytes <= this.slab.length) return;
    this.take(Buffer.allocUnsafeSlow(HEAD_BYTES + bytes));
  }

  /** Whether the writer should wait before it goes on. */
  get isFull(): boolean {
    return this.inFlight >= MOST_IN_FLIGHT;
  }

  /** Resolves when there is room again. */
  async drained(): Promise<void> {
    while (this.isFull) await new Promise<void>((resolve) => (this.wake = resolve));
  }

  /** Sends what is there as one message. */
  flush(): void {
    if (this.at === HEAD_BYTES) return;
    const full = this.slab;
    full[0] = COPY_DATA;
    full.writeUInt32BE(this.at - 1, 1);
    this.inFlight += 1;
    this.send(full.subarray(0, this.at), () => {
      this.inFlight -= 1;
      if (full.length === SLAB_BYTES) this.free.push(full);
      this.wake?.();
    });
    this.take(this.free.pop() ?? Buffer.allocUnsafeSlow(SLAB_BYTES));
  }

  private take(slab: Buffer): void {
    this.slab = slab;
    this.view = viewOf(slab);
    this.at = HEAD_BYTES;
  }
}

function viewOf({ buffer, byteOffset, length }: Buffer): DataView {
  return new DataView(buffer, byteOffset, length);
}
