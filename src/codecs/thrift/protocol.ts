import thrift from "thrift";
import type { ByteWriter } from "../../core/byte-writer.js";

/**
 * Thrift's compact protocol straight to and from our bytes, without a transport of its own.
 *
 * Doubles are written and read here: the library's own functions (0.24) halve some that are just above a power of
 * two, such as 4.440892098500626e-16, without a word, and lose the sign of −0.
 */
export class Compact extends thrift.TCompactProtocol {
  private readonly wire: Wire;

  constructor() {
    const wire = new Wire();
    super(wire as unknown as thrift.TTransport);
    this.wire = wire;
  }

  writeTo(out: ByteWriter): void {
    this.wire.out = out;
  }

  readFrom(bytes: Uint8Array): void {
    this.wire.readFrom(bytes);
  }

  /** How many bytes have not been read. */
  get left(): number {
    return this.wire.left;
  }

  override writeDouble(value: number): void {
    DOUBLE.writeDoubleLE(value);
    this.wire.write(DOUBLE);
  }

  override readDouble(): number {
    return this.wire.read(8).readDoubleLE();
  }
}

const DOUBLE = Buffer.alloc(8);

/** What the protocol asks of a transport. */
class Wire {
  out: ByteWriter | undefined;
  private bytes: Buffer = Buffer.alloc(0);
  private position = 0;

  readFrom(bytes: Uint8Array): void {
    this.bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.position = 0;
  }

  get left(): number {
    return this.bytes.length - this.position;
  }

  write(bytes: Uint8Array): void {
    this.out?.bytes(bytes);
  }

  readByte(): number {
    return this.bytes.readInt8(this.take(1));
  }

  read(count: number): Buffer {
    const start = this.take(count);
    return this.bytes.subarray(start, start + count);
  }

  readString(count: number): string {
    const start = this.take(count);
    return this.bytes.toString("utf8", start, start + count);
  }

  private take(count: number): number {
    const start = this.position;
    if (count > this.left) throw new Error("the fact ends before its values do");
    this.position += count;
    return start;
  }
}
