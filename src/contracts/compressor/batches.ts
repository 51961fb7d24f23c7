/** What compressors are tried with: batches of every kind, the same each time. */
import { seededUniform } from "../../stats/random.js";

export const FIRST = Buffer.from("first ".repeat(500));
export const SECOND = Buffer.from("second ".repeat(500));
/** What no compressor makes smaller. */
export const INCOMPRESSIBLE = noise(20_000);

export const BATCHES: readonly (readonly Buffer[])[] = [
  [],
  [Buffer.from("x")],
  [FIRST, SECOND, FIRST],
  [INCOMPRESSIBLE, Buffer.alloc(300_000, 65), noise(1), noise(255), noise(256), noise(65_537)],
];

function noise(length: number): Buffer {
  const uniform = seededUniform(length);
  return Buffer.from(Array.from({ length }, () => Math.floor(uniform() * 256)));
}

/** A file in pieces of a size, each of which is overwritten by the next. */
export function* piecesOf(file: Uint8Array, size: number): Iterable<Uint8Array> {
  const memory = Buffer.alloc(size);
  for (let from = 0; from < file.length; from += size) {
    const piece = file.subarray(from, from + size);
    memory.set(piece);
    yield memory.subarray(0, piece.length);
  }
}
