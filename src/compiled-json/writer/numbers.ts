import type { Staging } from "./staging.js";

/** Writes a number as `JSON.stringify` does, at most 25 bytes; returns the position behind it. */
export type WriteNumber = (position: number, value: number) => number;

/** How many whole numbers, from 0 on, are short. */
export const SHORTS = 1000;
/** Short ones without leading zeros: three bytes of ASCII, and their number in the highest byte. */
export const SHORT = new Int32Array(SHORTS);
/** The same for this file: what is exported is looked up in a cell each time, and is no constant for engines. */
const BELOW = SHORTS;
const WORDS = SHORT;
/** 0 to 999 as three digits. */
const PADDED = new Int32Array(1000);
/** 0 to 9999 as four digits, the first in the lowest byte. */
const FOUR = new Int32Array(10_000);
for (let value = 0; value < 1000; value++) {
  const tens = (value / 10) | 0;
  const hundreds = (value / 100) | 0;
  const padded =
    (48 + hundreds) | ((48 + tens - hundreds * 10) << 8) | ((48 + value - tens * 10) << 16);
  PADDED[value] = padded;
  const length = value < 10 ? 1 : value < 100 ? 2 : 3;
  SHORT[value] = (padded >>> (8 * (3 - length))) | (length << 24);
  for (let thousands = 0; thousands < 10; thousands++) {
    FOUR[thousands * 1000 + value] = (48 + thousands) | (padded << 8);
  }
}

const NULL = 0x6c_6c_75_6e;
const MINUS = 45;
const POINT = 46;
/** After so many numbers in a row that were no short decimals, as many more are not looked at for that. */
const STREAK = 16;
/** Every integer below it is exact, and so is its division into two parts. */
const EXACT = 2 ** 53;

/** Numbers into staging; `double` writes what is neither whole nor a decimal of few digits. */
export function createNumbers(
  { bytes, view }: Pick<Staging, "bytes" | "view">,
  double: WriteNumber,
): WriteNumber {
  /** How many numbers in a row went to `double`; from `STREAK` on they do without being looked at. */
  let streak = 0;

  // Small, to be inlined; where a schema promises numbers, short ones do not even come here.
  function number(p: number, value: number): number {
    const whole = value | 0;
    if (whole !== value || whole < 0 || whole >= BELOW) return other(p, value, whole);
    const word = WORDS[whole] as number;
    view.setInt32(p, word, true);
    return p + (word >>> 24);
  }

  function other(p: number, value: number, whole: number): number {
    if (whole !== value) return fraction(p, value);
    if (whole >= 0) return natural(p, whole);
    bytes[p] = MINUS;
    return natural(p + 1, -whole);
  }

  /** A whole number from 0 to 2³¹, four digits at a time. */
  function natural(p: number, value: number): number {
    if (value < 10_000) return few(p, value);
    const upper = (value / 10_000) | 0;
    p = upper < 10_000 ? few(p, upper) : natural(p, upper);
    view.setInt32(p, FOUR[value - upper * 10_000] as number, true);
    return p + 4;
  }

  function few(p: number, value: number): number {
    if (value < 1000) {
      const word = WORDS[value] as number;
      view.setInt32(p, word, true);
      return p + (word >>> 24);
    }
    view.setInt32(p, FOUR[value] as number, true);
    return p + 4;
  }

  /** Nine digits with leading zeros. */
  function nine(p: number, value: number): number {
    const thousands = (value / 1000) | 0;
    const millions = (thousands / 1000) | 0;
    view.setInt32(p, PADDED[millions] as number, true);
    view.setInt32(p + 3, PADDED[thousands - millions * 1000] as number, true);
    view.setInt32(p + 6, PADDED[value - thousands * 1000] as number, true);
    return p + 9;
  }

  function fraction(p: number, value: number): number {
    if (!Number.isFinite(value)) {
      view.setInt32(p, NULL, true);
      return p + 4;
    }
    if (value < 0) {
      bytes[p++] = MINUS;
      value = -value;
    }
    if (streak >= STREAK) {
      streak = streak === 2 * STREAK ? STREAK - 1 : streak + 1;
      return double(p, value);
    }
    // A decimal of at most 15 digits that reads as this double is the shortest that does, because
    // no two of them read as the same double. Division rounds correctly, so it tells exactly.
    if (value < 20_000_000) {
      const hundredths = (value * 100 + 0.5) | 0;
      if (hundredths / 100 === value) {
        streak = 0;
        return decimals2(p, hundredths);
      }
    }
    if (value < 1_000_000_000) {
      const millionths = Math.floor(value * 1e6 + 0.5);
      if (millionths / 1e6 === value && millionths !== 0) {
        streak = 0;
        return decimals6(p, value, millionths);
      }
    } else if (value < EXACT) {
      const upper = Math.floor(value / 1e9);
      const lower = value - upper * 1e9;
      if (Math.floor(lower) === lower) return nine(natural(p, upper), lower);
    }
    streak++;
    return double(p, value);
  }

  /** A number of hundredths, as one or two decimals. */
  function decimals2(p: number, hundredths: number): number {
    const whole = (hundredths / 100) | 0;
    const rest = hundredths - whole * 100;
    p = natural(p, whole);
    // The padded word of `rest` begins with a zero, whose place the point takes.
    view.setInt32(p, PADDED[rest] as number, true);
    bytes[p] = POINT;
    return rest % 10 === 0 ? p + 2 : p + 3;
  }

  /** A number of millionths, as one to six decimals. */
  function decimals6(p: number, value: number, millionths: number): number {
    const whole = value | 0;
    const rest = millionths - whole * 1e6;
    p = natural(p, whole);
    bytes[p] = POINT;
    const thousandths = (rest / 1000) | 0;
    view.setInt32(p + 1, PADDED[thousandths] as number, true);
    view.setInt32(p + 4, PADDED[rest - thousandths * 1000] as number, true);
    p += 7;
    while (bytes[p - 1] === 48) p--;
    return p;
  }

  return number;
}
