import { gunzipSync } from "node:zlib";
import fc from "fast-check";
import { expect, test } from "vitest";
import gzip from "../gzip.js";
import { GzipStream } from "./stream.js";

const batch = fc.oneof(
  fc.uint8Array({ maxLength: 2000 }),
  // longer than the window, and full of what stood before
  fc.nat(100_000).map((length) => Buffer.alloc(length, "what an earlier batch had, too ")),
);

function streamed(batches: readonly Uint8Array[]): Buffer {
  const stream = new GzipStream(6);
  const bytes = batches.map((one) => Buffer.from(stream.add(one)));
  return Buffer.concat([...bytes, stream.end()]);
}

test("a stream is one gzip member, as any gunzip reads it and as this one does", async () => {
  const compressor = await gzip.open({});
  fc.assert(
    fc.property(fc.array(batch, { maxLength: 6 }), (batches) => {
      const file = streamed(batches);
      expect(gunzipSync(file).equals(Buffer.concat(batches))).toBe(true);
      expect([...compressor.decompress(file)].map(({ length }) => length)).toEqual([
        Buffer.concat(batches).length,
      ]);
    }),
    { numRuns: 50 },
  );
});

test("a batch refers to the ones before it", () => {
  const text = Buffer.from(
    Array.from({ length: 5000 }, (_, index) => (index * 197 + (index >> 3)) & 255),
  );
  expect(streamed([text, text]).length).toBeLessThan(streamed([text]).length * 1.1);
});
