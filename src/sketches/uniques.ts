import type { ByteSource } from "./bytes.js";
import { unwrapped, wrapped } from "./envelope.js";
import { hashAsciiInto, hashInto, type Hash64, type Scalar } from "./hash.js";
import { downsized, mostLikelyCount, united, withRank } from "./uniques/registers.js";
import { MAX_TOKENS, rankOf, registerOf, tokenOf, TokenSet } from "./uniques/tokens.js";

/** 2¹⁴ registers of a byte: 16 KiB. */
const PRECISION = 14;
const REGISTERS = 1 << PRECISION;
const MAX_REGISTER = ((65 - PRECISION) << 2) | 3;

const SPARSE = 0;
const DENSE = 1;

/**
 * How many different values there are, in 16 KiB. Up to 3,072 of them it counts (two of so many share a token
 * once in fifty times); from there on it estimates, with a standard error of 0.6 % (`STANDARD_ERROR`).
 *
 * What it becomes depends on the set of values alone: not on their order, nor on how they were split.
 */
export class Uniques {
  /** √(4.63 / (8 · 16,384)): PVLDB 17(7), table 1, for the estimate of greatest likelihood. */
  static readonly STANDARD_ERROR = 0.0059;

  private tokens: TokenSet | undefined = new TokenSet();
  private registers: Uint8Array = new Uint8Array(0);
  private readonly hash: Hash64 = { high: 0, low: 0 };

  add(value: Scalar): void {
    hashInto(value, this.hash);
    this.addToken(tokenOf(this.hash));
  }

  /** Adds a string of ASCII that stands in bytes. */
  addAscii(bytes: Uint8Array, from: number, to: number): void {
    hashAsciiInto(bytes, from, to, this.hash);
    this.addToken(tokenOf(this.hash));
  }

  /** Forgets all values, and keeps memory for others. */
  clear(): void {
    if (this.tokens === undefined) this.tokens = new TokenSet();
    else this.tokens.clear();
  }

  /** Adds what another one has seen. */
  merge(other: Uniques): void {
    if (other.tokens !== undefined) {
      // Not while it changes: one may be merged with itself.
      if (other !== this) for (const token of other.tokens) this.addToken(token);
      return;
    }
    this.becomeDense();
    const { registers } = this;
    for (let at = 0; at < REGISTERS; at++) {
      registers[at] = united(registers[at] ?? 0, other.registers[at] ?? 0);
    }
  }

  /** The number of different values, rounded: exact in small sets, estimated in large ones. */
  count(): number {
    if (this.tokens !== undefined) return this.tokens.size;
    return Math.round(mostLikelyCount(this.registers, PRECISION));
  }

  /**
   * What the estimate would be in 2^precision bytes instead of 2¹⁴: its standard error doubles when the
   * precision falls by two. Throws a `RangeError` unless that is a whole number from 6 to 14.
   */
  countIn(precision: number): number {
    if (!Number.isInteger(precision) || precision < 6 || precision > PRECISION) {
      throw new RangeError(`a precision is from 6 to ${PRECISION}, not ${precision}`);
    }
    const dense = new Uniques();
    dense.merge(this);
    dense.becomeDense();
    const fewer = downsized(dense.registers, PRECISION, precision);
    return Math.round(mostLikelyCount(fewer, precision));
  }

  /** Whether the count is an estimate. */
  get isEstimate(): boolean {
    return this.tokens === undefined;
  }

  toBytes(): Uint8Array {
    return wrapped("uniques", (sink) => {
      const { tokens } = this;
      sink.byte(tokens === undefined ? DENSE : SPARSE);
      if (tokens === undefined) return sink.raw(this.registers);
      sink.whole(tokens.size);
      let before = 0;
      for (const token of tokens.sorted()) {
        sink.whole(token - before);
        before = token;
      }
    });
  }

  /** Throws a `DataError` where bytes are none that `toBytes` made. */
  static fromBytes(bytes: Uint8Array): Uniques {
    return unwrapped("uniques", bytes, (source) => {
      const uniques = new Uniques();
      const form = source.byte();
      if (form === SPARSE) uniques.readTokens(source);
      else if (form === DENSE) uniques.readRegisters(source);
      else throw source.wrong("a sketch of uniques is neither sparse nor dense");
      return uniques;
    });
  }

  private addToken(token: number): void {
    const { tokens } = this;
    if (tokens !== undefined) {
      tokens.add(token);
      if (tokens.size > MAX_TOKENS) this.becomeDense();
      return;
    }
    const at = registerOf(token, PRECISION);
    const before = this.registers[at] ?? 0;
    const after = withRank(before, rankOf(token, PRECISION));
    if (after !== before) this.registers[at] = after;
  }

  private becomeDense(): void {
    const { tokens } = this;
    if (tokens === undefined) return;
    this.tokens = undefined;
    if (this.registers.length === REGISTERS) this.registers.fill(0);
    else this.registers = new Uint8Array(REGISTERS);
    for (const token of tokens) this.addToken(token);
  }

  private readTokens(source: ByteSource): void {
    const count = source.whole();
    if (count > MAX_TOKENS) throw source.wrong("a sketch of uniques has too many tokens");
    let token = 0;
    for (let done = 0; done < count; done++) {
      const step = source.whole();
      token += step;
      if (step === 0 || token > 0xffffffff) throw source.wrong("a token of a sketch is none");
      this.addToken(token | 0);
    }
  }

  private readRegisters(source: ByteSource): void {
    this.tokens = undefined;
    this.registers = source.raw(REGISTERS);
    if (
      this.registers.some((register) => register > MAX_REGISTER || (register > 0 && register < 4))
    ) {
      throw source.wrong("a register of a sketch is none");
    }
  }
}
