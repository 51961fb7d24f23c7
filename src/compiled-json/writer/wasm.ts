/**
 * As much of an assembler for WebAssembly as one small function needs: an expression is the bytes
 * that compute it, so that code is written as nested calls. See the specification's binary format,
 * https://webassembly.github.io/spec/core/binary/.
 */

export interface WasmMemory {
  readonly buffer: ArrayBuffer;
}

/** The part of the global that is used here; it has no types without a browser's. */
export const { WebAssembly: webAssembly } = globalThis as unknown as {
  readonly WebAssembly: {
    readonly Memory: new (size: { initial: number }) => WasmMemory;
    readonly Module: new (bytes: Uint8Array) => object;
    readonly Instance: new (
      module: object,
      imports: object,
    ) => { readonly exports: Record<string, unknown> };
  };
};

export type Code = readonly number[];

const I32 = 0x7f;
const I64 = 0x7e;
const F64 = 0x7c;
const NO_RESULT = 0x40;

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

export const i32 = {
  const: (value: number): Code => [0x41, ...signed(BigInt(value | 0))],
  fromI64: unary(0xa7),
  fromF64: unary(0xaa),
  eqz: unary(0x45),
  eq: binary(0x46),
  ne: binary(0x47),
  lt: binary(0x48),
  gt: binary(0x4a),
  le: binary(0x4c),
  add: binary(0x6a),
  sub: binary(0x6b),
  mul: binary(0x6c),
  div: binary(0x6e),
  rem: binary(0x70),
  and: binary(0x71),
  or: binary(0x72),
  shr: binary(0x75),
  store8: store(0x3a),
  store16: store(0x3b),
};

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

/** All comparisons, divisions and shifts to the right of `i64` are unsigned; those of `i32` signed. */
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
  ...then.flat(),
  ...(otherwise.length === 0 ? [] : [0x05, ...otherwise.flat()]),
  0x0b,
];
export const loopWhile = (condition: Code, body: readonly Code[]): Code => [
  0x03,
  NO_RESULT,
  ...when(condition, [...body, [0x0c, 1]]),
  0x0b,
];
export const giveBack = (value: Code): Code => [...value, 0x0f];

/**
 * Makes a function `(i32, f64) → i32` that works on `memory`: the parameters are locals 0 and 1,
 * then come `i32Locals`, then `i64Locals`. The code must leave through `giveBack`.
 */
export function instantiate(
  memory: WasmMemory,
  i32Locals: number,
  i64Locals: number,
  code: readonly Code[],
): (position: number, value: number) => number {
  const section = (id: number, content: readonly number[]) => [
    id,
    ...unsigned(content.length),
    ...content,
  ];
  const body = [2, ...unsigned(i32Locals), I32, ...unsigned(i64Locals), I64];
  body.push(...code.flat(), 0x00, 0x0b);
  const name = (text: string) => [text.length, ...Buffer.from(text)];
  const module = new webAssembly.Module(
    Uint8Array.from([
      ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
      ...section(1, [1, 0x60, 2, I32, F64, 1, I32]),
      ...section(2, [1, ...name("e"), ...name("m"), 0x02, 0, 1]),
      ...section(3, [1, 0]),
      ...section(7, [1, ...name("f"), 0x00, 0]),
      ...section(10, [1, ...unsigned(body.length), ...body]),
    ]),
  );
  const { exports } = new webAssembly.Instance(module, { e: { m: memory } });
  return exports["f"] as (position: number, value: number) => number;
}
