/**
 * What compiled readers share: a position in the bytes of one fact, and readers of single values.
 * They know compact JSON only. Whatever else comes they throw `Unfit`, and the caller lets
 * `JSON.parse` judge: it accepts what is valid all the same, and rejects what is not.
 */

/** The bytes are not what the compiled reader is for, or not JSON at all. */
export class Unfit extends Error {}

/** Made once, because a stack trace takes longer than reading a fact. */
const UNFIT = new Unfit("not what this reader is for");

const POWERS = Array.from({ length: 16 }, (_, power) => 10 ** power);
/** A whole number of so many digits is exact, and its quotient by a power of ten is rounded once. */
const EXACT_DIGITS = 15;

const ENTRIES = 4096;
const MOST_KEPT = 24;

/** The one string of this content that V8 keeps for keys: others are compared to it by address. */
function unique(text: string): string {
  return Object.keys({ [text]: 0 })[0] ?? text;
}

/** Called by generated code; the names are the ones that `readerSource` uses. */
export interface ReaderRuntime {
  start(bytes: Uint8Array): void;
  end(): void;
  /** The next byte, without taking it. */
  peek(): number;
  /** Takes one byte, which must be `byte`. */
  take(byte: number): void;
  /** Whether the four bytes at `offset` from here are `word`, the first in its lowest bits. */
  matches(offset: number, word: number): boolean;
  advance(bytes: number): void;
  number(): number;
  string(): string;
  any(): unknown;
  skipNumber(): void;
  skipString(): void;
  skip(): void;
  unfit(): never;
}

export function createReaderRuntime(): ReaderRuntime {
  let bytes: Buffer = Buffer.alloc(0);
  let view = new DataView(bytes.buffer, 0, 0);
  let pos = 0;
  const kept = Array.from({ length: ENTRIES }, () => "");
  const keptBytes = new Uint8Array(ENTRIES * MOST_KEPT);

  const unfit = (): never => {
    throw UNFIT;
  };

  function take(byte: number): void {
    if (bytes[pos++] !== byte) unfit();
  }

  /** Reads the digits of a number as the grammar has them; returns its value where that is exact. */
  function number(): number {
    const from = pos;
    let p = pos;
    let byte = bytes[p] as number;
    const negative = byte === 45;
    if (negative) byte = bytes[++p] as number;
    const first = p;
    let whole = 0;
    while (byte >= 48 && byte <= 57) {
      whole = whole * 10 + (byte - 48);
      byte = bytes[++p] as number;
    }
    let digits = p - first;
    if (digits === 0 || (digits > 1 && bytes[first] === 48)) unfit();
    let decimals = 0;
    if (byte === 46) {
      const behind = ++p;
      byte = bytes[p] as number;
      while (byte >= 48 && byte <= 57) {
        whole = whole * 10 + (byte - 48);
        byte = bytes[++p] as number;
      }
      decimals = p - behind;
      if (decimals === 0) unfit();
      digits += decimals;
    }
    if (byte === 101 || byte === 69) return exponent(from, p + 1);
    pos = p;
    if (digits > EXACT_DIGITS) return Number(bytes.toString("latin1", from, p));
    const value = decimals === 0 ? whole : whole / (POWERS[decimals] as number);
    return negative ? -value : value;
  }

  function exponent(from: number, p: number): number {
    if (bytes[p] === 43 || bytes[p] === 45) p++;
    const first = p;
    while ((bytes[p] as number) >= 48 && (bytes[p] as number) <= 57) p++;
    if (p === first) unfit();
    pos = p;
    return Number(bytes.toString("latin1", from, p));
  }

  /** Short plain strings are looked up by their bytes, because making one takes native code. */
  function string(): string {
    const from = pos + 1;
    let p = from;
    let hash = 0;
    let byte = bytes[p] as number;
    while (byte !== 34) {
      // Also where the bytes end, and what stands there is no number.
      if (!(byte >= 32 && byte < 127 && byte !== 92)) return special(from, p);
      hash = (Math.imul(hash, 31) + byte) | 0;
      byte = bytes[++p] as number;
    }
    if (bytes[pos] !== 34) unfit();
    pos = p + 1;
    const length = p - from;
    if (length > MOST_KEPT) return bytes.toString("latin1", from, p);
    const entry = (hash ^ (hash >>> 12)) & (ENTRIES - 1);
    const at = entry * MOST_KEPT;
    const known = kept[entry] as string;
    if (known.length === length) {
      let index = 0;
      while (index < length && keptBytes[at + index] === bytes[from + index]) index++;
      if (index === length) return known;
    }
    const text = unique(bytes.toString("latin1", from, p));
    kept[entry] = text;
    for (let index = 0; index < length; index++)
      keptBytes[at + index] = bytes[from + index] as number;
    return text;
  }

  /** The position of the quote that ends a string; `p` is in it, not behind a backslash. */
  function closing(p: number): number {
    for (;;) {
      const byte = bytes[p];
      if (byte === 34) return p;
      if (byte === undefined || byte < 32) unfit();
      p += byte === 92 ? 2 : 1;
    }
  }

  function special(from: number, p: number): string {
    if (bytes[pos] !== 34) unfit();
    const end = closing(p);
    const text = bytes.toString("utf8", from, end);
    pos = end + 1;
    return text.includes("\\") ? (JSON.parse(`"${text}"`) as string) : text;
  }

  function skipString(): void {
    if (bytes[pos] !== 34) unfit();
    let p = pos + 1;
    let byte = bytes[p] as number;
    while (byte !== 34) {
      if (!(byte >= 32 && byte !== 92)) {
        special(pos + 1, p);
        return;
      }
      byte = bytes[++p] as number;
    }
    pos = p + 1;
  }

  function word(text: string): void {
    for (let index = 0; index < text.length; index++) take(text.charCodeAt(index));
  }

  function any(): unknown {
    switch (bytes[pos]) {
      case 34:
        return string();
      case 123:
        return object();
      case 91:
        return array();
      case 116:
        word("true");
        return true;
      case 102:
        word("false");
        return false;
      case 110:
        word("null");
        return null;
      default:
        return number();
    }
  }

  function object(): Record<string, unknown> {
    const found: Record<string, unknown> = {};
    if (bytes[++pos] === 125) {
      pos++;
      return found;
    }
    for (;;) {
      const key = string();
      if (key === "__proto__") unfit();
      take(58);
      found[key] = any();
      if (bytes[pos] !== 44) break;
      pos++;
    }
    take(125);
    return found;
  }

  function array(): unknown[] {
    const found: unknown[] = [];
    if (bytes[++pos] === 93) {
      pos++;
      return found;
    }
    for (;;) {
      found.push(any());
      if (bytes[pos] !== 44) break;
      pos++;
    }
    take(93);
    return found;
  }

  return {
    start: (given) => {
      bytes = Buffer.isBuffer(given)
        ? given
        : Buffer.from(given.buffer, given.byteOffset, given.byteLength);
      view = new DataView(given.buffer, given.byteOffset, given.byteLength);
      pos = 0;
    },
    end: () => {
      if (pos !== bytes.length) unfit();
    },
    peek: () => bytes[pos] as number,
    take,
    matches: (offset, expected) => view.getInt32(pos + offset, true) === expected,
    advance: (count) => {
      pos += count;
    },
    number,
    string,
    any,
    skipNumber: number,
    skipString,
    skip: any,
    unfit,
  };
}
