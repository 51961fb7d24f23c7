import type { Container } from "./container.js";
import { DataError, firstLine } from "./errors.js";
import type { Fact } from "./fact.js";

/**
 * Facts are decoded in stretches of so many bytes, so that a file needs not be in memory as facts. Libraries that
 * look ahead do so in vain at the end of each: 64 KiB took a fifth longer than facts one by one.
 */
export const STRETCH_BYTES = 1 << 20;

/** What was decoded from the start of some bytes, and where it ends in them. */
export interface Stretch {
  readonly facts: readonly Fact[];
  readonly end: number;
}

/**
 * For formats whose files are values behind one another with nothing between them, so that only decoding
 * tells where one ends: a container whose records are all that is left, and the `decodeBatch` that takes some
 * from their start.
 *
 * @param decodeSome facts until they took `STRETCH_BYTES` or the bytes end; one at least
 */
export function sequenceOf(decodeSome: (bytes: Uint8Array) => Stretch): {
  readonly container: Container;
  readonly decodeBatch: (bytes: Uint8Array) => readonly Fact[];
} {
  /** Where the record that was handed out begins in the content. */
  let offset = 0;
  /** How much of it was decoded; all, if nobody did. */
  let taken = Infinity;
  return {
    decodeBatch: (bytes) => {
      try {
        const { facts, end } = decodeSome(bytes);
        taken = end;
        return facts;
      } catch (error) {
        throw new DataError(`damaged facts (${firstLine(error)}) in the stretch`, offset);
      }
    },
    container: {
      openFile: () => ({ add: () => undefined, end: () => undefined }),
      *read(pieces) {
        let before = 0;
        for (const piece of pieces) {
          const base = before;
          yield {
            encodedBytes: piece.length,
            records: (function* () {
              for (let at = 0; at < piece.length; at += taken) {
                offset = base + at;
                taken = Infinity;
                yield piece.subarray(at);
              }
            })(),
          };
          before += piece.length;
        }
      },
    },
  };
}
