import fc from "fast-check";
import { expect, test } from "vitest";
import { framesOf } from "./frames.js";
import * as nodeZlib from "./node-zlib.js";
import { openEngine } from "./zstd-wasm.js";

const wasm = await openEngine();

test("every level gives every batch back, with the checksum that the format asks for", () => {
  const batches = fc.oneof(
    fc.uint8Array({ maxLength: 3000 }),
    fc.nat(300_000).map((bytes) => new Uint8Array(bytes).fill(65)),
  );
  fc.assert(
    fc.property(batches, fc.integer({ min: 1, max: 19 }), (batch, level) => {
      const [frame, ...others] = framesOf(wasm.compress(batch, level));
      expect(others).toEqual([]);
      expect(frame?.frame.readUInt8(4)).toSatisfy((descriptor: number) => (descriptor & 4) !== 0);
      expect(frame && Buffer.from(wasm.decompress(frame)).equals(batch)).toBe(true);
    }),
    { numRuns: 40 },
  );
});

test("who opens it again disturbs nobody who has it open", async () => {
  const batch = Buffer.alloc(30_000_000, "grows its memory ");
  const [frame] = framesOf(wasm.compress(batch, 3));
  const again = await openEngine();
  for (const engine of [wasm, again]) {
    expect(frame && Buffer.from(engine.decompress(frame)).equals(batch)).toBe(true);
  }
});

test.runIf(nodeZlib.isHere)("both engines read what the other makes", () => {
  const runtime = nodeZlib.openEngine();
  const batch = Buffer.from("both of them ".repeat(5000));
  for (const [by, other] of [
    [wasm, runtime],
    [runtime, wasm],
  ] as const) {
    const [frame] = framesOf(by.compress(batch, 3));
    expect(frame && Buffer.from(other.decompress(frame)).equals(batch)).toBe(true);
  }
});

// Made by zstd 1.5 of 64,000 times one letter from standard input: no size is said beforehand.
const WITHOUT_SIZE = "28b52ffd04585500001041410100fb791d6001b516fb00";

test("a frame that says no size is given room for what its blocks can have", () => {
  const [frame] = framesOf(Buffer.from(WITHOUT_SIZE, "hex"));
  expect(frame?.statedBytes).toBeUndefined();
  expect(frame && Buffer.from(wasm.decompress(frame)).equals(Buffer.alloc(64_000, 65))).toBe(true);
});

test("a frame is given no more room than its blocks can have", () => {
  const frame = Buffer.from(wasm.compress(Buffer.from("few bytes"), 3));
  // Single segment, a size of eight bytes: 1 TB.
  const size = Buffer.alloc(8);
  size.writeBigUInt64LE(1n << 40n);
  const boasting = Buffer.concat([
    frame.subarray(0, 4),
    Buffer.from([0xe4]),
    size,
    frame.subarray(6),
  ]);
  const [boast] = framesOf(boasting);
  expect(boast?.statedBytes).toBe(2 ** 40);
  expect(() => boast && wasm.decompress(boast)).toThrow("more than its blocks can have");
});
