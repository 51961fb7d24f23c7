/**
 * Generates code: as much of an assembler for WebAssembly as the parts of this folder need: an expression is the
 * bytes that compute it, so that code is written as nested calls. See the specification's binary
 * format, https://webassembly.github.io/spec/core/binary/.
 */

/** Bytes, and among them marks (above 255) of where labels begin, end and are branched to. */
export type Code = readonly number[];

export const I32 = 0x7f;
export const I64 = 0x7e;
export const F64 = 0x7c;
export const V128 = 0x7b;
const NO_RESULT = 0x40;

/** Marks: a nameless level begins; a level ends; from here on a label begins, or is branched to. */
const LEVEL = 998;
const LEVEL_END = 999;
const LABEL = 1_000;
const BRANCH = 1_000_000;

function unsigned(value: number): number[] {
  const bytes = [];
  for (; value > 0x7f; value >>>= 7) bytes.push((value & 0x7f) | 0x80);
  return [...bytes, value];
}

function signed(value: bigint): number[] {
  const bytes = [];
  for (;;) {
    const low = Number(value & 0x7fn);
    value >>= 7n;
    const done = (value === 0n && (low & 0x40) === 0) || (value === -1n && (low & 0x40) !== 0);
    bytes.push(done ? low : low | 0x80);
    if (done) return bytes;
  }
}

const binary = (opcode: number) => (left: Code, right: Code) => [...left, ...right, opcode];
const unary = (opcode: number) => (operand: Code) => [...operand, opcode];
const simd = (opcode: number) => [0xfd, ...unsigned(opcode)];
const binarySimd = (opcode: number) => (left: Code, right: Code) => [
  ...left,
  ...right,
  ...simd(opcode),
];
/** Loads and stores need no alignment here. */
const load = (opcode: number) => (address: Code, offset: number) => [
  ...address,
  opcode,
  0,
  ...unsigned(offset),
];
const store = (opcode: number) => (address: Code, offset: number, value: Code) => [
  ...address,
  ...value,
  opcode,
  0,
  ...unsigned(offset),
];

/** Comparisons and shifts to the right are signed, where the name does not say otherwise. */
export const i32 = {
  const: (value: number): Code => [0x41, ...signed(BigInt(value | 0))],
  fromI64: unary(0xa7),
  fromF64: unary(0xaa),
  eqz: unary(0x45),
  eq: binary(0x46),
  ne: binary(0x47),
  lt: binary(0x48),
  ltUnsigned: binary(0x49),
  gt: binary(0x4a),
  gtUnsigned: binary(0x4b),
  le: binary(0x4c),
  ctz: unary(0x68),
  add: binary(0x6a),
  sub: binary(0x6b),
  mul: binary(0x6c),
  div: binary(0x6e),
  rem: binary(0x70),
  and: binary(0x71),
  or: binary(0x72),
  shl: binary(0x74),
  shr: binary(0x75),
  load: load(0x28),
  load8: load(0x2d),
  store: store(0x36),
  store8: store(0x3a),
  store16: store(0x3b),
};

/** Comparisons, divisions and shifts to the right are unsigned. */
export const i64 = {
  const: (value: bigint | number): Code => [0x42, ...signed(BigInt.asIntN(64, BigInt(value)))],
  fromI32: unary(0xad),
  fromF64Bits: unary(0xbd),
  eqz: unary(0x50),
  eq: binary(0x51),
  lt: binary(0x54),
  gt: binary(0x56),
  le: binary(0x58),
  ge: binary(0x5a),
  clz: unary(0x79),
  ctz: unary(0x7a),
  add: binary(0x7c),
  sub: binary(0x7d),
  mul: binary(0x7e),
  div: binary(0x80),
  rem: binary(0x82),
  and: binary(0x83),
  or: binary(0x84),
  xor: binary(0x85),
  shl: binary(0x86),
  shr: binary(0x88),
  load: load(0x29),
  store: store(0x37),
};

export const f64 = {
  const: (value: number): Code => {
    const bytes = Buffer.alloc(8);
    bytes.writeDoubleLE(value);
    return [0x44, ...bytes];
  },
  fromI64: unary(0xb9),
  neg: unary(0x9a),
  div: binary(0xa3),
  load: load(0x2b),
  store: store(0x39),
};

/** Sixteen bytes at once. */
export const v128 = {
  /** The same byte sixteen times. */
  each: (byte: number): Code => [...simd(0x0c), ...Array.from({ length: 16 }, () => byte)],
  load: (address: Code, offset: number): Code => [
    ...address,
    ...simd(0x00),
    0,
    ...unsigned(offset),
  ],
  eq: binarySimd(0x23),
  leUnsigned: binarySimd(0x2a),
  sub: binarySimd(0x71),
  and: binarySimd(0x4e),
  or: binarySimd(0x50),
  xor: binarySimd(0x51),
  anyTrue: (value: Code): Code => [...value, ...simd(0x53)],
  /** The highest bit of each byte. */
  bits: (value: Code): Code => [...value, ...simd(0x64)],
};

export const get = (local: number): Code => [0x20, ...unsigned(local)];
export const set = (local: number, value: Code): Code => [...value, 0x21, ...unsigned(local)];
export const when = (
  condition: Code,
  then: readonly Code[],
  otherwise: readonly Code[] = [],
): Code => [
  ...condition,
  0x04,
  NO_RESULT,
  LEVEL,
  ...then.flat(),
  ...(otherwise.length === 0 ? [] : [0x05, ...otherwise.flat()]),
  LEVEL_END,
  0x0b,
];
export const loopWhile = (condition: Code, body: readonly Code[]): Code => [
  0x03,
  NO_RESULT,
  LEVEL,
  ...when(condition, [...body, [0x0c, 1]]),
  LEVEL_END,
  0x0b,
];
export const giveBack = (value: Code): Code => [...value, 0x0f];

/** A trap: JavaScript sees an error. */
export const fail: Code = [0x00];
export const call = (index: number, ...parameters: readonly Code[]): Code => [
  ...parameters.flat(),
  0x10,
  ...unsigned(index),
];

const labelled = (opcode: number) => (label: number, body: readonly Code[]) => [
  opcode,
  NO_RESULT,
  LABEL + label,
  ...body.flat(),
  LEVEL_END,
  0x0b,
];
/** A branch to its label leaves it. */
export const block = labelled(0x02);
/** A branch to its label begins it anew; without one it is left at its end. */
export const loop = labelled(0x03);
export const branch = (label: number): Code => [0x0c, BRANCH + label];
export const branchIf = (label: number, condition: Code): Code => [
  ...condition,
  0x0d,
  BRANCH + label,
];

/** Marks become nothing, and branches the number of levels to leave. */
function resolve(code: Code): number[] {
  const labels: number[] = [];
  const bytes: number[] = [];
  for (const part of code) {
    if (part >= BRANCH) {
      bytes.push(labels.length - 1 - labels.lastIndexOf(part - BRANCH));
    } else if (part >= LABEL) labels.push(part - LABEL);
    else if (part === LEVEL) labels.push(-1);
    else if (part === LEVEL_END) labels.pop();
    else bytes.push(part);
  }
  return bytes;
}

/** A function that gives one i32; its locals are numbered from its parameters on. */
export interface WasmFunction {
  readonly name: string;
  readonly parameters: readonly number[];
  readonly locals: readonly number[];
  /** Leaves through `giveBack`. */
  readonly code: readonly Code[];
}

/**
 * A module of functions that work on the memory it is given. Calls number the imported ones first,
 * which take two i32 and give one, and then these in their order.
 */
export function assemble(functions: readonly WasmFunction[], imports = 0): Uint8Array {
  const section = (id: number, items: readonly (readonly number[])[]) => {
    const content = [...unsigned(items.length), ...items.flat()];
    return [id, ...unsigned(content.length), ...content];
  };
  const name = (text: string) => [text.length, ...Buffer.from(text)];
  const type = (parameters: readonly number[]) => [
    0x60,
    parameters.length,
    ...parameters,
    ...[1, I32],
  ];
  const bodies = functions.map(({ locals, code }) => {
    const body = [
      ...unsigned(locals.length),
      ...locals.flatMap((local) => [1, local]),
      ...resolve(code.flat()),
      ...[0x00, 0x0b],
    ];
    return [...unsigned(body.length), ...body];
  });
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, [type([I32, I32]), ...functions.map(({ parameters }) => type(parameters))]),
    ...section(2, [
      [...name("e"), ...name("m"), 0x02, 0, 1],
      ...Array.from({ length: imports }, (_, index) => [
        ...name("e"),
        ...name(`f${index}`),
        ...[0x00, 0],
      ]),
    ]),
    ...section(
      3,
      functions.map((_, index) => unsigned(index + 1)),
    ),
    ...section(
      7,
      functions.map((one, index) => [...name(one.name), 0x00, ...unsigned(imports + index)]),
    ),
    ...section(10, bodies),
  ]);
}

/**
 * A module of one function `f` of `(i32, f64) → i32`: the parameters are locals 0 and 1, then come
 * `i32Locals`, then `i64Locals`. The code must leave through `giveBack`.
 */
export function assembleOne(
  i32Locals: number,
  i64Locals: number,
  code: readonly Code[],
): Uint8Array {
  const locals = [
    ...Array.from({ length: i32Locals }, () => I32),
    ...Array.from({ length: i64Locals }, () => I64),
  ];
  return assemble([{ name: "f", parameters: [I32, F64], locals, code }]);
}
