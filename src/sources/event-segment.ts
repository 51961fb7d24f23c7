import { closeSync } from "node:fs";
import { InputError } from "../core/errors.js";
import type { Fact, FactCheck } from "../core/fact.js";
import type { OnReject, RangedSource } from "../core/ranged-source.js";
import type { MessageRun, Segment } from "./line-segment.js";
import { isBlank, LineNumbers, linesFrom, opened } from "./line-range.js";
import { asMessage } from "./message-lines.js";
import { factOrReject } from "./parse-fact.js";

export interface EventSegmentOptions {
  /** What a person calls the stream. */
  readonly path: string;
  /** The segment that has the messages of the range that is asked for next. */
  readonly segment: () => Segment;
  readonly onReject?: OnReject | undefined;
  readonly check?: FactCheck | undefined;
}

/**
 * The facts of messages that were put aside, by their sequences.
 *
 * Throws an `InputError` naming the stream and the message of what is no fact.
 */
export function eventSegments({
  path,
  segment,
  onReject,
  check,
}: EventSegmentOptions): RangedSource {
  let position = 0;
  let place = () => path;
  const keep =
    onReject &&
    ((reject: Parameters<OnReject>[0]) =>
      onReject({ ...reject, problem: asMessage(path, reject.problem) }));
  return {
    get position() {
      return position;
    },
    // Whoever makes the segments knows where the stream ends.
    ended: false,
    *facts(from, to): Iterable<Fact | undefined> {
      const { file, messages = [] } = segment();
      const descriptor = opened(file);
      const lines = new LineNumbers(descriptor);
      const sequenceAt = (byte: number) => sequenceOf(messages, lines.numberOf(byte));
      let at = 0;
      place = () => `${path} message ${sequenceAt(at)}`;
      try {
        position = from;
        for (const line of linesFrom(path, descriptor, 0, Number.MAX_SAFE_INTEGER)) {
          if (isBlank(line.bytes)) continue;
          at = line.byte;
          yield factOrReject(path, line, keep, sequenceAt, check);
        }
        position = to;
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
        throw new InputError(asMessage(path, error.message));
      } finally {
        closeSync(descriptor);
      }
    },
    place: () => place(),
  };
}

/** Which message a line is of. */
function sequenceOf(messages: readonly MessageRun[], line: number): number {
  const [first = 1, sequence = 0, step = 0] = messages.findLast(([begin]) => begin <= line) ?? [];
  return sequence + step * (line - first);
}
