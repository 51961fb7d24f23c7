import { gunzipSync as zlibGunzip, gzipSync } from "node:zlib";
import { gunzipSync as fflateGunzip } from "fflate";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { byTable, crc32 } from "./crc32.js";
import { STEP_BYTES, type Deflater } from "./deflater.js";
import { BatchGzip, GzipEncoder, gzip, LEVELS, whyFallback } from "./index.js";
import { compileKernel, Kernel, kernelBytes } from "./kernel.js";
import { ZlibDeflater } from "./zlib-deflater.js";

const content = fc.oneof(
  fc.uint8Array({ maxLength: 3000 }),
  fc
    .array(fc.constantFrom("hell ", "fact", '{"id":', "0", "17.25", "\u{1f525}"), {
      maxLength: 3000,
    })
    .map((words) => Buffer.from(words.join(""))),
  fc.nat(200_000).map((bytes) => Buffer.alloc(bytes, "what repeats, and repeats")),
);

/** Not compressible, and the same each time. */
function noise(bytes: number, seed = 1): Uint8Array {
  let state = seed;
  return Uint8Array.from({ length: bytes }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state >>> 24;
  });
}

function expectWhole(member: Uint8Array, original: Uint8Array): void {
  expect(zlibGunzip(member).equals(original)).toBe(true);
  expect(Buffer.from(fflateGunzip(member)).equals(original)).toBe(true);
}

test("the kernel runs here, so the tests below are about it", () => {
  expect(whyFallback()).toBeUndefined();
});

describe.each(LEVELS)("%s", (level) => {
  test("gives back whatever goes in", () => {
    fc.assert(fc.property(content, (bytes) => expectWhole(gzip(bytes, level), bytes)));
  });

  test("at every size around the ends of steps, windows and blocks", () => {
    const text = Buffer.alloc(3 * STEP_BYTES, "a line that differs: ");
    for (let at = 0; at < text.length; at += 41) text[at] = (at * 2_654_435_761) >>> 24;
    const sizes = [8, 16, 32, 258, 259, 4096, 32_768, 65_535, 65_536, 98_304, STEP_BYTES];
    for (const size of [...Array(40).keys(), ...sizes.flatMap((s) => [s - 1, s, s + 1])]) {
      for (const bytes of [text.subarray(0, size), noise(size)]) {
        expectWhole(gzip(bytes, level), bytes);
      }
    }
  });

  test("finds what stands a whole window back, and nothing further", () => {
    const phrase = noise(64, 7);
    for (const gap of [32_704, 32_703, 32_705, 65_536, 65_472]) {
      const bytes = Buffer.concat([phrase, Buffer.alloc(gap), phrase, Buffer.alloc(100)]);
      expectWhole(gzip(bytes, level), bytes);
    }
  });

  test("is hardly larger than what cannot be compressed", () => {
    for (const size of [20_000, 100_000, 3_000_000]) {
      const member = gzip(noise(size), level);
      expect(member.length).toBeLessThan(size * 1.001 + 18);
    }
  });

  test("is smaller than zlib's fastest where records are alike", () => {
    const lines = Array.from({ length: 5000 }, (_, i) => JSON.stringify({ id: i, ok: i % 3 > 0 }));
    const text = Buffer.from(lines.join("\n"));
    expect(gzip(text, level).length).toBeLessThan(gzipSync(text, { level: 1 }).length);
  });

  test("makes the same bytes whatever went before, and however it is cut", () => {
    const size = 2 * STEP_BYTES + 12_345;
    const bytes = Buffer.alloc(size, "some text, ");
    for (let at = 0; at < size; at += 17) bytes[at] = at % 251;
    const whole = Buffer.from(gzip(bytes, level));
    gzip(noise(300_000), level);
    expect(whole.equals(gzip(bytes, level))).toBe(true);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 700_000 })), (cuts) => {
        expect(inPieces(bytes, cuts, new GzipEncoder(level)).equals(whole)).toBe(true);
      }),
      { numRuns: 20 },
    );
  });
});

function inPieces(bytes: Uint8Array, cuts: readonly number[], encoder: GzipEncoder): Buffer {
  const made: Uint8Array[] = [];
  let at = 0;
  for (const cut of cuts) {
    made.push(encoder.add(bytes.subarray(at, at + cut)));
    at += cut;
  }
  made.push(encoder.add(bytes.subarray(at)), encoder.end());
  return Buffer.concat(made);
}

test("codes that would be too long are shortened: counts like Fibonacci's numbers", () => {
  const counts = [1, 1];
  while (counts.length < 22) counts.push((counts.at(-1) ?? 0) + (counts.at(-2) ?? 0));
  // Each symbol once in a place where nothing matches, as often as its count says.
  const bytes = Buffer.concat(
    counts.map((count, symbol) =>
      Buffer.from(
        Array.from({ length: count }, (_, i) => (i % 3 === 0 ? symbol : (i * 7919) >> 3)),
      ),
    ),
  );
  for (const level of LEVELS) expectWhole(gzip(bytes, level), bytes);
});

describe("a stream", () => {
  test("can be read up to where it was flushed", () => {
    const encoder = new GzipEncoder("balanced");
    const first = Buffer.from("what a reader has by now ".repeat(50));
    const started = Buffer.concat([encoder.add(first), encoder.flush()]);
    const partly = zlibGunzip(started, { finishFlush: 2 });
    expect(partly.equals(first)).toBe(true);
    const all = Buffer.concat([started, encoder.add(first), encoder.flush(), encoder.end()]);
    expectWhole(all, Buffer.concat([first, first]));
  });

  test("says that it was ended", () => {
    const encoder = new GzipEncoder();
    encoder.end();
    expect(() => encoder.add(noise(3))).toThrow("was ended");
    expect(() => encoder.end()).toThrow("was ended");
  });

  test("does not disturb another one that is open at the same time", () => {
    const streams = LEVELS.map((level) => ({ level, encoder: new GzipEncoder(level) }));
    const parts = Array.from({ length: 6 }, (_, i) => Buffer.alloc(500_000, `part ${i} of it `));
    const made = streams.map((): Uint8Array[] => []);
    for (const part of parts) {
      for (const [i, { encoder }] of streams.entries()) made[i]?.push(encoder.add(part));
    }
    for (const [i, { encoder, level }] of streams.entries()) {
      const member = Buffer.concat([...(made[i] ?? []), encoder.end()]);
      expect(member.equals(gzip(Buffer.concat(parts), level))).toBe(true);
    }
  });
});

test("batches are members one behind another, made where they stand", () => {
  const batch = new BatchGzip("fast");
  const made: Buffer[] = [];
  for (const text of ["first ", "second ", "", "fourth "]) {
    const { written } = new TextEncoder().encodeInto(text.repeat(999), batch.input);
    made.push(Buffer.from(batch.compress(written)));
  }
  expect(() => batch.compress(STEP_BYTES + 1)).toThrow(RangeError);
  batch.close();
  expect(() => batch.compress(1)).toThrow("closed");
  const all = ["first ", "second ", "fourth "].map((text) => text.repeat(999)).join("");
  expect(zlibGunzip(Buffer.concat(made)).toString()).toBe(all);
});

test("the kernel's memory is at most 8 MB, and all of it is there", () => {
  const kernel = newKernel();
  expect(kernel.memory.length).toBeLessThanOrEqual(8e6);
  expect(kernel.usedBytes() + 64).toBeLessThanOrEqual(kernel.memory.length);
});

function newKernel(): Kernel {
  const module = compileKernel(kernelBytes());
  if (typeof module === "string") throw new Error(module);
  return new Kernel(module);
}

describe("without the kernel", () => {
  test("why it cannot be had is told in one line", () => {
    expect(compileKernel(Uint8Array.of(0, 1, 2, 3))).toMatch(/SIMD/);
  });

  test("node:zlib does the same", () => {
    const fallback = (): Deflater => new ZlibDeflater();
    fc.assert(
      fc.property(content, fc.array(fc.nat(900_000)), (bytes, cuts) => {
        const repeated = Buffer.concat(Array.from({ length: 20 }, () => bytes));
        expectWhole(inPieces(repeated, cuts, new GzipEncoder("fast", fallback())), repeated);
      }),
      { numRuns: 20 },
    );
    const batch = new BatchGzip("small", fallback());
    batch.input.set(noise(STEP_BYTES));
    expectWhole(batch.compress(STEP_BYTES), noise(STEP_BYTES));
  });

  test("our own CRC-32 is the runtime's", () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.uint8Array(), (first, second) => {
        expect(byTable(second, byTable(first, 0))).toBe(crc32(second, crc32(first, 0)));
      }),
    );
  });
});
