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
   * The facts that begin at `from` or later, and before `to`, as far as they can be had without
   * waiting; `undefined` for what was kept aside. Throws an `InputError` where one cannot be had, unless
   * the source keeps such ones aside.
   */
  facts(from: number, to: number): Iterable<Fact | undefined>;
  /**
   * Waits until `facts` may have more for the same range, or the source has ended. Not there where
   * nothing is ever waited for.
   */
  more?(): Promise<void>;
  /** Where the fact that was handed out last is, for people: `events.ndjson line 7`. */
  place(): string;
}

/** All facts of a range, waiting where the source has to be waited for. */
export async function* factsOf(
  source: RangedSource,
  from: number,
  to: number,
): AsyncGenerator<Fact | undefined, void, undefined> {
  for (;;) {
    yield* source.facts(from, to);
    if (source.more === undefined || source.ended || source.position >= to) return;
    await source.more();
  }
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
