/** The alphabets of RFC 1951, section 3.2.5. A match length counts from its shortest, 3. */

export class Symbols {
  @inline
  static ofLength(length: u32): u32 {
    if (length == 255) return 285;
    const extraBits = Symbols.extraBitsOfLength(length);
    return 257 + (extraBits << 2) + (length >>> extraBits);
  }

  @inline
  static extraBitsOfLength(length: u32): u32 {
    return length < 8 || length == 255 ? 0 : 29 - clz(length);
  }

  @inline
  static extraBitsOfLiteral(symbol: u32): u32 {
    return symbol < 265 || symbol >= 285 ? 0 : (symbol - 261) >>> 2;
  }

  @inline
  static extraBitsOfDistance(symbol: u32): u32 {
    return symbol < 4 ? 0 : (symbol >>> 1) - 1;
  }

  /** Section 3.2.6. */
  @inline
  static fixedLength(symbol: u32): u32 {
    return symbol < 144 ? 8 : symbol < 256 ? 9 : symbol < 280 ? 7 : 8;
  }
}

export const FIXED_DISTANCE_LENGTH: u32 = 5;
