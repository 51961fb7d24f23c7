/** The output, lowest bit first. Fewer than eight bits wait in `pending` between two calls. */
import { OUTPUT } from "./memory";

export let out: usize = OUTPUT;
export let pending: u64 = 0;
export let pendingBits: u32 = 0;

export function setBits(address: usize, bits: u64, count: u32): void {
  out = address;
  pending = bits;
  pendingBits = count;
}

/** @param count up to 56 */
export function putBits(bits: u64, count: u32): void {
  const all = pending | (bits << pendingBits);
  const total = pendingBits + count;
  store<u64>(out, all);
  setBits(out + (total >>> 3), all >> (total & ~7), total & 7);
}

export function alignToByte(): void {
  if (pendingBits > 0) putBits(0, 8 - pendingBits);
}

/** Where the output stands on a byte. */
export function putBytes(from: usize, bytes: usize): void {
  memory.copy(out, from, bytes);
  out += bytes;
}
