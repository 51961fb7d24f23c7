import type { Fact } from "./fact.js";
import type { JsonSchema } from "./json-schema.js";

/**
 * A source whose facts have positions: indexes of a generator, byte offsets of a file, or a count of
 * what came through a pipe. What begins in a range of positions can be taken alone.
 */
export interface RangedSource {
  readonly schema?: JsonSchema;
  /** The position behind the fact that was handed out last. */
  readonly position: number;
  /** Whether the source is known to have nothing behind `position`. */
  readonly ended: boolean;
  /**
   * The facts that begin at `from` or later, and before `to`; `undefined` for what was kept aside.
   * Throws an `InputError` where one cannot be had, unless the source keeps such ones aside.
   */
  facts(from: number, to: number): Iterable<Fact | undefined> | AsyncIterable<Fact | undefined>;
}

/** A piece of an input that is no fact. */
export interface Reject {
  readonly bytes: Buffer;
  /** Where it begins in the input. */
  readonly byte: number;
  /** What is wrong with it, in one line. */
  readonly problem: string;
}

/** What to do with a piece of an input that is no fact. Without it, the first one is an error. */
export type OnReject = (reject: Reject) => void;
