import { createScan } from "./scan.js";
import { SLACK, type Staging } from "./staging.js";

/** Writes a string with its quotes; returns the position behind it, where the whole slack is free. */
export type WriteString = (position: number, text: string) => number;

/** Longer strings are copied by native code: a call costs about as much as so many units. */
export const SHORT_UNITS = 28;
/** The same for this file: what is exported is looked up in a cell each time. */
const MOST_UNITS = SHORT_UNITS;
/** What a short string takes at most: `\uXXXX` for every unit, and the quotes. */
export const SHORT_STRING_BYTES = 6 * SHORT_UNITS + 2;

/**
 * Not as a method: engines note which kinds of string a method is looked up on, and of more than four
 * kinds (short, joined, sliced, of one or two bytes, …) they give up and call it for every unit.
 */
// oxlint-disable-next-line typescript/unbound-method
const { charCodeAt } = String.prototype;
// Nor is `length` taken of what is not known to be a string: for `"" + text` that is so, and costs nothing.

const HEX = "0123456789abcdef";
const QUOTE = 34;
const BACKSLASH = 92;

/** For each ASCII unit: 0 if it stands for itself, the letter behind the backslash, or 117 (`u`). */
const ESCAPES = new Uint8Array(128);
ESCAPES.fill(117, 0, 32);
for (const [unit, letter] of ["\bb", "\tt", "\nn", "\ff", "\rr", '""', "\\\\"]) {
  ESCAPES[(unit as string).charCodeAt(0)] = (letter as string).charCodeAt(0);
}

/** What is written for each ASCII unit, in two words, and how long it is. */
const ESCAPED = new Int32Array(256);
const ESCAPED_BYTES = new Uint8Array(128);
for (let unit = 0; unit < 128; unit++) {
  const written = JSON.stringify(String.fromCharCode(unit)).slice(1, -1);
  ESCAPED_BYTES[unit] = written.length;
  for (let at = 0; at < written.length; at++) {
    const word = unit * 2 + (at >> 2);
    ESCAPED[word] = (ESCAPED[word] as number) | (written.charCodeAt(at) << (8 * (at & 3)));
  }
}

/** Strings of so many units are kept, up to so many; the longest fill four words with their quotes. */
const MIN_RECENT = 4;
const MAX_RECENT = 14;
const RECENT_BYTES = 16;
const RECENT = 1024;
/** While fewer than two of three are found, they are not looked for: so many strings long. */
const MAX_CREDIT = 2000;
const PAUSE = 100_000;

/** Strings into staging, as `JSON.stringify` escapes them, in UTF-8. */
export function createStrings(staging: Staging): WriteString {
  const { bytes, view, start, limit, end, flush, pass } = staging;
  // What `write` calls after looking at its arguments.
  const raw = bytes as Buffer & { utf8Write(text: string, position: number): number };
  const isPlain = createScan(staging);

  /** The strings that were written last, and how: quotes, too. */
  const recent: string[] = Array.from({ length: RECENT }, () => "");
  const recentWords = new Int32Array(4 * RECENT);
  const recentLengths = new Uint8Array(RECENT);
  /** Rises when one is found, and falls when not; below zero they are not looked for, for a while. */
  let credit = MAX_CREDIT;

  function string(p: number, given: string): number {
    // oxlint-disable-next-line typescript/no-unnecessary-type-conversion
    const text = "" + given;
    const units = text.length;
    if (units > MOST_UNITS) return long(p, text, units);
    if (units > MAX_RECENT || units < MIN_RECENT || credit < 0) return short(p, text, units);
    const entry =
      (charCodeAt.call(text, 0) * 5 +
        charCodeAt.call(text, units >> 1) * 67 +
        charCodeAt.call(text, units - 1) * 19 +
        units) &
      (RECENT - 1);
    if (recent[entry] !== text) return unknown(p, text, units, entry);
    if (credit < MAX_CREDIT) credit++;
    const word = entry * 4;
    view.setInt32(p, recentWords[word] as number, true);
    view.setInt32(p + 4, recentWords[word + 1] as number, true);
    view.setInt32(p + 8, recentWords[word + 2] as number, true);
    view.setInt32(p + 12, recentWords[word + 3] as number, true);
    return p + (recentLengths[entry] as number);
  }

  function unknown(p: number, text: string, units: number, entry: number): number {
    credit -= 2;
    if (credit < 0) credit = -PAUSE;
    const next = short(p, text, units);
    if (next - p > RECENT_BYTES) return next; // escapes or other letters made it longer
    for (let word = 0; word < 4; word++) {
      recentWords[entry * 4 + word] = view.getInt32(p + word * 4, true);
    }
    recent[entry] = text;
    recentLengths[entry] = next - p;
    return next;
  }

  /** Four units at a time. */
  function short(p: number, text: string, units: number): number {
    if (credit < 0 && ++credit === 0) credit = MAX_CREDIT;
    bytes[p++] = QUOTE;
    let index = 0;
    for (; index + 4 <= units; index += 4) {
      const a = charCodeAt.call(text, index);
      const b = charCodeAt.call(text, index + 1);
      const c = charCodeAt.call(text, index + 2);
      const d = charCodeAt.call(text, index + 3);
      if ((a | b | c | d) > 127) return special(p, text, units, index);
      if (
        ((ESCAPES[a] as number) |
          (ESCAPES[b] as number) |
          (ESCAPES[c] as number) |
          (ESCAPES[d] as number)) !==
        0
      ) {
        return special(p, text, units, index);
      }
      view.setInt32(p, a | (b << 8) | (c << 16) | (d << 24), true);
      p += 4;
    }
    for (; index < units; index++) {
      const unit = charCodeAt.call(text, index);
      if (unit > 127 || ESCAPES[unit] !== 0) return special(p, text, units, index);
      bytes[p++] = unit;
    }
    bytes[p] = QUOTE;
    return p + 1;
  }

  /** The rest of a short string, from a unit on that does not stand for itself. */
  function special(p: number, text: string, units: number, from: number): number {
    for (let index = from; index < units; index++) {
      const unit = charCodeAt.call(text, index);
      if (unit < 128) {
        view.setInt32(p, ESCAPED[unit * 2] as number, true);
        view.setInt32(p + 4, ESCAPED[unit * 2 + 1] as number, true);
        p += ESCAPED_BYTES[unit] as number;
      } else if (unit < 0x800) {
        bytes[p++] = 0xc0 | (unit >> 6);
        bytes[p++] = 0x80 | (unit & 0x3f);
      } else if (unit < 0xd800 || unit > 0xdfff) {
        bytes[p++] = 0xe0 | (unit >> 12);
        bytes[p++] = 0x80 | ((unit >> 6) & 0x3f);
        bytes[p++] = 0x80 | (unit & 0x3f);
      } else {
        const point = text.codePointAt(index) as number;
        if (point < 0x10000) {
          p = escape(p, unit); // a surrogate alone
        } else {
          bytes[p++] = 0xf0 | (point >> 18);
          bytes[p++] = 0x80 | ((point >> 12) & 0x3f);
          bytes[p++] = 0x80 | ((point >> 6) & 0x3f);
          bytes[p++] = 0x80 | (point & 0x3f);
          index++;
        }
      }
    }
    bytes[p] = QUOTE;
    return p + 1;
  }

  /** `\uXXXX` */
  function escape(p: number, unit: number): number {
    bytes[p] = BACKSLASH;
    bytes[p + 1] = 117;
    bytes[p + 2] = HEX.charCodeAt(unit >> 12);
    bytes[p + 3] = HEX.charCodeAt((unit >> 8) & 15);
    bytes[p + 4] = HEX.charCodeAt((unit >> 4) & 15);
    bytes[p + 5] = HEX.charCodeAt(unit & 15);
    return p + 6;
  }

  /** Native code writes it as it is; only if something has to be escaped, it is quoted first. */
  function long(p: number, text: string, units: number): number {
    const most = units * 3 + 2;
    if (p + most > end - SLACK) {
      if (most > limit - start - 1) return pass(p, JSON.stringify(text));
      p = flush(p);
    }
    const written = raw.utf8Write(text, p + 1);
    // A lone surrogate would have become U+FFFD.
    if (isPlain(p + 1, written) === 1 && (written === units || text.isWellFormed())) {
      bytes[p] = QUOTE;
      p += written + 2;
      bytes[p - 1] = QUOTE;
      return p > limit ? flush(p) : p;
    }
    return quoted(p, JSON.stringify(text));
  }

  function quoted(p: number, text: string): number {
    const most = text.length * 3;
    if (p + most > end - SLACK) {
      if (most > limit - start - 1) return pass(p, text);
      p = flush(p);
    }
    p += raw.utf8Write(text, p);
    return p > limit ? flush(p) : p;
  }

  return string;
}
