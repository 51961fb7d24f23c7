/**
 * Thrift's compact protocol (its specification, "thrift-compact-protocol.md"), as values of any structure: what
 * a reader does not know stays as it is. Without maps, sets of structures aside, which Parquet's footers
 * do not have.
 */

/** Types as they stand in headers of fields. */
const TRUE = 1;
const FALSE = 2;
const BYTE = 3;
const I32 = 5;
export const I64 = 6;
const DOUBLE = 7;
const BINARY = 8;
export const LIST = 9;
const SET = 10;
export const STRUCT = 12;

export interface ThriftValue {
  readonly type: number;
  /** Numbers, bytes as they are, items of a list, or fields of a structure; nothing for booleans. */
  readonly value: number | Uint8Array | ThriftList | ThriftStruct | undefined;
}

export interface ThriftList {
  readonly itemType: number;
  readonly items: readonly ThriftValue[];
}

/** Fields by their numbers. */
export type ThriftStruct = Map<number, ThriftValue>;

/** Deeper than any footer: bytes that go on are none. */
const MAX_DEPTH = 32;

/** Reads a structure. Throws an `Error` where the bytes are none. */
export class ThriftReader {
  position = 0;

  constructor(private readonly bytes: Uint8Array) {}

  struct(depth = 0): ThriftStruct {
    if (depth > MAX_DEPTH) throw new Error("its structures do not end");
    const fields: ThriftStruct = new Map();
    let id = 0;
    for (;;) {
      const header = this.byte();
      if (header === 0) return fields;
      const step = header >> 4;
      id = step === 0 ? this.zigzag() : id + step;
      const type = header & 15;
      fields.set(id, { type, value: this.value(type, depth) });
    }
  }

  private value(type: number, depth: number): ThriftValue["value"] {
    switch (type) {
      case TRUE:
      case FALSE:
        return undefined;
      case BYTE:
        return this.byte();
      case 4:
      case I32:
      case I64:
        return this.zigzag();
      case DOUBLE:
        return this.raw(8);
      case BINARY:
        return this.raw(this.varint());
      case LIST:
      case SET:
        return this.list(depth);
      case STRUCT:
        return this.struct(depth + 1);
      default:
        throw new Error(`it has a field of the unknown type ${type}`);
    }
  }

  private list(depth: number): ThriftList {
    const header = this.byte();
    const size = header >> 4 === 15 ? this.varint() : header >> 4;
    const itemType = header & 15;
    // Each item takes a byte at least.
    if (size > this.bytes.length - this.position) throw new Error("a list of it is too long");
    const items = Array.from({ length: size }, (): ThriftValue => {
      // Booleans of a list are bytes.
      if (itemType === TRUE || itemType === FALSE) return { type: this.byte(), value: undefined };
      return { type: itemType, value: this.value(itemType, depth + 1) };
    });
    return { itemType, items };
  }

  private byte(): number {
    const byte = this.bytes[this.position++];
    if (byte === undefined) throw new Error("it ends too early");
    return byte;
  }

  private raw(length: number): Uint8Array {
    const start = this.position;
    if (length > this.bytes.length - start) throw new Error("it ends too early");
    this.position += length;
    return this.bytes.subarray(start, this.position);
  }

  private varint(): number {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = this.byte();
      value += (byte & 127) * factor;
      if (!Number.isSafeInteger(value)) throw new Error("a number of it is too large");
      if (byte < 128) return value;
    }
  }

  private zigzag(): number {
    const value = this.varint();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }
}

/** The bytes of a structure. */
export function writeStruct(fields: ThriftStruct): number[] {
  const bytes: number[] = [];
  new ThriftWriter(bytes).struct(fields);
  return bytes;
}

class ThriftWriter {
  constructor(private readonly bytes: number[]) {}

  struct(fields: ThriftStruct): void {
    let before = 0;
    for (const [id, { type, value }] of [...fields].toSorted(([a], [b]) => a - b)) {
      const step = id - before;
      if (step > 0 && step < 16) this.bytes.push((step << 4) | type);
      else {
        this.bytes.push(type);
        this.zigzag(id);
      }
      this.value(type, value);
      before = id;
    }
    this.bytes.push(0);
  }

  private value(type: number, value: ThriftValue["value"]): void {
    if (value === undefined) return;
    if (typeof value === "number") {
      if (type === BYTE) this.bytes.push(value);
      else this.zigzag(value);
    } else if (value instanceof Map) this.struct(value);
    else if ("items" in value) this.list(value);
    else {
      if (type === BINARY) this.varint(value.length);
      for (const byte of value) this.bytes.push(byte);
    }
  }

  private list({ itemType, items }: ThriftList): void {
    if (items.length < 15) this.bytes.push((items.length << 4) | itemType);
    else {
      this.bytes.push(0xf0 | itemType);
      this.varint(items.length);
    }
    for (const { type, value } of items) {
      if (value === undefined) this.bytes.push(type);
      else this.value(type, value);
    }
  }

  private varint(value: number): void {
    let rest = value;
    for (; rest >= 128; rest = Math.floor(rest / 128)) this.bytes.push((rest % 128) | 128);
    this.bytes.push(rest);
  }

  private zigzag(value: number): void {
    this.varint(value < 0 ? -2 * value - 1 : 2 * value);
  }
}
