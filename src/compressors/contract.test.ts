import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { OpenCompressor } from "../core/compressor.js";
import { loadPlugin, pluginNames } from "../plugins/catalog.js";

const opened: [string, OpenCompressor][] = [];
for (const name of pluginNames("compressors")) {
  const compressor = await loadPlugin("compressors", name);
  for (const engine of compressor.engines) {
    opened.push([`${name} by ${engine}`, await compressor.open({ engine })]);
  }
}
const gunzips = opened.filter(([name]) => name.startsWith("gzip"));

const batches = fc.array(
  fc.oneof(
    fc.uint8Array({ minLength: 1, maxLength: 2000 }),
    // what repeats, and inflates to much more than it takes
    fc.nat(200_000).map((length) => new Uint8Array(length + 1).fill(65)),
  ),
  { maxLength: 6 },
);

function inflated(compressor: OpenCompressor, file: Uint8Array): Buffer {
  return Buffer.concat([...compressor.decompress(file)]);
}

describe.each(opened)("%s", (_, compressor) => {
  test("gives every batch back, however many stand behind one another", () => {
    fc.assert(
      fc.property(batches, (all) => {
        const file = Buffer.concat(all.map((batch) => Buffer.from(compressor.compress(batch))));
        expect(inflated(compressor, file).equals(Buffer.concat(all))).toBe(true);
      }),
    );
  });

  test("keeps batches apart, so that each can be read alone", () => {
    const all = ["one", "two", "three"].map((text) => Buffer.from(text.repeat(100)));
    const file = Buffer.concat(all.map((batch) => Buffer.from(compressor.compress(batch))));
    const pieces = [...compressor.decompress(file)];
    expect(Buffer.concat(pieces).toString()).toBe(Buffer.concat(all).toString());
  });
});

describe.each(gunzips)("%s", (_, gunzip) => {
  const first = gzipSync(Buffer.from("first ".repeat(500)));
  const second = gzipSync(Buffer.from("second ".repeat(500)));
  const both = Buffer.concat([first, second]);

  test("gives one piece for each member", () => {
    const pieces = [...gunzip.decompress(both)].map((piece) => Buffer.from(piece).toString());
    expect(pieces).toEqual(["first ".repeat(500), "second ".repeat(500)]);
  });

  test("refuses a file that is cut off anywhere, with the offset of its end", () => {
    for (let end = 1; end < both.length; end++) {
      if (end === first.length) continue; // that is a whole file
      const error = thrownBy(() => inflated(gunzip, both.subarray(0, end)));
      expect(error).toMatchObject({ name: "DataError" });
      expect((error as { offset: number }).offset).toBeLessThanOrEqual(end);
    }
  });

  test("refuses bytes that are no member behind one that is", () => {
    for (const garbage of ["x", "\0\0\0\0", "garbage".repeat(50)]) {
      const file = Buffer.concat([first, Buffer.from(garbage)]);
      expect(thrownBy(() => inflated(gunzip, file))).toMatchObject({ name: "DataError" });
    }
  });

  test("refuses a file in which any one bit of the content was flipped", () => {
    const header = 10;
    for (let byte = header; byte < first.length; byte++) {
      const damaged = Buffer.from(both);
      damaged[byte] = (damaged[byte] ?? 0) ^ 0x10;
      expect(thrownBy(() => inflated(gunzip, damaged))).toMatchObject({ name: "DataError" });
    }
  });

  test("is not misled by a member's first bytes inside compressed data", () => {
    // Incompressible bytes are stored as they are, so these stand inside the member.
    const content = Buffer.concat([
      Buffer.from([0x1f, 0x8b, 0x08]),
      Buffer.from(
        Array.from({ length: 5000 }, (_unused, index) => (index * 197 + (index >> 3)) & 255),
      ),
      Buffer.from([0x1f, 0x8b, 0x08, 0, 0, 0, 0, 0, 0, 3]),
    ]);
    const stored = gzipSync(content, { level: 0 });
    expect(stored.indexOf(Buffer.from([0x1f, 0x8b, 0x08]), 1)).toBeGreaterThan(0);
    expect(inflated(gunzip, Buffer.concat([stored, second])).subarray(0, content.length)).toEqual(
      content,
    );
  });
});

function thrownBy(action: () => unknown): unknown {
  try {
    action();
  } catch (error) {
    return error;
  }
  return undefined;
}
