import { alignToByte, out, putBits, setBits } from "./bits";
import { writeBlock } from "./block";
import { parseFast, nextPlace } from "./fast";
import { parseBalanced, balancedNext } from "./balanced";
import {
  FAST_TABLE, INPUT, INPUT_END, OUTPUT, PADDING_BYTES, STEP_BYTES, TABLE_BYTES, WINDOW_BYTES, WORDS, LITERAL_COUNTS, DISTANCE_COUNTS
} from "./memory";

let position: usize = INPUT;
let level: u32 = 0;

export function begin(chosen: u32): void {
  level = chosen;
  position = INPUT;
  memory.fill(FAST_TABLE, 0, 2 * TABLE_BYTES);
  memory.fill(LITERAL_COUNTS, 0, 512 * 4 + 32 * 4);
  setBits(OUTPUT, 0, 0);
}
export function inputAddress(): usize { return position; }
export function outputAddress(): usize { return OUTPUT; }
/** flush: 0 none 1 sync 2 finish */
export function step(bytes: usize, flush: u32): usize {
  setBits(OUTPUT, load<u8>(out), pendingBitsOf());
  const end = position + bytes;
  memory.fill(end, 0, PADDING_BYTES);
  let p = position;
  while (p < end) {
    const from = p;
    const w = level == 0 ? parseFast(p, end, WORDS) : parseBalanced(p, end, WORDS);
    p = level == 0 ? nextPlace : balancedNext;
    writeBlock(w, from, p - from, flush == 2 && p == end);
  }
  if (flush == 2) {
    if (bytes == 0) putBits(3, 10);
    alignToByte();
  }
  position = end;
  return out - OUTPUT;
}
import { pendingBits } from "./bits";
function pendingBitsOf(): u32 { return pendingBits; }
