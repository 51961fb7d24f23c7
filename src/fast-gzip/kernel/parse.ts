/**
 * Bytes to words. Four places in a row are looked up at once and the longest match of all is
 * taken: this does what lazy matching does, without a branch that depends on data. The next step
 * cannot begin before it is known where this one ends, so what counts is the length of that chain:
 * from a place to its hash, bucket, candidate, score, and the next place.
 */
import { Buckets, COMPARED } from "./buckets";
import { VALUE_COUNTS, COUNTS_BYTES, TABLE, TABLE_BYTES, WORDS, WORDS_END } from "./memory";
import { MAX_MATCH, Words } from "./words";

/** Places that are looked up at once; their bonuses are 3 to 0, so that the first wins of equals. */
const PLACES: usize = 4;
/** A match of four bytes from further away takes more bits than its literals. */
const NEAR: u32 = 1024;
/** Steps without a match after which places begin to be passed over, and how many at most. */
const COLD_LOG: u32 = 4;
const MOST_PASSED: u32 = 32;
/** No step starts that may write more words than there is room for. */
const LAST_STEP: usize = WORDS_END - 4 * (PLACES + MOST_PASSED);
/** Nor one with fewer bytes left: a match at its last place is still long enough. */
const STEP_INPUT: usize = 8;

/** Where the last words end. */
export let parsed: usize = 0;

export function clearTable(): void {
  memory.fill(TABLE, 0, TABLE_BYTES);
  memory.fill(VALUE_COUNTS, 0, COUNTS_BYTES);
}

/** Fills the words from `from` on, until they are full or `end` is reached; returns their end. */
export function parse<T>(from: usize, end: usize): usize {
  let place = from;
  let word = WORDS;
  let cold: u32 = 0;
  while (word <= LAST_STEP && place + STEP_INPUT <= end) {
    const first = Buckets.find<T>(place, 3);
    const second = Buckets.find<T>(place + 1, 2);
    const third = Buckets.find<T>(place + 2, 1);
    const fourth = Buckets.find<T>(place + 3, 0);
    const best = max(max(first, second), max(third, fourth));
    const distance = Buckets.distanceOf(best);
    let length = Buckets.lengthOf(best);
    if (length < (distance > NEAR ? 5 : 4)) {
      word = Words.putLiteral(word, load<u8>(place));
      word = Words.putLiteral(word, load<u8>(place, 1));
      word = Words.putLiteral(word, load<u8>(place, 2));
      word = Words.putLiteral(word, load<u8>(place, 3));
      place += PLACES;
      const passed = min(min(cold >>> COLD_LOG, MOST_PASSED), u32(end - place));
      for (let i: u32 = 0; i < passed; i++) word = Words.putLiteral(word, load<u8>(place++));
      cold++;
      continue;
    }
    cold = 0;
    const skipped = 3 - Buckets.bonusOf(best);
    Words.putLiteralIf(u32(skipped > 0), word, load<u8>(place));
    Words.putLiteralIf(u32(skipped > 1), word + 4, load<u8>(place, 1));
    Words.putLiteralIf(u32(skipped > 2), word + 8, load<u8>(place, 2));
    word += skipped << 2;
    place += skipped;
    if (length == COMPARED) length = Buckets.commonBytes(place, place - distance);
    length = min(min(length, MAX_MATCH), u32(end - place));
    word = Words.putMatch(word, length, distance);
    // Few places of a match are remembered: of the whole, each one costs more than it finds.
    Buckets.insert<T>(place + PLACES);
    place += length;
    // With one place for each hash the next match follows too closely for a second one to pay.
    if (sizeof<T>() > 2) Buckets.insert<T>(place - 2);
    Buckets.insert<T>(place - 1);
  }
  if (place + STEP_INPUT > end) {
    while (word < WORDS_END && place < end) {
      word = Words.putLiteral(word, load<u8>(place++));
    }
  }
  parsed = place;
  return word;
}
