/**
 * Generates code: the shortest decimal that reads as a given double, as ECMA-262 writes it (Number::toString).
 *
 * Schubfach, by Raffaello Giulietti, "The Schubfach way to render doubles" (2021), in the form that
 * compares 4c ± 2 scaled by a 128-bit power of ten. It is WebAssembly because JavaScript has no
 * multiplication of 64 bits, and because it can then write to staging itself.
 */
import {
  assembleOne,
  get,
  giveBack,
  i32,
  i64,
  loopWhile,
  set,
  when,
  type Code,
} from "../assembler.js";

const LOWEST_POWER = -292;
const HIGHEST_POWER = 324;
const BITS_52 = (1n << 52n) - 1n;
const BITS_32 = 0xffff_ffffn;
const ZEROS = 0x3030_3030_3030_3030n;
const MINUS = 45;
const PLUS = 43;
const POINT = 46;
const ZERO = 48;
const EXPONENT = 101;

/** 10^k for k from −292 to 324, rounded up to 128 bits: the upper half, then the lower. */
function powersOfTen(): Uint8Array {
  const view = new DataView(new ArrayBuffer(16 * (HIGHEST_POWER - LOWEST_POWER + 1)));
  let address = 0;
  const write = (power: bigint) => {
    view.setBigUint64(address, power >> 64n, true);
    view.setBigUint64(address + 8, BigInt.asUintN(64, power), true);
    address += 16;
  };
  const bitsOf = (k: number) => Math.floor((k * 1_741_647) / 2 ** 19) + 1; // of 10^k: ⌊log₂⌋ + 1
  for (let k = LOWEST_POWER; k < 0; k++) {
    const divisor = 10n ** BigInt(-k);
    write((1n << BigInt(128 - bitsOf(k))) / divisor + 1n);
  }
  let power = 1n;
  for (let k = 0; k <= HIGHEST_POWER; k++, power *= 10n) {
    const surplus = BigInt(bitsOf(k) - 128);
    if (surplus <= 0n) write(power << -surplus);
    else write((power + (1n << surplus) - 1n) >> surplus);
  }
  return new Uint8Array(view.buffer);
}

// Locals: the two parameters, …
const P = 0;
const VALUE = 1;
// … those of 32 bits, …
const [Q, K, SHIFT, POWER, CLOSER, ODD, POINT_AT, DIGITS, S] = [
  2, 3, 4, 5, 6, 7, 8, 9, 10,
] as const;
const I32_LOCALS = 9;
// … and those of 64 bits.
const [C, UPPER, LOWER, VB, LOW, HIGH, D, T, X, Y, Z, W0, W1, HALF] = [
  11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24,
] as const;
const I64_LOCALS = 14;

const low32 = (value: Code) => i64.and(value, i64.const(BITS_32));
const high32 = (value: Code) => i64.shr(value, i64.const(32));

/** The upper half of the product of two locals, by halves (Hacker's Delight, 8-2). */
const upperProduct = (a: number, b: number, into: number): readonly Code[] => [
  set(T, i64.mul(low32(get(a)), low32(get(b)))),
  set(Y, i64.add(i64.mul(high32(get(a)), low32(get(b))), high32(get(T)))),
  set(Z, i64.add(i64.mul(low32(get(a)), high32(get(b))), low32(get(Y)))),
  set(
    into,
    i64.add(i64.mul(high32(get(a)), high32(get(b))), i64.add(high32(get(Y)), high32(get(Z)))),
  ),
];

/** VB = the product of X and the power of ten, over 2¹²⁸ and rounded to odd; LOW and HIGH the same around it. */
const products: readonly Code[] = [
  set(X, i64.shl(get(C), i64.fromI32(get(SHIFT)))),
  ...upperProduct(LOWER, X, HALF),
  ...upperProduct(UPPER, X, W1),
  set(W0, i64.add(i64.mul(get(UPPER), get(X)), get(HALF))),
  set(W1, i64.add(get(W1), i64.fromI32(i64.lt(get(W0), get(HALF))))),
  set(HALF, i64.mul(get(LOWER), get(X))),
  set(VB, i64.or(get(W1), i64.fromI32(i64.gt(get(W0), i64.const(1))))),
  // W1, W0 and HALF are the product. Two units of C more or less are the power of ten itself, shifted.
  set(T, i64.add(i64.fromI32(get(SHIFT)), i64.const(1))),
  set(D, i64.sub(i64.const(64), get(T))),
  set(X, i64.shr(get(UPPER), get(D))),
  set(UPPER, i64.or(i64.shl(get(UPPER), get(T)), i64.shr(get(LOWER), get(D)))),
  set(LOWER, i64.shl(get(LOWER), get(T))),
  set(T, i64.fromI32(i64.lt(i64.add(get(HALF), get(LOWER)), get(LOWER)))),
  set(Y, i64.add(get(W0), get(UPPER))),
  set(Z, i64.add(get(Y), get(T))),
  set(
    HIGH,
    i64.add(
      i64.add(get(W1), get(X)),
      i64.fromI32(i32.or(i64.lt(get(Y), get(UPPER)), i64.lt(get(Z), get(T)))),
    ),
  ),
  set(HIGH, i64.or(get(HIGH), i64.fromI32(i64.gt(get(Z), i64.const(1))))),
  when(get(CLOSER), [
    set(LOWER, i64.or(i64.shr(get(LOWER), i64.const(1)), i64.shl(get(UPPER), i64.const(63)))),
    set(UPPER, i64.or(i64.shr(get(UPPER), i64.const(1)), i64.shl(get(X), i64.const(63)))),
    set(X, i64.shr(get(X), i64.const(1))),
  ]),
  set(T, i64.fromI32(i64.lt(get(HALF), get(LOWER)))),
  set(Y, i64.sub(get(W0), get(UPPER))),
  set(Z, i64.sub(get(Y), get(T))),
  set(
    LOW,
    i64.sub(
      i64.sub(get(W1), get(X)),
      i64.fromI32(i32.or(i64.lt(get(W0), get(UPPER)), i64.lt(get(Y), get(T)))),
    ),
  ),
  set(LOW, i64.or(get(LOW), i64.fromI32(i64.gt(get(Z), i64.const(1))))),
];

/** Eight digits of ASCII, the first in the lowest byte, of a number below 10⁸. */
const eightDigits = (value: Code, into: number): readonly Code[] => [
  set(X, value),
  set(Y, i64.shr(i64.mul(get(X), i64.const(109_951_163)), i64.const(40))),
  set(
    X,
    i64.or(get(Y), i64.shl(i64.sub(get(X), i64.mul(get(Y), i64.const(10_000))), i64.const(32))),
  ),
  // Two numbers of four digits side by side, then four of two, then eight of one.
  set(
    Y,
    i64.and(i64.shr(i64.mul(get(X), i64.const(10_486)), i64.const(20)), i64.const(0x7f_0000_007fn)),
  ),
  set(X, i64.add(i64.shl(i64.sub(get(X), i64.mul(get(Y), i64.const(100))), i64.const(16)), get(Y))),
  set(
    Y,
    i64.and(
      i64.shr(i64.mul(get(X), i64.const(103)), i64.const(10)),
      i64.const(0x000f_000f_000f_000fn),
    ),
  ),
  set(
    into,
    i64.add(
      i64.add(get(Y), i64.shl(i64.sub(get(X), i64.mul(get(Y), i64.const(10))), i64.const(8))),
      i64.const(ZEROS),
    ),
  ),
];

/** D × 10^K becomes the shortest decimal in the interval of doubles that round to the value. */
const shortest: readonly Code[] = [
  set(C, i64.and(i64.fromF64Bits(get(VALUE)), i64.const(BITS_52))),
  set(
    Q,
    i32.and(i32.fromI64(i64.shr(i64.fromF64Bits(get(VALUE)), i64.const(52))), i32.const(0x7ff)),
  ),
  set(CLOSER, i32.and(i64.eqz(get(C)), i32.gt(get(Q), i32.const(1)))),
  when(get(Q), [set(C, i64.or(get(C), i64.const(1n << 52n)))], [set(Q, i32.const(1))]),
  set(Q, i32.sub(get(Q), i32.const(1075))),
  set(ODD, i32.and(i32.fromI64(get(C)), i32.const(1))),
  set(
    K,
    i32.shr(
      i32.sub(i32.mul(get(Q), i32.const(1_262_611)), i32.mul(get(CLOSER), i32.const(524_031))),
      i32.const(22),
    ),
  ),
  set(
    SHIFT,
    i32.add(
      get(Q),
      i32.add(
        i32.shr(i32.mul(i32.sub(i32.const(0), get(K)), i32.const(1_741_647)), i32.const(19)),
        i32.const(1),
      ),
    ),
  ),
  set(POWER, i32.mul(i32.sub(i32.const(-LOWEST_POWER), get(K)), i32.const(16))),
  set(UPPER, i64.load(get(POWER), 0)),
  set(LOWER, i64.load(get(POWER), 8)),
  set(C, i64.mul(get(C), i64.const(4))),
  ...products,
  set(LOW, i64.add(get(LOW), i64.fromI32(get(ODD)))),
  set(HIGH, i64.sub(get(HIGH), i64.fromI32(get(ODD)))),
  set(D, i64.shr(get(VB), i64.const(2))),
  // Which of the neighbours of ten are inside, and which of those of one: without branches, which nothing foretells.
  set(T, i64.div(get(D), i64.const(10))),
  set(X, i64.mul(get(T), i64.const(40))),
  set(S, i64.le(get(LOW), get(X))),
  set(POWER, i64.le(i64.add(get(X), i64.const(40)), get(HIGH))),
  set(T, i64.mul(i64.add(get(T), i64.fromI32(get(POWER))), i64.const(10))),
  set(CLOSER, i32.and(i64.ge(get(D), i64.const(10)), i32.ne(get(S), get(POWER)))),
  set(X, i64.mul(get(D), i64.const(4))),
  set(S, i64.le(get(LOW), get(X))),
  set(POWER, i64.le(i64.add(get(X), i64.const(4)), get(HIGH))),
  // Of one both or neither may be: the nearer one then, and of two as near the even one.
  set(X, i64.add(get(X), i64.const(2))),
  set(
    ODD,
    i32.or(
      i64.gt(get(VB), get(X)),
      i32.and(i64.eq(get(VB), get(X)), i32.and(i32.fromI64(get(D)), i32.const(1))),
    ),
  ),
  set(
    D,
    i64.add(
      get(D),
      i64.fromI32(
        i32.or(
          i32.and(get(ODD), i32.eq(get(S), get(POWER))),
          i32.and(get(POWER), i32.ne(get(S), get(POWER))),
        ),
      ),
    ),
  ),
  // One digit less, if just one such number is inside: it ends with a zero.
  set(
    D,
    i64.xor(
      get(D),
      i64.and(i64.xor(get(D), get(T)), i64.sub(i64.const(0), i64.fromI32(get(CLOSER)))),
    ),
  ),
];

/** D becomes 17 digits: the first in T, the others in W0 and W1; DIGITS of them are no end zeros. */
const digits: readonly Code[] = [
  // One digit is mostly missing or not, as chance has it.
  set(S, i64.lt(get(D), i64.const(10n ** 16n))),
  set(D, i64.mul(get(D), i64.add(i64.mul(i64.fromI32(get(S)), i64.const(9)), i64.const(1)))),
  set(K, i32.sub(get(K), get(S))),
  loopWhile(i64.lt(get(D), i64.const(10n ** 16n)), [
    set(D, i64.mul(get(D), i64.const(10))),
    set(K, i32.sub(get(K), i32.const(1))),
  ]),
  set(POINT_AT, i32.add(get(K), i32.const(17))),
  set(HALF, i64.div(get(D), i64.const(10n ** 8n))),
  ...eightDigits(i64.sub(get(D), i64.mul(get(HALF), i64.const(10n ** 8n))), W1),
  set(T, i64.shr(i64.mul(get(HALF), i64.const(1_441_151_881)), i64.const(57))),
  ...eightDigits(i64.sub(get(HALF), i64.mul(get(T), i64.const(10n ** 8n))), W0),
  set(T, i64.add(get(T), i64.const(ZERO))),
  set(X, i64.xor(get(W1), i64.const(ZEROS))),
  when(
    i64.eqz(get(X)),
    [
      set(X, i64.xor(get(W0), i64.const(ZEROS))),
      set(DIGITS, i32.sub(i32.const(9), i32.fromI64(i64.shr(i64.clz(get(X)), i64.const(3))))),
    ],
    [set(DIGITS, i32.sub(i32.const(17), i32.fromI64(i64.shr(i64.clz(get(X)), i64.const(3)))))],
  ),
];

const at = (base: number, offset: Code) => i32.add(get(base), offset);
/** All 17 digits, one after the other. */
const plain = (address: Code): readonly Code[] => [
  i32.store8(address, 0, i32.fromI64(get(T))),
  i64.store(address, 1, get(W0)),
  i64.store(address, 9, get(W1)),
];

/** Digits on both sides of the point, at most eight of them before it. */
const pointInside: readonly Code[] = [
  ...plain(get(P)),
  set(X, i64.fromI32(i32.mul(i32.sub(get(POINT_AT), i32.const(1)), i32.const(8)))),
  // The digits behind the point, moved by a byte; a shift by 64 would be one by 0.
  i64.store(
    at(P, get(POINT_AT)),
    1,
    i64.or(
      i64.shr(get(W0), get(X)),
      i64.shl(i64.shl(get(W1), i64.sub(i64.const(56), get(X))), i64.const(8)),
    ),
  ),
  i64.store(at(P, get(POINT_AT)), 9, i64.shr(get(W1), get(X))),
  i32.store8(at(P, get(POINT_AT)), 0, i32.const(POINT)),
  giveBack(i32.add(at(P, get(DIGITS)), i32.const(1))),
];

const pointBefore: readonly Code[] = [
  i64.store(get(P), 0, i64.const(ZEROS)),
  i32.store8(get(P), 1, i32.const(POINT)),
  set(P, i32.sub(i32.add(get(P), i32.const(2)), get(POINT_AT))),
  ...plain(get(P)),
  giveBack(at(P, get(DIGITS))),
];

/** A whole number of up to 21 digits, with zeros at the end. */
const whole: readonly Code[] = [
  i64.store(get(P), 14, i64.const(ZEROS)),
  ...plain(get(P)),
  giveBack(at(P, get(POINT_AT))),
];

/** Nine to sixteen digits before the point, and others behind it. */
const pointFarInside: readonly Code[] = [
  ...plain(get(P)),
  // Behind the point lie digits of W1 only.
  set(X, i64.fromI32(i32.mul(i32.sub(get(POINT_AT), i32.const(9)), i32.const(8)))),
  i64.store(at(P, get(POINT_AT)), 1, i64.shr(get(W1), get(X))),
  i32.store8(at(P, get(POINT_AT)), 0, i32.const(POINT)),
  giveBack(i32.add(at(P, get(DIGITS)), i32.const(1))),
];

const exponent: readonly Code[] = [
  ...plain(at(P, i32.const(1))),
  i32.store8(get(P), 0, i32.fromI64(get(T))),
  i32.store8(get(P), 1, i32.const(POINT)),
  when(
    i32.eq(get(DIGITS), i32.const(1)),
    [set(P, at(P, i32.const(1)))],
    [set(P, i32.add(at(P, get(DIGITS)), i32.const(1)))],
  ),
  set(S, i32.sub(get(POINT_AT), i32.const(1))),
  i32.store8(get(P), 0, i32.const(EXPONENT)),
  i32.store8(get(P), 1, i32.const(PLUS)),
  when(i32.lt(get(S), i32.const(0)), [
    i32.store8(get(P), 1, i32.const(MINUS)),
    set(S, i32.sub(i32.const(0), get(S))),
  ]),
  set(P, at(P, i32.const(2))),
  ...[100, 10].map((unit) =>
    when(i32.gt(get(S), i32.const(unit - 1)), [
      i32.store8(
        get(P),
        0,
        i32.add(i32.rem(i32.div(get(S), i32.const(unit)), i32.const(10)), i32.const(ZERO)),
      ),
      set(P, at(P, i32.const(1))),
    ]),
  ),
  i32.store8(get(P), 0, i32.add(i32.rem(get(S), i32.const(10)), i32.const(ZERO))),
  giveBack(at(P, i32.const(1))),
];

const writeDouble: readonly Code[] = [
  ...shortest,
  ...digits,
  when(i32.and(i32.gt(get(POINT_AT), i32.const(0)), i32.le(get(POINT_AT), i32.const(21))), [
    when(i32.le(get(DIGITS), get(POINT_AT)), whole),
    when(i32.lt(get(POINT_AT), i32.const(9)), pointInside),
    ...pointFarInside,
  ]),
  when(
    i32.and(i32.le(get(POINT_AT), i32.const(0)), i32.gt(get(POINT_AT), i32.const(-6))),
    pointBefore,
  ),
  ...exponent,
];

/** The module, with its table at the beginning of the memory. */
export const doubles = (): Uint8Array =>
  assembleOne(I32_LOCALS, I64_LOCALS, writeDouble, powersOfTen());
