/**
 * A decoder of DEFLATE (RFC 1951), one stream at a time, in AssemblyScript: TypeScript's syntax, compiled to
 * WebAssembly with SIMD by `npm run build:gzip`. `../inflater.ts` calls it.
 */
import * as codes from "./codes";
import * as header from "./header";
import { END, INPUT, INPUT_BYTES, OUTPUT, OUTPUT_LIMIT, WINDOW_BYTES } from "./memory";
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

/** What `step` returns; what is wrong has numbers from 16 on. */
const NEEDS_INPUT: u32 = 0;
const NEEDS_ROOM: u32 = 1;
const AT_END: u32 = 2;
/** Within a step. */
const GO_ON: u32 = 15;
const WRONG: u32 = 16;
const WRONG_BLOCK: u32 = WRONG;
const WRONG_STORED: u32 = WRONG + 1;
/** Before what `header` and `codes` return. */
const WRONG_HEADER: u32 = WRONG + 2;
const WRONG_CODES: u32 = WRONG_HEADER + 8;

const BETWEEN_BLOCKS: u32 = 0;
const STORED: u32 = 1;
const CODED: u32 = 2;
const ENDED: u32 = 3;

let state: u32 = BETWEEN_BLOCKS;
let isLastBlock: bool = false;
let storedLeft: usize = 0;

/** Begins a stream. */
export function begin(): void {
  state = BETWEEN_BLOCKS;
  setBits(0, 0);
  setInput(INPUT, INPUT);
  setOutput(OUTPUT, OUTPUT);
}

/** Where the next bytes are to be put, once a step said that it needs some, or that the stream is over. */
export function inputAddress(): usize {
  return INPUT;
}

export function inputBytes(): usize {
  return INPUT_BYTES;
}

/** What a step gives stands between these two. */
export function outputAddress(): usize {
  return given;
}

export function outputEnd(): usize {
  return output;
}

export function memoryEnd(): usize {
  return END;
}

let given: usize = OUTPUT;

/** That so many bytes were put at `inputAddress()`. */
export function feed(bytes: usize): void {
  setInput(input, INPUT + bytes);
}

/** Bytes of what was put that are not taken yet. */
export function leftBytes(): usize {
  return inputEnd - input;
}

/** Decodes until there is no more input, no more room, or the stream is over. */
export function step(): u32 {
  makeRoom();
  given = output;
  let result = GO_ON;
  while (result == GO_ON) {
    if (state == BETWEEN_BLOCKS) result = beginBlock();
    else if (state == STORED) result = copyStored();
    else if (state == CODED) result = decode();
    else result = AT_END;
  }
  if (result == NEEDS_INPUT) carry();
  return result;
}

/** Moves what is left of the input to before what comes next. */
function carry(): void {
  const left = inputEnd - input;
  memory.copy(INPUT - left, input, left);
  setInput(INPUT - left, INPUT);
}

function beginBlock(): u32 {
  if (bitsLeft() < 3) return NEEDS_INPUT;
  const wasBits = bits;
  const wasCount = bitCount;
  const wasInput = input;
  const head = u32(nextBits()) & 7;
  skipBits(3);
  const kind = head >>> 1;
  let result = header.READ;
  if (kind == 0) result = beginStored();
  else if (kind == 1) {
    header.useFixedCodes();
    state = CODED;
  } else if (kind == 2) {
    result = header.readCodes();
    state = CODED;
  } else return WRONG_BLOCK;
  if (result == header.STARVED) {
    state = BETWEEN_BLOCKS;
    setBits(wasBits, wasCount);
    setInput(wasInput, inputEnd);
    return NEEDS_INPUT;
  }
  isLastBlock = (head & 1) == 1;
  return result == header.READ ? GO_ON : result >= WRONG ? result : WRONG_HEADER + result;
}

function beginStored(): u32 {
  skipBits(bitCount & 7);
  if (bitsLeft() < 32) return header.STARVED;
  const head = u32(nextBits());
  skipBits(32);
  if ((head & 0xffff) != ~head >>> 16) return WRONG_STORED;
  storedLeft = head & 0xffff;
  state = STORED;
  return header.READ;
}

function copyStored(): u32 {
  const bytes = min(storedLeft, min(inputEnd - input, OUTPUT_LIMIT - output));
  memory.copy(output, input, bytes);
  setInput(input + bytes, inputEnd);
  setOutput(output + bytes, windowStart);
  storedLeft -= bytes;
  if (storedLeft == 0) return endBlock();
  return input == inputEnd ? NEEDS_INPUT : NEEDS_ROOM;
}

function decode(): u32 {
  let result = codes.decodeQuickly();
  if (result == codes.AT_LIMIT) result = codes.decodeCarefully();
  if (result == codes.AT_END_OF_BLOCK) return endBlock();
  if (result == codes.STARVED) return NEEDS_INPUT;
  return result == codes.AT_LIMIT ? NEEDS_ROOM : WRONG_CODES + result;
}

function endBlock(): u32 {
  state = isLastBlock ? ENDED : BETWEEN_BLOCKS;
  return GO_ON;
}

/** Moves what references may still reach to where it makes room for most. */
function makeRoom(): void {
  if (output < OUTPUT_LIMIT - (1 << 16)) return;
  const kept = min(output - windowStart, WINDOW_BYTES);
  memory.copy(OUTPUT - kept, output - kept, kept);
  setOutput(OUTPUT, OUTPUT - kept);
}
