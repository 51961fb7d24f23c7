/**
 * Hashes as 32-bit tokens, while there are few: the sparse form of HyperLogLog++ (Heule, Nunkesser, Hall 2013,
 * section 5.3). A token has the first 26 bits of a hash, and how many zeros follow: all that registers ask for.
 */
import type { Hash64 } from "../hash.js";

const TAIL_BITS = 6;
const TAIL_MASK = (1 << TAIL_BITS) - 1;

/** The most tokens that are kept: with their table they take what the registers would. */
export const MAX_TOKENS = 3072;
const FIRST_SLOTS = 16;

/** The token of a hash, as a signed 32-bit number, and never 0. */
export function tokenOf({ high, low }: Hash64): number {
  const tail = high & TAIL_MASK;
  const zeros = tail === 0 ? TAIL_BITS + Math.clz32(low) : Math.clz32(tail) - (32 - TAIL_BITS);
  return (high & ~TAIL_MASK) | (zeros + 1);
}

/** The register that a token's hash belongs to, of 2^precision. */
export function registerOf(token: number, precision: number): number {
  return token >>> (32 - precision);
}

/** One more than the zeros that follow the bits of the register in a token's hash. */
export function rankOf(token: number, precision: number): number {
  const between = (token & ~TAIL_MASK) << precision;
  if (between !== 0) return Math.clz32(between) + 1;
  return 32 - TAIL_BITS - precision + (token & TAIL_MASK);
}

/** A set of tokens: an open-addressed table in memory that doubles. */
export class TokenSet {
  size = 0;
  private slots = new Int32Array(FIRST_SLOTS);

  add(token: number): void {
    const mask = this.slots.length - 1;
    // The head of the token is random already.
    let slot = (token >>> TAIL_BITS) & mask;
    for (;;) {
      const found = this.slots[slot];
      if (found === token) return;
      if (found === 0) break;
      slot = (slot + 1) & mask;
    }
    this.slots[slot] = token;
    this.size += 1;
    // Not before it is more than three quarters full, so that the largest table takes 16 KiB.
    if (this.size * 4 > this.slots.length * 3) this.grow();
  }

  /** Forgets all tokens, and keeps the memory for others. */
  clear(): void {
    this.size = 0;
    this.slots.fill(0);
  }

  /** The tokens, in no order. */
  *[Symbol.iterator](): Iterator<number> {
    for (const token of this.slots) if (token !== 0) yield token;
  }

  /** The tokens in ascending order, as numbers without a sign. */
  sorted(): Uint32Array {
    return Uint32Array.from(this).toSorted();
  }

  private grow(): void {
    const before = this.slots;
    this.slots = new Int32Array(before.length * 2);
    this.size = 0;
    for (const token of before) if (token !== 0) this.add(token);
  }
}
