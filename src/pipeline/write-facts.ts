import { setImmediate } from "node:timers/promises";
import type { OpenCodec } from "../core/codec.js";
import type { Sink } from "../core/sink.js";
import type { Source } from "../core/source.js";
import { encoderOf, FactWriter } from "./fact-writer.js";
import type { Parts } from "./parts.js";

export interface WriteFactsOptions {
  readonly source: Source;
  readonly parts: Parts;
  /** The codec of `parts`, opened; its sidecar is the caller's to keep. */
  readonly codec: OpenCodec;
  readonly sink: Sink;
  /** Facts, or bytes of encoded facts, after which it is enough; for columns, in whole batches. */
  readonly enough: { readonly facts: number } | { readonly encodedBytes: number };
  /** Called a few times a second; when it returns false, writing is given up. */
  readonly goOn: (written: Written) => boolean;
}

export interface Written {
  readonly facts: number;
  readonly encodedBytes: number;
  readonly storedBytes: number;
  /** From 0 to 1. */
  readonly done: number;
}

/** How long other events of this process, such as Ctrl-C, may have to wait. */
const TURN_MILLISECONDS = 100;

/**
 * Writes facts from a source into a sink until it is enough, in memory that does not grow with
 * their number. Closes the sink; or, if it is given up or fails, discards it. Resolves to
 * `undefined` if it was given up.
 */
export async function writeFacts(options: WriteFactsOptions): Promise<Written | undefined> {
  const { source, sink, goOn, enough } = options;
  try {
    const writer = openWriter(options);
    let facts = 0;
    const written = (): Written => ({
      facts,
      encodedBytes: writer.encodedBytes + writer.pendingBytes,
      storedBytes: writer.storedBytes,
      done:
        "facts" in enough
          ? facts / enough.facts
          : (writer.encodedBytes + writer.pendingBytes) / enough.encodedBytes,
    });
    let turnEnds = performance.now() + TURN_MILLISECONDS;
    for await (const fact of source.facts()) {
      writer.add(fact);
      facts += 1;
      if (written().done >= 1) break;
      if (performance.now() < turnEnds) continue;
      await setImmediate();
      turnEnds = performance.now() + TURN_MILLISECONDS;
      if (!goOn(written())) {
        sink.discard();
        return undefined;
      }
    }
    writer.endFile();
    sink.close();
    return written();
  } catch (error) {
    sink.discard();
    throw error;
  }
}

function openWriter({ parts, codec, sink }: WriteFactsOptions): FactWriter {
  return new FactWriter({ ...parts, ...encoderOf(parts.codec, codec) }, sink);
}
