import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { OpenCompressor } from "../core/compressor.js";
import { loadPlugin, pluginNames } from "../plugins/catalog.js";

const opened: [string, OpenCompressor][] = [];
/** What this machine does not have, such as a native library. */
const missing: [string, unknown][] = [];
for (const name of pluginNames("compressors")) {
  const compressor = await loadPlugin("compressors", name);
  for (const engine of compressor.engines) {
    const label = `${name} by ${engine}`;
    try {
      opened.push([label, await compressor.open({ engine })]);
    } catch (error) {
      missing.push([label, error]);
    }
  }
  for (const namedLevel of compressor.levels?.named ?? []) {
    opened.push([`${name}:${namedLevel}`, await compressor.open({ namedLevel })]);
  }
}
const squeezers = opened.filter(([name]) => !name.startsWith("none"));
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

describe.each(opened.filter(([, compressor]) => "decompressPieces" in compressor))(
  "%s",
  (_, compressor) => {
    test("gives every batch back of a file that comes in pieces of any size, in memory used again", () => {
      fc.assert(
        fc.property(batches, fc.integer({ min: 1, max: 500 }), (all, size) => {
          const file = Buffer.concat(all.map((batch) => Buffer.from(compressor.compress(batch))));
          const contents = compressor.decompressPieces?.(piecesOf(file, size)) ?? [];
          const copies = Array.from(contents, (content) => Buffer.from(content));
          expect(Buffer.concat(copies).equals(Buffer.concat(all))).toBe(true);
        }),
        { numRuns: 30 },
      );
    });
  },
);

function* piecesOf(file: Uint8Array, size: number): Iterable<Uint8Array> {
  const memory = Buffer.alloc(size);
  for (let from = 0; from < file.length; from += size) {
    const piece = file.subarray(from, from + size);
    memory.set(piece);
    yield memory.subarray(0, piece.length);
  }
}

describe.runIf(missing.length > 0).each(missing)("%s", (_, error) => {
  test("says why it cannot be had here", () => {
    expect(error).toMatchObject({
      name: "UnavailableError",
      message: expect.stringMatching(/needs|does not load/) as string,
    });
  });
});

describe.each(squeezers)("%s", (_, squeezer) => {
  const first = Buffer.from(squeezer.compress(Buffer.from("first ".repeat(500))));
  const second = Buffer.from(squeezer.compress(Buffer.from("second ".repeat(500))));
  const both = Buffer.concat([first, second]);
  const damage = () => expect.objectContaining({ name: "DataError" }) as Error;

  test("makes what repeats smaller", () => {
    expect(first.length).toBeLessThan(300);
  });

  test("refuses a file that is cut off anywhere, with an offset inside of it", () => {
    for (let end = 1; end < both.length; end++) {
      if (end === first.length) continue; // that is a whole file
      const error = thrownBy(() => inflated(squeezer, both.subarray(0, end)));
      expect(error).toEqual(damage());
      expect((error as { offset: number }).offset).toBeLessThanOrEqual(end);
    }
  });

  test("refuses unknown bytes behind a batch, where they begin or where the file ends", () => {
    for (const garbage of ["x", "\0\0\0\0", "garbage".repeat(50)]) {
      const file = Buffer.concat([first, Buffer.from(garbage)]);
      const error = thrownBy(() => inflated(squeezer, file));
      expect(error).toEqual(damage());
      expect([0, first.length, file.length]).toContain((error as { offset: number }).offset);
    }
  });

  test("refuses a file in which any one bit of the content was flipped", () => {
    const header = 10;
    const whole = inflated(squeezer, both);
    let meaningless = 0;
    for (let byte = header; byte < first.length; byte++) {
      const damaged = Buffer.from(both);
      damaged[byte] = (damaged[byte] ?? 0) ^ 0x10;
      const read = { content: whole };
      const error = thrownBy(() => (read.content = inflated(squeezer, damaged)));
      expect(read.content.equals(whole)).toBe(true);
      expect([undefined, damage()]).toContainEqual(error);
      if (error === undefined) meaningless++;
    }
    // The bits that fill up the last byte of a deflate stream say nothing.
    expect(meaningless).toBeLessThanOrEqual(1);
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
