import type { ByteWriter } from "./byte-writer.js";

/** UTF-8 takes at most three bytes for each UTF-16 unit of a string. */
const MAX_BYTES_PER_UNIT = 3;

/** The one implementation of `ByteWriter`: a buffer that doubles when it must and is reused. */
export class Slab implements ByteWriter {
  buffer: Buffer;
  position = 0;

  constructor(bytes: number) {
    this.buffer = Buffer.allocUnsafeSlow(bytes);
  }

  reserve(bytes: number): void {
    const wanted = this.position + bytes;
    if (wanted <= this.buffer.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(wanted, this.buffer.length * 2));
    this.buffer.copy(larger, 0, 0, this.position);
    this.buffer = larger;
  }

  bytes(source: Uint8Array): void {
    this.reserve(source.length);
    this.buffer.set(source, this.position);
    this.position += source.length;
  }

  utf8(text: string): void {
    this.reserve(text.length * MAX_BYTES_PER_UNIT);
    this.position += this.buffer.write(text, this.position, "utf8");
  }
}
