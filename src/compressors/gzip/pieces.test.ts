import { crc32, deflateRawSync, gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { FastInflater } from "../../fast-gzip/inflater.js";
import { ZlibInflater, type Inflater } from "./inflater.js";
import { inflatedPieces } from "./pieces.js";

const first = gzipSync(Buffer.from("first ".repeat(500)));
const second = gzipSync(Buffer.from("second ".repeat(500)));
const both = Buffer.concat([first, second]);
const content = "first ".repeat(500) + "second ".repeat(500);

const INFLATERS: readonly (readonly [string, () => Inflater | undefined])[] = [
  ["the runtime's zlib", () => ZlibInflater.open()],
  ["WebAssembly", () => FastInflater.open()],
];

describe.each(INFLATERS)("by %s", (_name, open) => {
  test("a file that is cut off anywhere is refused where it ends", () => {
    for (let end = 1; end < both.length; end++) {
      if (end === first.length) continue; // that is a whole file
      const start = end < first.length ? 0 : first.length;
      expect(() => inflated(both.subarray(0, end))).toThrow(
        `the gzip member from byte ${start} is truncated: the file ends at byte ${end}`,
      );
    }
  });

  test("a flipped bit is refused, but for one that fills the last byte of the data", () => {
    const outcomes = Array.from({ length: first.length - 10 }, (_, index) => {
      const flipped = Buffer.from(both);
      flipped[index + 10] = (flipped[index + 10] ?? 0) ^ 0x10;
      return outcomeOf(flipped);
    });
    const read = outcomes.filter((outcome) => outcome !== "DataError");
    expect(read.length).toBeLessThanOrEqual(1);
    expect(read.every((outcome) => outcome === content)).toBe(true);
  });

  test.each(["x", "\0\0\0\0", "garbage".repeat(50)])(
    "bytes behind a member are refused: %j",
    (text) => {
      const file = Buffer.concat([first, Buffer.from(text)]);
      expect(() => inflated(file)).toThrow(`not a gzip member at byte ${first.length}`);
    },
  );

  test("headers may have a name, a comment, more, and a sum", () => {
    const text = Buffer.from("what is in it");
    const data = deflateRawSync(text);
    const trailer = Buffer.alloc(8);
    trailer.writeUInt32LE(crc32(text), 0);
    trailer.writeUInt32LE(text.length, 4);
    const head = Buffer.from([0x1f, 0x8b, 8, 2 | 4 | 8 | 16, 0, 0, 0, 0, 0, 3, 3, 0, 1, 2, 3]);
    const names = Buffer.from("name.txt\0a comment\0ss");
    const member = Buffer.concat([head, names, data, trailer]);
    expect(inflated(Buffer.concat([member, member]))).toBe(text.toString().repeat(2));
  });

  test("a member that inflates without end is stopped at the limit, and said so", () => {
    const bomb = gzipSync(Buffer.alloc(10e6));
    expect(() => inflated(bomb, { most: 1e6 })).toThrow("inflates to more than 1000000 bytes");
    expect(inflated(bomb, { most: 20e6 })).toHaveLength(10e6);
  });

  test("checksums of what is known to be right are not looked at, its size is", () => {
    const other = Buffer.from(first);
    other.writeUInt32LE(1, first.length - 8);
    expect(() => inflated(other)).toThrow("incorrect data check");
    expect(inflated(other, { isKnown: true })).toBe("first ".repeat(500));
    other.writeUInt32LE(1, first.length - 4);
    expect(() => inflated(other, { isKnown: true })).toThrow("incorrect length check");
  });

  /** The content of a file, or the name of the error. */
  function outcomeOf(file: Buffer): string {
    try {
      return inflated(file);
    } catch (error) {
      return (error as Error).name;
    }
  }

  /** The content of a file that comes in pieces of seven bytes, in memory that is used again. */
  function inflated(file: Buffer, checks?: { most?: number; isKnown?: boolean }): string {
    const memory = Buffer.alloc(7);
    const pieces = function* () {
      for (let at = 0; at < file.length; at += memory.length) {
        yield memory.subarray(0, file.copy(memory, 0, at));
      }
    };
    const inflater = open();
    if (inflater === undefined) throw new Error("this runtime inflates otherwise");
    let text = "";
    for (const piece of inflatedPieces(pieces(), inflater, checks)) {
      text += Buffer.from(piece).toString("latin1");
    }
    return text;
  }
});
