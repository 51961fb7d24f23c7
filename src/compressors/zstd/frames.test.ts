import { expect, test } from "vitest";
import { framesOf } from "./frames.js";

// Made by zstd 1.5 with a checksum: words that repeat, one letter 3000 times, one letter.
const FRAMES = [
  "28b52ffd241d6500003068656c6c6f200100a94b11874e200a",
  "28b52ffd64b80a4d00001041410100b3f301162033313a",
  "28b52ffd24010900007823110483",
].map((hex) => Buffer.from(hex, "hex"));

test("frames are told apart by their headers alone, on any runtime", () => {
  const found = [...framesOf(Buffer.concat(FRAMES))];
  expect(found.map(({ frame }) => Buffer.from(frame))).toEqual(FRAMES);
  expect(found.map(({ statedBytes }) => statedBytes)).toEqual([29, 3000, 1]);
});

test("a file that is cut off, or goes on with something else, is refused with the offset", () => {
  const file = Buffer.concat(FRAMES);
  const ends = FRAMES.map((_, index) => Buffer.concat(FRAMES.slice(0, index + 1)).length);
  for (let end = 1; end < file.length; end++) {
    if (ends.includes(end)) continue;
    expect(() => [...framesOf(file.subarray(0, end))]).toThrow(
      expect.objectContaining({ name: "DataError", offset: end }),
    );
  }
  expect(() => [...framesOf(Buffer.concat([file, Buffer.from("no frame")]))]).toThrow(
    `not a zstd frame at byte ${file.length}`,
  );
});
