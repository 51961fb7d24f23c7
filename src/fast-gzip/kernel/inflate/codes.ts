/** What is inside a block of codes. The same is there twice: quick, and careful near the end of what is at hand. */
import { DISTANCE_BITS, DISTANCES, LITERAL_BITS, LITERALS, OUTPUT_LIMIT } from "./memory";
import {
  bitCount,
  bits,
  bitsLeft,
  input,
  inputEnd,
  nextBits,
  output,
  setBits,
  setInput,
  setOutput,
  skipBits,
  windowStart,
} from "./state";
import { END, LITERAL, SPECIAL, TABLE } from "./table";

/** What came of it. */
export const AT_LIMIT: u32 = 0;
export const AT_END_OF_BLOCK: u32 = 1;
const WRONG_LITERAL: u32 = 2;
const WRONG_DISTANCE: u32 = 3;
const TOO_FAR: u32 = 4;
export const STARVED: u32 = 5;

/** A turn of the quick loop takes no more input than that: it reads eight bytes from up to 13 on. */
const TURN_BYTES: usize = 24;

/** Of the longest match. */
const MOST_BITS: u32 = 48;

const LITERAL_MASK: u64 = (1 << LITERAL_BITS) - 1;
const DISTANCE_MASK: u64 = (1 << DISTANCE_BITS) - 1;

/** What the loops are made of; a class, because only methods are inlined where they are told to be. */
class Turn {
  @inline
  static literalEntry(buffer: u64): u32 {
    return load<u32>(LITERALS + (usize(buffer & LITERAL_MASK) << 2));
  }

  @inline
  static distanceEntry(buffer: u64): u32 {
    return load<u32>(DISTANCES + (usize(buffer & DISTANCE_MASK) << 2));
  }

  /** Where there is only one, what stands behind it is overwritten. */
  @inline
  static putLiterals(to: usize, entry: u32): usize {
    store<u16>(to, u16(entry >>> 8));
    return to + 1 + ((entry >>> 30) & 1);
  }

  /** Base and extra bits. Shifts are by their lowest six bits: an entry needs no masks for them. */
  @inline
  static valueOf(entry: u32, buffer: u64): u32 {
    return (entry >>> 16) + u32((buffer & ~(u64(-1) << u64(entry))) >> u64(entry >>> 8));
  }

  /** The entry in the table behind a pointer. */
  @inline
  static behind(pointer: u32, table: usize, buffer: u64): u32 {
    const rest = u32(buffer) & ((1 << ((pointer >>> 8) & 15)) - 1);
    return load<u32>(table + (((pointer >>> 16) + rest) << 2));
  }

  /** Behind the end of a copy other bytes may have changed: what comes there is not written yet. */
  @inline
  static copyQuickly(to: usize, distance: usize, length: usize): void {
    let from = to - distance;
    let at = to;
    const end = to + length;
    if (distance >= 16) {
      // Most are no longer: whether they are as long is no question that a processor can guess.
      v128.store(at, v128.load(from));
      v128.store(at, v128.load(from, 16), 16);
      while (at + 32 < end) {
        at += 32;
        from += 32;
        v128.store(at, v128.load(from));
        v128.store(at, v128.load(from, 16), 16);
      }
    } else if (distance >= 8) {
      do {
        store<u64>(at, load<u64>(from));
        at += 8;
        from += 8;
      } while (at < end);
    } else if (distance == 1) {
      const byte = i8x16.splat(load<i8>(from));
      do {
        v128.store(at, byte);
        at += 16;
      } while (at < end);
    } else {
      do store<u8>(at++, load<u8>(from++));
      while (at < end);
    }
  }
}

/**
 * Decodes until a block ends, or there is no room or input for another turn. The input is read eight bytes at a
 * time, of which those are counted that fit: at least 56 bits then stand in the buffer, a literal takes up to 15 of
 * them, a match up to 48.
 */
export function decodeQuickly(): u32 {
  let buffer = bits;
  let count = bitCount;
  let from = input;
  let to = output;
  const start = windowStart;
  const lastTurn = inputEnd - TURN_BYTES;
  let result = AT_LIMIT;
  if (from <= lastTurn) {
    buffer |= load<u64>(from) << u64(count);
    from += (~count >>> 3) & 7;
    count |= 56;
    let entry = Turn.literalEntry(buffer);
    while (from <= lastTurn && to <= OUTPUT_LIMIT) {
      if (i32(entry) < 0) {
        buffer >>= u64(entry);
        count -= entry;
        to = Turn.putLiterals(to, entry);
        entry = Turn.literalEntry(buffer);
        if (i32(entry) < 0) {
          buffer >>= u64(entry);
          count -= entry;
          to = Turn.putLiterals(to, entry);
          entry = Turn.literalEntry(buffer);
          if (i32(entry) < 0) {
            buffer >>= u64(entry);
            count -= entry;
            to = Turn.putLiterals(to, entry);
          }
        }
        buffer |= load<u64>(from) << u64(count);
        from += (~count >>> 3) & 7;
        count |= 56;
        entry = Turn.literalEntry(buffer);
        if (i32(entry) < 0) continue;
      }
      if (entry & SPECIAL) {
        if (entry & TABLE) {
          buffer >>= LITERAL_BITS;
          count -= LITERAL_BITS;
          entry = Turn.behind(entry, LITERALS, buffer);
          if (i32(entry) < 0) {
            buffer >>= u64(entry);
            count -= entry;
            to = Turn.putLiterals(to, entry);
            buffer |= load<u64>(from) << u64(count);
            from += (~count >>> 3) & 7;
            count |= 56;
            entry = Turn.literalEntry(buffer);
            continue;
          }
        }
        if (entry & SPECIAL) {
          if (entry & END) {
            buffer >>= u64(entry);
            count -= entry;
            result = AT_END_OF_BLOCK;
          } else result = WRONG_LITERAL;
          break;
        }
      }
      const length = Turn.valueOf(entry, buffer);
      buffer >>= u64(entry);
      count -= entry;
      let far = Turn.distanceEntry(buffer);
      if (far & SPECIAL) {
        if ((far & TABLE) == 0) {
          result = WRONG_DISTANCE;
          break;
        }
        buffer >>= DISTANCE_BITS;
        count -= DISTANCE_BITS;
        far = Turn.behind(far, DISTANCES, buffer);
        if (far & SPECIAL) {
          result = WRONG_DISTANCE;
          break;
        }
      }
      const distance = usize(Turn.valueOf(far, buffer));
      buffer >>= u64(far);
      count -= far;
      if (distance > to - start) {
        result = TOO_FAR;
        break;
      }
      // Looked up before the copy, so that it comes from memory meanwhile.
      buffer |= load<u64>(from) << u64(count);
      from += (~count >>> 3) & 7;
      count |= 56;
      entry = Turn.literalEntry(buffer);
      Turn.copyQuickly(to, distance, length);
      to += length;
    }
  }
  keep(buffer, count, from, to);
  return result;
}

/**
 * Decodes until a block ends, there is no more room, or the input ends within a symbol, which begins anew then. What
 * is read behind the end of the input counts for nothing.
 */
export function decodeCarefully(): u32 {
  // oxlint-disable-next-line no-unmodified-loop-condition -- by `setOutput`
  while (output <= OUTPUT_LIMIT) {
    let buffer = nextBits();
    const available = bitsLeft();
    let used: u32 = 0;
    let entry = Turn.literalEntry(buffer);
    if ((entry & (LITERAL | SPECIAL | TABLE)) == (SPECIAL | TABLE)) {
      buffer >>= LITERAL_BITS;
      used = LITERAL_BITS;
      entry = Turn.behind(entry, LITERALS, buffer);
    }
    const isLiteral = i32(entry) < 0;
    if (isLiteral || (entry & SPECIAL) != 0) {
      used += entry & 63;
      if (!isLiteral && (entry & END) == 0) return available < MOST_BITS ? STARVED : WRONG_LITERAL;
      if (used > available) return STARVED;
      skipBits(used);
      if (!isLiteral) return AT_END_OF_BLOCK;
      setOutput(Turn.putLiterals(output, entry), windowStart);
      continue;
    }
    const length = Turn.valueOf(entry, buffer);
    buffer >>= u64(entry);
    used += entry & 63;
    let far = Turn.distanceEntry(buffer);
    if ((far & (SPECIAL | TABLE)) == (SPECIAL | TABLE)) {
      buffer >>= DISTANCE_BITS;
      used += DISTANCE_BITS;
      far = Turn.behind(far, DISTANCES, buffer);
    }
    if (far & SPECIAL) return available < MOST_BITS ? STARVED : WRONG_DISTANCE;
    const distance = usize(Turn.valueOf(far, buffer));
    used += far & 63;
    if (used > available) return STARVED;
    if (distance > output - windowStart) return TOO_FAR;
    skipBits(used);
    Turn.copyQuickly(output, distance, length);
    setOutput(output + length, windowStart);
  }
  return AT_LIMIT;
}

function keep(buffer: u64, count: u32, from: usize, to: usize): void {
  const whole = count & 63;
  const waiting = whole & 7;
  setBits(buffer & ((u64(1) << u64(waiting)) - 1), waiting);
  setInput(from - (whole >>> 3), inputEnd);
  setOutput(to, windowStart);
}
