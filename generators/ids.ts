import type { Random } from "./random.js";

const FOUR_DIGITS = Array.from({ length: 10_000 }, (_, number) => String(number).padStart(4, "0"));

/**
 * Ids as a server gives them out to one session: 19 digits, a 64-bit number that no double can hold,
 * and one not far from the next. Different for the first few hundred.
 */
export class Ids {
  private readonly prefix: string;
  private last: number;

  constructor(private readonly random: Random) {
    this.prefix = `${1_000_000_000 + (random.bits() >>> 3)}${10_000 + random.below(65_536)}`;
    this.last = random.below(10_000);
  }

  next(): string {
    this.last = (this.last + 1 + (this.random.bits() & 7)) % FOUR_DIGITS.length;
    return this.prefix + (FOUR_DIGITS[this.last] as string);
  }
}
