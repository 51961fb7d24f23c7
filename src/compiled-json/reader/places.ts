import * as at from "./layout.js";
import { Tag } from "./layout.js";
import type { Parser } from "./parser.js";
import type { Tape } from "./tape.js";

const FIRST_PLACES = 256;

/** Places of the tape where values stand, in memory that is used again. */
export class Places {
  length = 0;
  private at = new Int32Array(FIRST_PLACES);

  push(place: number): void {
    if (this.length === this.at.length) {
      const larger = new Int32Array(2 * this.length);
      larger.set(this.at);
      this.at = larger;
    }
    this.at[this.length++] = place;
  }

  /** The place of that number, which has to be there. */
  get(index: number): number {
    return this.at[index] as number;
  }
}

/** What stands at places of the tape of lines, for who need not have it made. */
export class PlacedValues {
  readonly bytes: Uint8Array;
  /** Where in the bytes the text stands that `isAscii` was asked for last. */
  from = 0;
  to = 0;
  private readonly words: Int32Array;
  private readonly doubles: Float64Array;

  constructor(
    { bytes, words, doubles }: Parser,
    private readonly tape: Tape,
  ) {
    this.bytes = bytes;
    this.words = words;
    this.doubles = doubles;
  }

  value(place: number): unknown {
    return this.tape.value(place);
  }

  isNull(place: number): boolean {
    return this.words[place * 2 + 1] === Tag.other && this.words[place * 2] === 0;
  }

  /** NaN where there is no number. */
  number(place: number): number {
    const upper = this.words[place * 2 + 1] as number;
    if (upper === Tag.integer) return this.words[place * 2] as number;
    if (upper >>> 0 < Tag.text >>> 0) return this.doubles[place] as number;
    return upper >>> 16 === Tag.text >>> 16 ? (this.tape.value(place) as number) : NaN;
  }

  /** Whether there is a string of ASCII without escapes: where it stands is in `from` and `to`. */
  isAscii(place: number): boolean {
    const upper = this.words[place * 2 + 1] as number;
    if (upper >>> 16 !== Tag.ascii >>> 16) return false;
    const lower = this.words[place * 2] as number;
    this.from = at.textFrom(lower);
    this.to = this.from + at.textLength(lower, upper);
    return true;
  }
}
