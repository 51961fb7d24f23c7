import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { wrongFieldOf } from "../contracts/breach.js";
import { piecesOf } from "../contracts/compressor/batches.js";
import { CONTRACT } from "../contracts/compressor/contract.js";
import { FIELDS } from "../contracts/compressor/shape.js";
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

test.each(pluginNames("compressors"))(
  "%s is called as its file is, and says what it is",
  async (name) => {
    expect(wrongFieldOf(await loadPlugin("compressors", name), name, FIELDS)).toBe(undefined);
  },
);

describe.each(opened)("%s", (label, open) => {
  const [name = ""] = label.split(/[ :]/);
  const rules = CONTRACT.filter(({ isFor }) => isFor?.({ name, open }) !== false);
  test.each(rules)("$rule", async ({ breach }) => {
    expect(await breach({ name, open })).toBe(undefined);
  });

  test("gives every batch back, whatever is in them", () => {
    fc.assert(
      fc.property(batches, (all) => {
        const file = Buffer.concat(all.map((batch) => Buffer.from(open.compress(batch))));
        expect(inflated(open, file).equals(Buffer.concat(all))).toBe(true);
      }),
    );
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

describe.runIf(missing.length > 0).each(missing)("%s", (_, error) => {
  test("says why it cannot be had here", () => {
    expect(error).toMatchObject({
      name: "UnavailableError",
      message: expect.stringMatching(/needs|does not load/) as string,
    });
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
