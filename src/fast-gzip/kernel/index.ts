/** A DEFLATE encoder (RFC 1951) for one stream at a time. `../kernel.ts` says how it is called. */
import { alignToByte, out, pending, pendingBits, putBits, setBits } from "./bits";
import { writeBlock } from "./block";
import { INPUT, OUTPUT, OUTPUT_BYTES, PADDING_BYTES, STEP_BYTES, WINDOW_BYTES } from "./memory";
import { clearTable, parse, parsed } from "./parse";
import { writeStored } from "./stored";

const FLUSH: u32 = 1;
const FINISH: u32 = 2;

let level: u32 = 0;
let input: usize = INPUT;

/** Begins a stream. Level 0 has buckets of one place, 1 of two, 2 of four. */
export function begin(wanted: u32): void {
  level = wanted;
  input = INPUT;
  clearTable();
  setBits(OUTPUT, 0, 0);
}

/** Where the next bytes are to be put. */
export function inputAddress(): usize {
  return input;
}

export function stepBytes(): usize {
  return STEP_BYTES;
}

/** What is compressed by a step stands here, from the beginning. */
export function outputAddress(): usize {
  return OUTPUT;
}

export function memoryEnd(): usize {
  return OUTPUT + OUTPUT_BYTES;
}

/**
 * Compresses the bytes that were put at `inputAddress()`, up to `stepBytes()`. Then flushes up to a
 * byte (1), or ends the stream (2). Returns how many bytes stand at `outputAddress()`.
 */
export function step(bytes: usize, flush: u32): usize {
  setBits(OUTPUT, pending, pendingBits);
  const end = input + bytes;
  memory.fill(end, 0, PADDING_BYTES);
  for (let from = input; from < end; from = parsed) {
    const wordsEnd = parseBlock(from, end);
    writeBlock(wordsEnd, from, parsed - from, flush == FINISH && parsed == end);
  }
  input = end;
  if (flush == FLUSH) writeStored(end, 0, false);
  if (flush == FINISH) {
    // Of no bytes no block was the last: the end alone, by the fixed code.
    if (bytes == 0) putBits(3, 10);
    alignToByte();
  } else slide();
  return out - OUTPUT;
}

function parseBlock(from: usize, end: usize): usize {
  if (level == 0) return parse<u16>(from, end);
  if (level == 1) return parse<u32>(from, end);
  return parse<u64>(from, end);
}

/** Moves the window down by whole 64 KiB, so that what the table says of places stays true. */
function slide(): void {
  const by = (input - INPUT) & ~0xffff;
  if (by == 0) return;
  input -= by;
  memory.copy(input - WINDOW_BYTES, input + by - WINDOW_BYTES, WINDOW_BYTES);
}
