/** Numbers and text as few bytes, and back: what the serialised forms of all sketches are made of. */
import { DataError } from "../core/errors.js";

const FIRST_BYTES = 256;
const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Bytes that grow. */
export class ByteSink {
  private bytes = new Uint8Array(FIRST_BYTES);
  private length = 0;

  /** Appends 0 to 255. */
  byte(value: number): void {
    this.makeRoom(1);
    this.bytes[this.length++] = value;
  }

  /** Appends a whole number from 0 to 2⁵³ − 1, seven bits a byte, the lowest first (LEB128). */
  whole(value: number): void {
    let rest = value;
    for (; rest >= 128; rest = Math.floor(rest / 128)) this.byte((rest % 128) | 128);
    this.byte(rest);
  }

  /** Appends a whole number of either sign. */
  signed(value: number): void {
    this.whole(value < 0 ? -2 * value - 1 : 2 * value);
  }

  double(value: number): void {
    this.makeRoom(8);
    new DataView(this.bytes.buffer).setFloat64(this.length, value, true);
    this.length += 8;
  }

  raw(bytes: Uint8Array): void {
    this.makeRoom(bytes.length);
    this.bytes.set(bytes, this.length);
    this.length += bytes.length;
  }

  /** Appends text as UTF-8 behind its length; it has to be well-formed. */
  text(text: string): void {
    const bytes = encoder.encode(text);
    this.whole(bytes.length);
    this.raw(bytes);
  }

  /** A copy of what was appended. */
  content(): Uint8Array {
    return this.bytes.slice(0, this.length);
  }

  private makeRoom(bytes: number): void {
    const wanted = this.length + bytes;
    if (wanted <= this.bytes.length) return;
    const larger = new Uint8Array(Math.max(wanted, this.bytes.length * 2));
    larger.set(this.bytes.subarray(0, this.length));
    this.bytes = larger;
  }
}

/** Reads what a `ByteSink` wrote. Everything throws a `DataError` where the bytes cannot be that. */
export class ByteSource {
  constructor(
    private readonly bytes: Uint8Array,
    /** Where the next byte is. */
    public position = 0,
    private readonly end = bytes.length,
  ) {}

  byte(): number {
    if (this.position >= this.end) throw this.wrong("a sketch ends too early");
    return this.bytes[this.position++] ?? 0;
  }

  whole(): number {
    let value = 0;
    let factor = 1;
    for (;;) {
      const byte = this.byte();
      value += (byte & 127) * factor;
      if (!Number.isSafeInteger(value)) throw this.wrong("a number of a sketch is too large");
      if (byte < 128) return value;
      factor *= 128;
    }
  }

  signed(): number {
    const value = this.whole();
    return value % 2 === 1 ? -(value + 1) / 2 : value / 2;
  }

  double(): number {
    const start = this.skip(8);
    return new DataView(this.bytes.buffer, this.bytes.byteOffset).getFloat64(start, true);
  }

  raw(length: number): Uint8Array {
    const start = this.skip(length);
    return this.bytes.slice(start, start + length);
  }

  text(): string {
    const bytes = this.raw(this.whole());
    try {
      return decoder.decode(bytes);
    } catch {
      throw this.wrong("text of a sketch is not UTF-8");
    }
  }

  /** Throws unless all was read. */
  finish(): void {
    if (this.position !== this.end) throw this.wrong("a sketch goes on behind its end");
  }

  /** The error of bytes that are no sketch, at the place where that was seen. */
  wrong(problem: string): DataError {
    return new DataError(problem, this.position);
  }

  private skip(bytes: number): number {
    const start = this.position;
    if (bytes > this.end - start) throw this.wrong("a sketch ends too early");
    this.position += bytes;
    return start;
  }
}
