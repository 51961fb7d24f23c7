import { closeSync } from "node:fs";
import { InputError } from "../core/errors.js";
import type { Fact, FactCheck } from "../core/fact.js";
import type { OnReject, RangedSource } from "../core/ranged-source.js";
import { gzipProblem } from "./file-bytes.js";
import { isBlank, LineNumbers, linesFrom, opened } from "./line-range.js";
import { factOrReject } from "./parse-fact.js";

/**
 * From a line on (the first is 1), lines are of messages from a sequence on: the next line of the next one, or all
 * of the same one where the step is 0.
 */
export type MessageRun = readonly [line: number, sequence: number, step: 0 | 1];

/** Whole lines of an input that one process reads from its start, put aside in a file for another. */
export interface Segment {
  readonly file: string;
  /** Where its first line begins in the input, uncompressed: the byte, and the number of the line. */
  readonly byte: number;
  readonly line: number;
  /** Which of its lines is of which message, where it is a stream's. */
  readonly messages?: readonly MessageRun[];
}

export interface SegmentOptions {
  /** What a person calls the input. */
  readonly path: string;
  /** The segment that has the lines which begin in the range that is asked for next. */
  readonly segment: () => Segment;
  readonly onReject?: OnReject | undefined;
  readonly check?: FactCheck | undefined;
}

/**
 * The facts of segments, by the bytes at which their lines begin in the uncompressed input.
 *
 * Throws an `InputError` naming the input, the line and the byte of what is no fact; where the gzip data
 * around it is damaged, naming that.
 */
export function lineSegments({ path, segment, onReject, check }: SegmentOptions): RangedSource {
  let position = 0;
  let broken: InputError | undefined;
  let placeOf = () => path;
  return {
    get position() {
      return position;
    },
    // Whoever makes the segments knows where the input ends.
    ended: false,
    *facts(from, to): Iterable<Fact | undefined> {
      if (broken !== undefined) return;
      const { file, byte, line: firstLine } = segment();
      const descriptor = opened(file);
      const lines = new LineNumbers(descriptor);
      const numberOf = (at: number) => firstLine - 1 + lines.numberOf(at - byte);
      let at = byte;
      placeOf = () => `${path} line ${numberOf(at)}, byte ${at}`;
      try {
        position = from;
        for (const line of linesFrom(path, descriptor, 0, Number.MAX_SAFE_INTEGER)) {
          if (isBlank(line.bytes)) continue;
          at = byte + line.byte;
          let fact: Fact | undefined;
          try {
            fact = factOrReject(path, { ...line, byte: at }, onReject, numberOf, check);
          } catch (error) {
            if (!(error instanceof InputError)) throw error;
            // What is wrong is told by `more`, which can look at the rest of the input.
            broken = error;
            return;
          }
          yield fact;
        }
        position = to;
      } finally {
        closeSync(descriptor);
      }
    },
    more: async () => {
      // Damaged gzip inflates to nonsense before it is noticed.
      if (broken !== undefined) throw (await gzipProblem(path)) ?? broken;
    },
    place: () => placeOf(),
  };
}
