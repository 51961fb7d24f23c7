import { hashAsciiInto, hashInto, type Hash64, type Scalar } from "./hash.js";

const FIRST_SLOTS = 64;
const hash: Hash64 = { high: 0, low: 0 };

/**
 * Numbers of values, from 0 on in the order in which they came: an open-addressed table, in which strings of ASCII are
 * found by their bytes, too, so that none need be made. Values that somebody made so that their hashes are one are
 * looked for one by one.
 */
export class Numbering {
  readonly values: Scalar[] = [];
  /** Numbers, one more than they are. */
  private slots = new Int32Array(FIRST_SLOTS);
  /** By number. */
  private hashes = new Int32Array(FIRST_SLOTS / 2);

  /** The number of a value; −1 where it has none. −0 is 0, and NaN is NaN. */
  find(value: Scalar): number {
    hashInto(value, hash);
    const { low } = hash;
    for (let slot = this.slotFor(low, low); ; slot = this.slotFor(low, slot + 1)) {
      const number = (this.slots[slot] as number) - 1;
      if (number === -1 || isSame(this.values[number] as Scalar, value)) return number;
    }
  }

  /** The same of a string of ASCII that stands in bytes. */
  findAscii(bytes: Uint8Array, from: number, to: number): number {
    hashAsciiInto(bytes, from, to, hash);
    const { low } = hash;
    for (let slot = this.slotFor(low, low); ; slot = this.slotFor(low, slot + 1)) {
      const number = (this.slots[slot] as number) - 1;
      if (number === -1 || isText(this.values[number] as Scalar, bytes, from, to)) return number;
    }
  }

  /** Gives a number to a value that has none. */
  add(value: Scalar): number {
    const number = this.values.length;
    if (number === this.hashes.length) this.grow();
    this.values.push(value === 0 ? 0 : value);
    hashInto(value, hash);
    this.hashes[number] = hash.low;
    this.put(number);
    return number;
  }

  /** Forgets all, and keeps memory for others. */
  clear(): void {
    if (this.values.length > 0) this.slots.fill(0);
    this.values.length = 0;
  }

  /** The next slot, from one on, of a value with such a hash; or one that is free. */
  private slotFor(low: number, from: number): number {
    const { slots, hashes } = this;
    const mask = slots.length - 1;
    let slot = from & mask;
    while (slots[slot] !== 0 && hashes[(slots[slot] as number) - 1] !== low)
      slot = (slot + 1) & mask;
    return slot;
  }

  private put(number: number): void {
    const mask = this.slots.length - 1;
    let slot = (this.hashes[number] as number) & mask;
    while (this.slots[slot] !== 0) slot = (slot + 1) & mask;
    this.slots[slot] = number + 1;
  }

  private grow(): void {
    const { hashes } = this;
    this.hashes = new Int32Array(2 * hashes.length);
    this.hashes.set(hashes);
    this.slots = new Int32Array(2 * this.slots.length);
    for (let number = 0; number < hashes.length; number++) this.put(number);
  }
}

function isSame(one: Scalar, other: Scalar): boolean {
  return one === other || (one !== one && other !== other);
}

function isText(value: Scalar, bytes: Uint8Array, from: number, to: number): boolean {
  if (typeof value !== "string" || value.length !== to - from) return false;
  for (let at = 0; at < value.length; at++) {
    if (value.charCodeAt(at) !== bytes[from + at]) return false;
  }
  return true;
}
