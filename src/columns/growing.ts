/** Memory that columns are gathered in: it doubles when it must, and is reused from batch to batch. */

const FIRST_LENGTH = 256;

/** A typed array that grows. */
export class Growing<T extends Float64Array | Int32Array | Uint32Array | BigInt64Array> {
  length = 0;
  private values: T;

  constructor(private readonly make: (length: number) => T) {
    this.values = make(FIRST_LENGTH);
  }

  push(value: T[number]): void {
    if (this.length === this.values.length) {
      const larger = this.make(this.length * 2);
      larger.set(this.values as never);
      this.values = larger;
    }
    this.values[this.length++] = value;
  }

  /** A view of what was pushed; pushing goes on from the start. */
  take(): T {
    const taken = this.values.subarray(0, this.length) as T;
    this.length = 0;
    return taken;
  }
}

/** A bit for each value, the lowest first, as Arrow has them. */
export class GrowingBits {
  length = 0;
  /** How many of them are not set. */
  zeros = 0;
  private bytes = new Uint8Array(FIRST_LENGTH);

  push(bit: boolean): void {
    const index = this.length >> 3;
    if (index === this.bytes.length) {
      const larger = new Uint8Array(index * 2);
      larger.set(this.bytes);
      this.bytes = larger;
    }
    const mask = 1 << (this.length++ & 7);
    if (bit) this.bytes[index] = (this.bytes[index] ?? 0) | mask;
    else {
      this.bytes[index] = (this.bytes[index] ?? 0) & ~mask;
      this.zeros += 1;
    }
  }

  /** A view of what was pushed; pushing goes on from the start. */
  take(): Uint8Array {
    const taken = this.bytes.subarray(0, (this.length + 7) >> 3);
    this.length = 0;
    this.zeros = 0;
    return taken;
  }
}

/** Text behind text, as UTF-8. */
export class GrowingText {
  length = 0;
  private bytes = Buffer.allocUnsafeSlow(FIRST_LENGTH);

  push(text: string): void {
    const most = this.length + text.length * 3;
    if (most > this.bytes.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(most, this.bytes.length * 2));
      this.bytes.copy(larger, 0, 0, this.length);
      this.bytes = larger;
    }
    this.length += this.bytes.write(text, this.length, "utf8");
  }

  /** A view of what was pushed; pushing goes on from the start. */
  take(): Buffer {
    const taken = this.bytes.subarray(0, this.length);
    this.length = 0;
    return taken;
  }
}
