import { Transform, type TransformCallback } from "node:stream";
import { TransformStream } from "node:stream/web";
import { GzipEncoder } from "./encoder.js";
import type { Level } from "./levels.js";

/** One gzip member of all that is written to it, as a stream of the web. */
export function gzipTransformStream(
  level: Level = "balanced",
): TransformStream<Uint8Array, Uint8Array> {
  const encoder = new GzipEncoder(level);
  // A stream that is given up may be told so; older declarations do not know it.
  const transformer = {
    transform(piece: Uint8Array, controller: { enqueue(bytes: Uint8Array): void }) {
      const ready = encoder.add(piece);
      if (ready.length > 0) controller.enqueue(ready);
    },
    flush(controller: { enqueue(bytes: Uint8Array): void }) {
      controller.enqueue(encoder.end());
    },
    cancel() {
      encoder.close();
    },
  };
  return new TransformStream(transformer);
}

/** The same as a stream of Node, in the place of `zlib.createGzip`. */
export function createGzip(level: Level = "balanced"): Transform {
  const encoder = new GzipEncoder(level);
  return new Transform({
    transform(piece: Buffer, _encoding, done) {
      attempt(done, () => encoder.add(piece));
    },
    flush(done) {
      attempt(done, () => encoder.end());
    },
    destroy(error, done) {
      encoder.close();
      done(error);
    },
  });
}

function attempt(done: TransformCallback, make: () => Uint8Array): void {
  try {
    const ready = make();
    if (ready.length > 0) done(null, ready);
    else done();
  } catch (error) {
    done(error as Error);
  }
}
