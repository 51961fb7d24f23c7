import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { Ranges } from "../ranges.js";
import type { SegmentRange } from "./put-aside.js";
import { Segments } from "./segments.js";

const folder = mkdtempSync(join(tmpdir(), "hellfact-segments-"));
afterAll(() => rmSync(folder, { recursive: true }));
const path = join(folder, "in.ndjson.gz");

const content = fc
  .array(fc.tuple(fc.constantFrom("{}", "", " ", '{"a":1}', `{"a":"${"x".repeat(40)}"}`)))
  .chain((lines) => fc.tuple(fc.constant(lines.join("\n")), fc.boolean()))
  .map(([text, ends]) => (ends ? `${text}\n` : text));

/** Everything that is put aside, with two segments there at most. */
async function segmentsOf(text: string, ranges: Ranges, done = 0) {
  writeFileSync(path, gzipSync(text));
  const made: (SegmentRange & { readonly text: string })[] = [];
  const segments: Segments = new Segments({
    source: { kind: "pipe", path, bytes: null },
    ...{ folder, most: 2, done },
    next: () => ranges.next(),
    onReady: () =>
      setImmediate(() => {
        for (let one = segments.take(); one !== undefined; one = segments.take()) {
          made.push({ ...one, text: readFileSync(one.segment.file, "latin1") });
          segments.release(one);
        }
      }),
  });
  const end = await segments.make();
  await new Promise((resolve) => setImmediate(resolve));
  return { end, made };
}

test("every line is put aside once, with the range that it begins in, and where it stands", async () => {
  await fc.assert(
    fc.asyncProperty(content, fc.integer({ min: 1, max: 60 }), async (text, length) => {
      const { end, made } = await segmentsOf(text, new Ranges(0, 1e9, length));
      expect(end).toBe(text.length);
      expect(made.map((one) => one.text).join("")).toBe(text);
      for (const { from, to, segment, text: own } of made) {
        const { byte, line } = segment;
        expect(text.slice(byte, byte + own.length)).toBe(own);
        expect(text.slice(0, byte).split("\n").length).toBe(line);
        if (own === "") continue;
        expect(byte === 0 || text[byte - 1] === "\n").toBe(true);
        expect(byte >= from && byte < to).toBe(true);
        expect(own.slice(0, -1).lastIndexOf("\n") + 1 + byte).toBeLessThan(to);
      }
    }),
    { numRuns: 60 },
  );
});

test("only what is wanted is put aside, and an input that became shorter is told", async () => {
  const text = '{"a":1}\n'.repeat(40);
  const lost = [
    { from: 24, to: 48 },
    { from: 160, to: 176 },
  ];
  const { made } = await segmentsOf(text, new Ranges(0, 1e9, 1e9, [], lost));
  expect(made.map((one) => [one.from, one.text.length])).toEqual([
    [24, 24],
    [160, 16],
  ]);
  const ranges = new Ranges(0, 1e9, 1e9, [], [{ from: 999, to: 1008 }]);
  await expect(segmentsOf(text, ranges)).rejects.toThrow(
    "ends after 320 bytes, and 999 of it were read before",
  );
});

test("an input that ends before a part that was made is told, though what is before is not made", async () => {
  const ranges = new Ranges(0, 1e9, 100, [{ from: 100, to: 200 }]);
  await expect(segmentsOf("", ranges, 200)).rejects.toThrow(
    "ends after 0 bytes, and 200 of it were read before",
  );
});
