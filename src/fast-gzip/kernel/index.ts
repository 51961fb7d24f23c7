/**
 * A DEFLATE encoder (RFC 1951) for one stream at a time, in AssemblyScript: TypeScript's syntax, compiled
 * to WebAssembly with SIMD by `npm run build:gzip`. `../kernel.ts` calls it.
 *
 * What was tried, as times the speed of `node:zlib` 6 and bytes by its bytes, on 512 KiB batches of
 * facts (Node 20, one run for each group, by turns):
 *
 * - one place for each hash, lazy matching with branches, hashed from four bytes     4.45   1.172
 * - two places in a row at once, without branches                                    4.61   1.217
 * - three places at once                                                             4.94   1.183
 * - the same, hashed from six bytes instead of four                                  4.90   1.145
 * - and with one place more remembered of each match                                 5.01   1.131
 * - the best match as one number, so that choosing is a maximum, not a cascade       5.44   1.131
 * - four places at once (`fast`); five: 5.55, 1.112                                  5.63   1.112
 * - buckets of two (`balanced`), of four (`small`)                            5.00, 3.77   1.078, 1.054
 *
 * What did not pay: a table of 2¹⁴ places (5.67, 1.116); hashing seven bytes (as six) or five (5.55,
 * 1.126; 4 % faster on logs); a second table hashed from four bytes (4.93, 1.124 with three places, where
 * a bucket of two gives 5.07, 1.096); stricter rules for far matches of five and six bytes (never smaller).
 *
 * Then `fast` alone, whose aim is 5 ×, against itself with everything remembered (Node 20, 24 and 26 on a
 * disturbed machine; speed, and bytes of facts and of logs):
 *
 * - without the place two before a match's end (taken)           1.01 to 1.06   1.002, 1.004
 * - without the place four after its start                       1.04 to 1.09   1.006, 1.005
 * - without the two at its end                                   0.97 to 1.06   1.009
 * - a table of 2¹⁴ places, which a first cache holds             0.95 to 1.03   1.004
 * - that, and without the place two before a match's end         1.02 to 1.07   1.005, 1.013
 * - that, and without the place four after its start             0.96 to 1.10   1.010, 1.015
 */
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
