import type { IncomingMessage } from "../core/events/incoming.js";
import { InputError } from "../core/errors.js";
import type { Fact, FactCheck } from "../core/fact.js";
import type { OnReject, RangedSource } from "../core/ranged-source.js";
import { LineSplitter } from "./lines.js";
import { asMessage, messageLines } from "./message-lines.js";
import { factOrReject } from "./parse-fact.js";

export interface EventPeekOptions {
  readonly path: string;
  /** The next messages from a sequence on, none of which is taken. */
  readonly peek: (from: number) => Promise<readonly IncomingMessage[]>;
  readonly onReject?: OnReject | undefined;
  readonly check?: FactCheck | undefined;
}

/** The first facts of a stream, to be looked at. Positions are sequences. */
export function eventPeek({ path, peek, onReject, check }: EventPeekOptions): RangedSource {
  const ready: IncomingMessage[] = [];
  let position = 0;
  let ended = false;
  return {
    get position() {
      return position;
    },
    get ended() {
      return ended;
    },
    *facts(from, to): Iterable<Fact | undefined> {
      position = Math.max(position, from);
      for (let message = ready.shift(); message !== undefined; message = ready.shift()) {
        const { sequence, data } = message;
        if (sequence >= to) {
          ended = true;
          return;
        }
        const splitter = new LineSplitter(path);
        splitter.push(messageLines(data).bytes);
        position = sequence + 1;
        for (let line = splitter.next(); line !== undefined; line = splitter.next()) {
          yield factAt(path, { ...line, line: sequence }, onReject, check);
        }
      }
    },
    more: async () => {
      ready.push(...(await peek(position)));
      ended = ready.length === 0;
    },
    place: () => `${path} message ${position - 1}`,
  };
}

function factAt(
  path: string,
  line: { readonly bytes: Buffer; readonly byte: number; readonly line: number },
  onReject: OnReject | undefined,
  check: FactCheck | undefined,
): Fact | undefined {
  try {
    return factOrReject(path, line, onReject, () => line.line, check);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw new InputError(asMessage(path, error.message));
  }
}
