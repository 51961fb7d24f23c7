import { hashAsciiInto, hashInto, type Hash64, type Scalar } from "./hash.js";

const FIRST_SLOTS = 64;
const hash: Hash64 = { high: 0, low: 0 };

/**
 * What is kept of values, each once: an open-addressed table, in which strings of ASCII are found by their bytes, too,
 * so that none need be made. Values that somebody made so that their hashes are one are looked for one by one.
 */
export class ByValue<Kept extends { readonly value: Scalar }> {
  size = 0;
  private slots: (Kept | undefined)[] = emptySlots(FIRST_SLOTS);

  /** What is kept of a value: 0 is −0, and NaN is NaN. */
  find(value: Scalar): Kept | undefined {
    hashInto(value, hash);
    const { slots } = this;
    const mask = slots.length - 1;
    for (let slot = hash.low & mask; ; slot = (slot + 1) & mask) {
      const kept = slots[slot];
      if (kept === undefined || isSame(kept.value, value)) return kept;
    }
  }

  /** What is kept of a string of ASCII that stands in bytes. */
  findAscii(bytes: Uint8Array, from: number, to: number): Kept | undefined {
    hashAsciiInto(bytes, from, to, hash);
    const { slots } = this;
    const mask = slots.length - 1;
    for (let slot = hash.low & mask; ; slot = (slot + 1) & mask) {
      const kept = slots[slot];
      if (kept === undefined || isText(kept.value, bytes, from, to)) return kept;
    }
  }

  /** Keeps something of its value, of which nothing is kept. */
  keep(kept: Kept): void {
    this.size += 1;
    if (this.size * 4 > this.slots.length * 3) {
      const before = this.all();
      this.slots = emptySlots(this.slots.length * 2);
      for (const one of before) this.put(one);
    }
    this.put(kept);
  }

  /** All that is kept, in no order. */
  all(): Kept[] {
    const all: Kept[] = [];
    for (const kept of this.slots) if (kept !== undefined) all.push(kept);
    return all;
  }

  /** Keeps only so much of what it has, in the memory that there is. */
  keepOnly(left: readonly Kept[]): void {
    this.slots.fill(undefined);
    for (const kept of left) this.put(kept);
    this.size = left.length;
  }

  private put(kept: Kept): void {
    hashInto(kept.value, hash);
    const mask = this.slots.length - 1;
    let slot = hash.low & mask;
    while (this.slots[slot] !== undefined) slot = (slot + 1) & mask;
    this.slots[slot] = kept;
  }
}

function emptySlots<Kept>(length: number): (Kept | undefined)[] {
  return Array.from<Kept | undefined>({ length }).fill(undefined);
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
