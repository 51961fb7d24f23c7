/**
 * Generates code: the parser as WebAssembly. Compact JSON becomes a tape of values (`layout.ts`), or is only checked.
 *
 * A key is looked for where the last object with the same keys before it had it: three words of
 * sixteen bytes tell. Digits are read eight at a time (Daniel Lemire, "Quickly parsing eight
 * digits", 2018), strings sixteen bytes at a time. What is no compact JSON traps.
 */
import * as at from "./layout.js";
import {
  block,
  branch,
  branchIf,
  call,
  f64,
  F64,
  fail,
  get,
  giveBack,
  i32,
  I32,
  i64,
  I64,
  assemble,
  loop,
  set,
  V128,
  v128,
  when,
  type Code,
  type WasmFunction,
} from "../assembler.js";

/** What JavaScript does for the parser; the numbers are those of the imported functions. */
const Imported = { newKey: 0, newRoot: 1 } as const;
const IMPORTS = 2;
/** The numbers of the functions made here, behind those. */
const LONG = IMPORTS;
const REST = IMPORTS + 1;

const NEWLINE = 10;
const QUOTE = 34;
const MINUS = 45;
const POINT = 46;
const ZERO = 48;
const BACKSLASH = 92;
const SMALL_E = 101;
const SMALL_U = 117;
const OBJECT = 1;
const ARRAY = 0;
const TOP = 2;

const n = i32.const;
const must = (condition: Code): Code => when(i32.eqz(condition), [fail]);
const isDigit = (byte: Code) => i32.ltUnsigned(i32.sub(byte, n(ZERO)), n(10));
const tag = (upper: number, lower: Code) =>
  i64.or(i64.const(BigInt(upper) << 32n), i64.fromI32(lower));
/** Where something stands, for a tag. */
const span = (upper: number, from: Code, length: Code) =>
  i64.or(
    i64.const(BigInt(upper) << 32n),
    i64.or(
      i64.fromI32(i32.sub(from, n(at.INPUT))),
      i64.shl(i64.fromI32(length), i64.const(at.OFFSET_BITS)),
    ),
  );

/** Locals by name. */
function locals<Name extends string>(
  parameters: number,
  types: Readonly<Record<Name, number>>,
): { of: Readonly<Record<Name, number>>; types: number[] } {
  const names = Object.keys(types) as Name[];
  const of = Object.fromEntries(names.map((name, index) => [name, index])) as Record<Name, number>;
  return { of, types: names.slice(parameters).map((name) => types[name]) };
}

/** Moves `q` on to a quote, a backslash or a control character, sixteen bytes at a time; or, unless `any`, to what is no ASCII. */
const plainUnits = (
  q: number,
  chars: number,
  bits: number,
  label: number,
  any: boolean,
): Code[] => {
  const control = v128.leUnsigned(get(chars), v128.each(31));
  return [
    loop(label, [
      set(chars, v128.load(get(q), 0)),
      set(
        bits,
        v128.bits(
          v128.or(
            v128.or(
              v128.eq(get(chars), v128.each(QUOTE)),
              v128.eq(get(chars), v128.each(BACKSLASH)),
            ),
            // The highest bits of the bytes themselves say which are no ASCII.
            any ? control : v128.or(get(chars), control),
          ),
        ),
      ),
      when(i32.eqz(get(bits)), [set(q, i32.add(get(q), n(16))), branch(label)]),
    ]),
    set(q, i32.add(get(q), i32.ctz(get(bits)))),
  ];
};

/**
 * `(p, context) → p`: takes the value at `p`, which stands under the key of the node `context`, and only checks it.
 * With `reading`, `(p, context, end) → p`, it is put on the tape, from its beginning on; and so are, where `end` is not 0,
 * the objects behind it: each ends with a newline, the last one's before `end`.
 */
function parser(name: string, reading: boolean): WasmFunction {
  const parameters = reading ? [I32, I32, I32] : [I32, I32];
  const { of: l, types } = locals(parameters.length, {
    ...{ p: I32, node: I32, end: I32, kind: I32, head: I32, count: I32, stack: I32, tape: I32 },
    ...{
      byte: I32,
      child: I32,
      q: I32,
      digits: I32,
      digits2: I32,
      bits: I32,
      entry: I32,
      misses: I32,
    },
    ...{ x: I64, x2: I64, w0: I64, w1: I64, w2: I64, chars: V128 },
  });
  const { p, node, end, kind, head, count, stack, tape, byte, child, q, digits, digits2 } = l;
  const length = digits;
  const points = l.bits;
  const [VALUE, AFTER, KEY, CLOSING, SIBLINGS, FOUND, LONG_NUMBER, SCAN] = [1, 2, 3, 4, 5, 6, 7, 8];
  const advance = (by: number) => set(p, i32.add(get(p), n(by)));
  const here = i32.load8(get(p), 0);
  /** Puts eight bytes on the tape. */
  const put = (value: Code): Code[] =>
    reading ? [i64.store(get(tape), 0, value), set(tape, i32.add(get(tape), n(8)))] : [];
  const putDouble = (value: Code): Code[] =>
    reading ? [f64.store(get(tape), 0, value), set(tape, i32.add(get(tape), n(8)))] : [];

  const push = (next: number, back: number): Code[] => [
    must(i32.ltUnsigned(get(stack), n(at.STACK_END))),
    i32.store(get(stack), 0, get(node)),
    i32.store(get(stack), 4, get(kind)),
    ...(reading
      ? [
          i32.store(get(stack), 8, get(head)),
          i32.store(get(stack), 12, get(count)),
          set(head, i32.sub(get(tape), n(back))),
        ]
      : []),
    set(stack, i32.add(get(stack), n(16))),
    set(kind, n(next)),
  ];
  const pop: Code[] = [
    set(stack, i32.sub(get(stack), n(16))),
    set(node, i32.load(get(stack), 0)),
    set(kind, i32.load(get(stack), 4)),
    ...(reading ? [set(head, i32.load(get(stack), 8)), set(count, i32.load(get(stack), 12))] : []),
  ];

  /** A bit for each of sixteen bytes that are those of the key of `child`. */
  const same = (offset: number) =>
    v128.bits(v128.eq(v128.load(get(p), offset), v128.load(get(child), at.KEY + offset)));
  /** So many bytes are the same, of those that have a bit. */
  const sameBytes = (bits: Code) => i32.ctz(i32.sub(n(-1), bits));
  const keyBytes = i32.load(get(child), at.KEY_BYTES);
  /** Takes `"key":`, and goes on with its value. */
  const key: Code[] = [
    set(child, i32.load(get(node), at.CHILD)),
    block(FOUND, [
      loop(SIBLINGS, [
        when(i32.eqz(get(child)), [
          set(child, call(Imported.newKey, get(p), get(node))),
          branch(FOUND),
        ]),
        set(length, sameBytes(i32.or(same(0), i32.shl(same(16), n(16))))),
        branchIf(FOUND, i32.le(keyBytes, get(length))),
        when(i32.eq(get(length), n(32)), [
          branchIf(FOUND, i32.le(keyBytes, i32.add(sameBytes(same(32)), n(32)))),
        ]),
        set(child, i32.load(get(child), at.SIBLING)),
        branch(SIBLINGS),
      ]),
    ]),
    set(p, i32.add(get(p), i32.load(get(child), at.KEY_BYTES))),
    set(node, get(child)),
    branch(VALUE),
  ];

  const { entry, misses, w0, w1, w2 } = l;
  const masked = (offset: number) =>
    i64.and(
      i64.load(get(p), 1 + offset),
      i64.load(i32.sub(n(at.MASK + 32 + offset), get(length)), 0),
    );
  const plainString = put(span(at.Tag.ascii, i32.add(get(p), n(1)), get(length)));
  const lookUp: Code[] = [
    set(w0, masked(0)),
    set(w1, masked(8)),
    set(w2, masked(16)),
    set(
      l.x,
      i64.xor(
        i64.mul(get(w0), i64.const(0x9e37_79b9_7f4a_7c15n)),
        i64.xor(
          i64.mul(get(w1), i64.const(0xc2b2_ae3d_27d4_eb4fn)),
          i64.mul(get(w2), i64.const(0x1656_67b1_9e37_79f9n)),
        ),
      ),
    ),
    set(
      entry,
      i32.and(
        i32.fromI64(i64.shr(i64.xor(get(l.x), i64.shr(get(l.x), i64.const(29))), i64.const(20))),
        n((at.STRING_ENTRIES - 1) * at.STRING_BYTES),
      ),
    ),
    when(
      i32.and(
        i64.eqz(
          i64.or(
            i64.xor(get(w0), i64.load(get(entry), at.STRINGS)),
            i64.or(
              i64.xor(get(w1), i64.load(get(entry), at.STRINGS + 8)),
              i64.xor(get(w2), i64.load(get(entry), at.STRINGS + 16)),
            ),
          ),
        ),
        i32.eq(i32.load(get(entry), at.STRINGS + at.LENGTH), i32.add(get(length), n(1))),
      ),
      [
        ...put(tag(at.Tag.known, get(entry))),
        set(misses, i32.sub(get(misses), n(at.HIT + 1))),
        when(i32.lt(get(misses), n(0)), [set(misses, n(0))]),
      ],
      [
        when(
          // What this fact has already, it may have on its tape.
          i32.eq(i32.load(get(entry), at.STRINGS + at.SEEN), i32.load(n(0), at.EPOCH)),
          plainString,
          [
            i64.store(get(entry), at.STRINGS, get(w0)),
            i64.store(get(entry), at.STRINGS + 8, get(w1)),
            i64.store(get(entry), at.STRINGS + 16, get(w2)),
            i32.store(get(entry), at.STRINGS + at.LENGTH, i32.add(get(length), n(1))),
            ...put(tag(at.Tag.other, i32.add(get(entry), n(at.FIRST_NEW)))),
          ],
        ),
      ],
    ),
    i32.store(get(entry), at.STRINGS + at.SEEN, i32.load(n(0), at.EPOCH)),
  ];
  const shortString: Code[] = [
    set(misses, i32.add(i32.load(get(node), at.MISSES), n(1))),
    when(
      i32.ltUnsigned(i32.sub(get(misses), n(at.MOST_MISSES + 1)), n(at.PASSED - 1)),
      plainString,
      [when(i32.gt(get(misses), n(at.MOST_MISSES)), [set(misses, n(at.MOST_MISSES))]), ...lookUp],
    ),
    i32.store(get(node), at.MISSES, get(misses)),
  ];
  const string: Code[] = [
    set(q, i32.add(get(p), n(1))),
    ...plainUnits(q, l.chars, l.bits, SCAN, !reading),
    when(i32.ne(i32.load8(get(q), 0), n(QUOTE)), [
      set(q, call(REST, get(q))),
      ...put(span(at.Tag.special, i32.add(get(p), n(1)), i32.sub(i32.sub(get(q), get(p)), n(1)))),
      set(p, i32.add(get(q), n(1))),
      branch(AFTER),
    ]),
    ...(reading
      ? [
          set(length, i32.sub(i32.sub(get(q), get(p)), n(1))),
          // Of lines none are kept: who reads them looks for strings by their bytes.
          when(
            i32.and(i32.le(get(length), n(at.MAX_STRING_BYTES)), i32.eqz(get(end))),
            shortString,
            plainString,
          ),
        ]
      : []),
    set(p, i32.add(get(q), n(1))),
    branch(AFTER),
  ];

  /** So many bytes from an address on are digits: up to eight. */
  const countDigits = (address: Code, x: number, into: number): Code[] => [
    set(x, i64.xor(i64.load(address, 0), i64.const(0x3030_3030_3030_3030n))),
    set(
      into,
      i32.fromI64(
        i64.shr(
          i64.ctz(
            i64.and(
              i64.or(get(x), i64.add(get(x), i64.const(0x7676_7676_7676_7676n))),
              i64.const(0x8080_8080_8080_8080n),
            ),
          ),
          i64.const(3),
        ),
      ),
    ),
  ];
  /** Their number, by pairs, then fours, then all. */
  const eight = (x: number, many: number): Code[] => [
    set(x, i64.shl(get(x), i64.sub(i64.const(64), i64.shl(i64.fromI32(get(many)), i64.const(3))))),
    set(x, i64.add(i64.mul(get(x), i64.const(10)), i64.shr(get(x), i64.const(8)))),
    set(
      x,
      i64.shr(
        i64.add(
          i64.mul(
            i64.and(get(x), i64.const(0x0000_00ff_0000_00ffn)),
            i64.const(0x000f_4240_0000_0064n),
          ),
          i64.mul(
            i64.and(i64.shr(get(x), i64.const(16)), i64.const(0x0000_00ff_0000_00ffn)),
            i64.const(0x0000_2710_0000_0001n),
          ),
        ),
        i64.const(32),
      ),
    ),
  ];
  const minus = i32.eq(get(byte), n(MINUS));
  /**
   * All digits and points there are at once, of which then it is looked whether they are a number: what comes next
   * need not wait for that, and no branch tells decimals from whole numbers.
   */
  const checkedNumber: Code[] = [
    block(LONG_NUMBER, [
      set(q, get(p)),
      when(minus, [set(q, i32.add(get(p), n(1))), set(byte, i32.load8(get(p), 1))]),
      set(l.chars, v128.load(get(q), 0)),
      set(
        digits,
        v128.bits(v128.leUnsigned(v128.sub(get(l.chars), v128.each(ZERO)), v128.each(9))),
      ),
      set(points, v128.bits(v128.eq(get(l.chars), v128.each(POINT)))),
      set(digits2, i32.ctz(i32.sub(n(-1), i32.or(get(digits), get(points))))),
      set(q, i32.add(get(q), get(digits2))),
      branchIf(LONG_NUMBER, i32.gt(get(digits2), n(15))),
      branchIf(LONG_NUMBER, i32.eq(i32.or(i32.load8(get(q), 0), n(32)), n(SMALL_E))),
      must(isDigit(get(byte))),
      set(digits2, i32.shl(n(1), get(digits2))),
      set(points, i32.and(get(points), i32.sub(get(digits2), n(1)))),
      must(
        i32.eqz(
          i32.or(
            // A zero before another digit, a second point, or one at the end.
            i32.and(i32.eq(get(byte), n(ZERO)), i32.shr(get(digits), n(1))),
            i32.or(
              i32.and(get(points), i32.sub(get(points), n(1))),
              i32.and(get(points), i32.shr(get(digits2), n(1))),
            ),
          ),
        ),
      ),
      set(p, get(q)),
      branch(AFTER),
    ]),
    set(p, call(LONG, get(p), get(tape))),
    branch(AFTER),
  ];
  const number: Code[] = [
    block(LONG_NUMBER, [
      // Not by adding the comparison: all that follows would have to wait for it.
      set(q, get(p)),
      when(minus, [set(q, i32.add(get(p), n(1)))]),
      ...countDigits(get(q), l.x, digits),
      // None and eight: neither is for here.
      branchIf(LONG_NUMBER, i32.ltUnsigned(n(6), i32.sub(get(digits), n(1)))),
      when(i32.eqz(i32.fromI64(i64.and(get(l.x), i64.const(255)))), [
        must(i32.eq(get(digits), n(1))),
      ]),
      ...eight(l.x, digits),
      set(q, i32.add(get(q), get(digits))),
      set(l.bits, i32.load8(get(q), 0)),
      when(
        i32.eq(get(l.bits), n(POINT)),
        [
          ...countDigits(i32.add(get(q), n(1)), l.x2, digits2),
          branchIf(LONG_NUMBER, i32.ltUnsigned(n(6), i32.sub(get(digits2), n(1)))),
          set(q, i32.add(i32.add(get(q), n(1)), get(digits2))),
          branchIf(LONG_NUMBER, i32.eq(i32.or(i32.load8(get(q), 0), n(32)), n(SMALL_E))),
          ...(reading
            ? [
                ...eight(l.x2, digits2),
                set(digits2, i32.shl(get(digits2), n(3))),
                // Below 2⁵³, and so are the powers: the quotient is rounded once.
                ...putDouble(
                  f64.div(
                    f64.fromI64(
                      i64.add(i64.mul(get(l.x), i64.load(get(digits2), at.POWERS)), get(l.x2)),
                    ),
                    f64.load(get(digits2), at.DOUBLE_POWERS),
                  ),
                ),
                when(minus, [
                  f64.store(
                    i32.sub(get(tape), n(8)),
                    0,
                    f64.neg(f64.load(i32.sub(get(tape), n(8)), 0)),
                  ),
                ]),
              ]
            : []),
        ],
        [
          branchIf(LONG_NUMBER, i32.eq(i32.or(get(l.bits), n(32)), n(SMALL_E))),
          ...(reading
            ? [
                when(
                  minus,
                  [
                    when(i64.eqz(get(l.x)), putDouble(f64.const(-0)), [
                      ...put(tag(at.Tag.integer, i32.sub(n(0), i32.fromI64(get(l.x))))),
                    ]),
                  ],
                  put(tag(at.Tag.integer, i32.fromI64(get(l.x)))),
                ),
              ]
            : []),
        ],
      ),
      set(p, get(q)),
      branch(AFTER),
    ]),
    set(p, call(LONG, get(p), get(tape))),
    ...(reading ? [set(tape, i32.add(get(tape), n(8)))] : []),
    branch(AFTER),
  ];

  const word = (text: string, value: number): Code => {
    const four = Buffer.from(text).readInt32LE(text.length - 4);
    return when(i32.eq(get(byte), n(text.charCodeAt(0))), [
      must(i32.eq(i32.load(get(p), text.length - 4), n(four))),
      ...put(tag(at.Tag.other, n(value))),
      advance(text.length),
      branch(AFTER),
    ]);
  };

  /** Counts the line whose object ends here, and goes on with the object of the next one. */
  const nextLine: Code[] = [
    must(i32.eq(get(byte), n(NEWLINE))),
    advance(1),
    i32.store(n(0), at.LINES, i32.add(i32.load(n(0), at.LINES), n(1))),
    i32.store(n(0), at.BEHIND, get(p)),
    when(i32.ltUnsigned(get(p), get(end)), [must(i32.eq(here, n(123))), branch(VALUE)]),
  ];
  const root: Code[] = [
    set(child, i32.load(get(node), at.ROOT)),
    when(i32.eqz(get(child)), [set(child, call(Imported.newRoot, get(node), n(0)))]),
  ];
  const code: Code[] = [
    set(stack, n(at.STACK)),
    set(tape, n(at.TAPE)),
    set(kind, n(TOP)),
    loop(VALUE, [
      block(AFTER, [
        block(KEY, [
          set(byte, here),
          // From the minus to the nine; a number makes sure that it is none of the two between.
          when(
            i32.ltUnsigned(i32.sub(get(byte), n(MINUS)), n(13)),
            reading ? number : checkedNumber,
          ),
          when(i32.eq(get(byte), n(QUOTE)), string),
          when(i32.eq(get(byte), n(123)), [
            ...root,
            advance(1),
            when(i32.eq(here, n(125)), [
              ...put(tag(at.Tag.object, get(child))),
              advance(1),
              branch(AFTER),
            ]),
            ...put(i64.const(0)),
            ...push(OBJECT, 8),
            set(node, get(child)),
            branch(KEY),
          ]),
          when(i32.eq(get(byte), n(91)), [
            advance(1),
            when(i32.eq(here, n(93)), [...put(tag(at.Tag.array, n(0))), advance(1), branch(AFTER)]),
            ...put(i64.const(0)),
            ...push(ARRAY, 8),
            set(count, n(1)),
            branch(VALUE),
          ]),
          word("true", 2),
          word("false", 1),
          word("null", 0),
          fail,
        ]),
        ...key,
      ]),
      loop(CLOSING, [
        set(byte, here),
        when(i32.eq(get(kind), n(OBJECT)), [
          advance(1),
          when(i32.eq(get(byte), n(44)), key),
          must(i32.eq(get(byte), n(125))),
          ...(reading ? [i64.store(get(head), 0, tag(at.Tag.object, get(node)))] : []),
          ...pop,
          branch(CLOSING),
        ]),
        when(i32.eqz(get(kind)), [
          advance(1),
          when(i32.eq(get(byte), n(44)), [set(count, i32.add(get(count), n(1))), branch(VALUE)]),
          must(i32.eq(get(byte), n(93))),
          ...(reading ? [i64.store(get(head), 0, tag(at.Tag.array, get(count)))] : []),
          ...pop,
          branch(CLOSING),
        ]),
        ...(reading ? [when(get(end), nextLine)] : []),
        giveBack(get(p)),
      ]),
    ]),
    fail,
  ];
  return { name, parameters, locals: types, code };
}

/**
 * `(p, tape) → p`: takes a number of any length and puts it on the tape. Up to fifteen digits are
 * exact as a double, and so is their quotient by a power of ten; of longer ones the tape says where
 * they stand.
 */
function longNumber(): WasmFunction {
  const { of: l, types } = locals(2, {
    ...{ p: I32, tape: I32, q: I32, from: I32, byte: I32, decimals: I32, digits: I32 },
    ...{ x: I64, value: F64 },
  });
  const { p, tape, q, from, byte, decimals, digits } = l;
  const DIGITS = 1;
  const take: Code[] = [set(q, i32.add(get(q), n(1))), set(byte, i32.load8(get(q), 0))];
  const takeDigits = (each: readonly Code[]): Code[] => [
    must(isDigit(get(byte))),
    loop(DIGITS, [...each, ...take, branchIf(DIGITS, isDigit(get(byte)))]),
  ];
  const digit: Code[] = [
    set(l.x, i64.add(i64.mul(get(l.x), i64.const(10)), i64.fromI32(i32.sub(get(byte), n(ZERO))))),
    set(digits, i32.add(get(digits), n(1))),
  ];
  const code: Code[] = [
    set(q, get(p)),
    set(byte, i32.load8(get(q), 0)),
    when(i32.eq(get(byte), n(MINUS)), take),
    set(from, get(q)),
    ...takeDigits(digit),
    when(i32.eq(i32.load8(get(from), 0), n(ZERO)), [must(i32.eq(get(digits), n(1)))]),
    when(i32.eq(get(byte), n(POINT)), [
      ...take,
      set(decimals, i32.sub(n(0), get(digits))),
      ...takeDigits(digit),
      set(decimals, i32.add(get(decimals), get(digits))),
    ]),
    when(i32.eq(i32.or(get(byte), n(32)), n(SMALL_E)), [
      ...take,
      when(i32.or(i32.eq(get(byte), n(43)), i32.eq(get(byte), n(MINUS))), take),
      ...takeDigits([]),
      set(digits, n(99)),
    ]),
    when(
      i32.gt(get(digits), n(15)),
      [i64.store(get(tape), 0, span(at.Tag.text, get(p), i32.sub(get(q), get(p))))],
      [
        set(
          l.value,
          f64.div(f64.fromI64(get(l.x)), f64.load(i32.shl(get(decimals), n(3)), at.DOUBLE_POWERS)),
        ),
        when(i32.eq(i32.load8(get(p), 0), n(MINUS)), [set(l.value, f64.neg(get(l.value)))]),
        f64.store(get(tape), 0, get(l.value)),
      ],
    ),
    giveBack(get(q)),
  ];
  return { name: "long", parameters: [I32, I32], locals: types, code };
}

/** `(q) → q`: the quote that ends a string, of whose bytes any may have to be escaped or be no ASCII. */
function restOfString(): WasmFunction {
  const { of: l, types } = locals(1, { q: I32, byte: I32, bits: I32, chars: V128 });
  const { q, byte, bits, chars } = l;
  const [UNITS, PLAIN] = [1, 2];
  const isHex = (digit: Code) =>
    i32.or(isDigit(digit), i32.ltUnsigned(i32.sub(i32.or(digit, n(32)), n(97)), n(6)));
  const code: Code[] = [
    loop(UNITS, [
      ...plainUnits(q, chars, bits, PLAIN, true),
      set(byte, i32.load8(get(q), 0)),
      when(i32.eq(get(byte), n(QUOTE)), [giveBack(get(q))]),
      must(i32.eq(get(byte), n(BACKSLASH))),
      set(byte, i32.load8(get(q), 1)),
      set(q, i32.add(get(q), n(2))),
      when(
        i32.eq(get(byte), n(SMALL_U)),
        [
          ...[0, 1, 2, 3].map((offset) => must(isHex(i32.load8(get(q), offset)))),
          set(q, i32.add(get(q), n(4))),
        ],
        [
          must(
            [...Buffer.from('"\\/bfnrt')]
              .map((letter) => i32.eq(get(byte), n(letter)))
              .reduce((any, one) => i32.or(any, one)),
          ),
        ],
      ),
      branch(UNITS),
    ]),
    fail,
  ];
  return { name: "rest", parameters: [I32], locals: types, code };
}

/** The module; its functions in the order of their numbers. */
export const machine = (): Uint8Array =>
  assemble([longNumber(), restOfString(), parser("read", true), parser("check", false)], IMPORTS);
