import { Readable, Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { ReadableStream } from "node:stream/web";
import { gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { createGzip, gzip, gzipTransformStream } from "./index.js";

const PIECES = Array.from({ length: 400 }, (_, i) => Buffer.alloc(7000, `piece ${i}, `));
const ALL = Buffer.concat(PIECES);

test("a stream of Node, in a pipeline", async () => {
  const made: Buffer[] = [];
  const end = new Writable({
    write(piece: Buffer, _encoding, done) {
      made.push(piece);
      done();
    },
  });
  await pipeline(Readable.from(PIECES), createGzip("fast"), end);
  expect(Buffer.concat(made).equals(gzip(ALL, "fast"))).toBe(true);
  expect(gunzipSync(Buffer.concat(made)).equals(ALL)).toBe(true);
});

test("a stream of the web", async () => {
  const made: Uint8Array[] = [];
  const source: ReadableStream<Uint8Array> = ReadableStream.from(PIECES);
  for await (const piece of source.pipeThrough(gzipTransformStream("small"))) made.push(piece);
  expect(Buffer.concat(made).equals(gzip(ALL, "small"))).toBe(true);
});

test("a stream of Node that is given up does not write on", async () => {
  const stream = createGzip();
  stream.write(ALL);
  const closed = new Promise((resolve) => stream.once("close", resolve));
  stream.destroy();
  await closed;
  expect(stream.writable).toBe(false);
});
