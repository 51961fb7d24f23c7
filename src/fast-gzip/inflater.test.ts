import { constants, deflateRawSync, inflateRawSync } from "node:zlib";
import fc from "fast-check";
import { expect, test } from "vitest";
import { gzip, LEVELS } from "./index.js";
import { FastInflater } from "./inflater.js";

const HEADER_BYTES = 10;
/** There is always something behind the data; of gzip at least its trailer. */
const BEHIND = Buffer.alloc(8, 0xff);

const content = fc.oneof(
  fc.uint8Array({ maxLength: 3000 }).map((bytes) => Buffer.from(bytes)),
  fc
    .array(fc.constantFrom("hell ", "fact", '{"id":', "0", "17.25", "\u{1f525}"), {
      maxLength: 3000,
    })
    .map((words) => Buffer.from(words.join(""))),
  fc
    .record({ bytes: fc.nat(700_000), period: fc.integer({ min: 1, max: 40_000 }) })
    .map(({ bytes, period }) => repeated(bytes, period)),
);
const strategy = fc.constantFrom(
  ...["Z_DEFAULT_STRATEGY", "Z_FIXED", "Z_HUFFMAN_ONLY", "Z_RLE", "Z_FILTERED"].map(
    (name) => constants[name as "Z_FIXED"],
  ),
);

test("this runtime has it", () => {
  expect(FastInflater.open()).toBeDefined();
});

test("what zlib deflates comes back, in input of any size", () => {
  fc.assert(
    fc.property(
      content,
      fc.nat(9),
      strategy,
      fc.integer({ min: 1, max: 70_000 }),
      (bytes, level, kind, size) => {
        const data = deflateRawSync(bytes, { level, strategy: kind });
        expect(inflated(data, size).equals(bytes)).toBe(true);
      },
    ),
    { numRuns: 150, seed: 42 },
  );
});

test("what our own encoder makes comes back", () => {
  fc.assert(
    fc.property(content, fc.constantFrom(...LEVELS), (bytes, level) => {
      const member = Buffer.from(gzip(bytes, level));
      const data = member.subarray(HEADER_BYTES, member.length - 8);
      expect(inflated(data, 50_000).equals(bytes)).toBe(true);
    }),
    { numRuns: 60, seed: 42 },
  );
});

test("of damaged data it says what zlib says of them", () => {
  fc.assert(
    fc.property(
      content,
      fc.nat(9),
      fc.array(fc.tuple(fc.nat(), fc.nat(255))),
      (bytes, level, changes) => {
        const data = deflateRawSync(bytes, { level });
        for (const [at, byte] of changes) data[at % data.length] = byte;
        expect(outcomeOf(() => inflated(data, 1000))).toEqual(outcomeOf(() => zlibInflated(data)));
      },
    ),
    { numRuns: 400, seed: 42 },
  );
});

test.each([
  ["06", "invalid block type"],
  ["0100000000", "invalid stored block lengths"],
  ["fc0000", "too many length or distance symbols"],
  ["040080ffff", "invalid code lengths set"],
  ["020cff", "invalid distance too far back"],
])("%s is refused: %s", (hex, problem) => {
  const data = Buffer.concat([Buffer.from(hex, "hex"), Buffer.alloc(64)]);
  expect(() => inflated(data, 1000)).toThrow(problem);
});

test("it can be used again after what was wrong", () => {
  expect(() => inflated(Buffer.from("06", "hex"), 10)).toThrow("invalid block type");
  const bytes = Buffer.from("hell ".repeat(1000));
  expect(inflated(deflateRawSync(bytes), 7).equals(bytes)).toBe(true);
});

/** Content, or what is wrong. */
function outcomeOf(inflate: () => Buffer): string {
  try {
    return inflate().toString("hex");
  } catch (error) {
    return (error as Error).message;
  }
}

function zlibInflated(data: Buffer): Buffer {
  try {
    return inflateRawSync(Buffer.concat([data, BEHIND]));
  } catch (error) {
    const { message } = error as Error;
    throw new Error(message === "unexpected end of file" ? "truncated" : message, { cause: error });
  }
}

/** What repeats itself, but not within fewer bytes. */
function repeated(bytes: number, period: number): Buffer {
  const data = Buffer.alloc(bytes);
  let state = 1;
  for (let at = 0; at < bytes; at++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    data[at] = at < period ? state >>> 24 : (data[at - period] ?? 0);
  }
  return data;
}

/** The content of data that come in pieces; throws also where they end before their end. */
function inflated(data: Buffer, size: number): Buffer {
  const inflater = FastInflater.open();
  if (inflater === undefined) throw new Error("this runtime inflates otherwise");
  const all = Buffer.concat([data, BEHIND]);
  const contents: Buffer[] = [];
  inflater.reset();
  try {
    for (let at = 0; at < all.length;) {
      const { taken, content: found, isEnd } = inflater.step(all.subarray(at, at + size));
      contents.push(Buffer.from(found));
      at += taken;
      if (isEnd) {
        return Buffer.concat(contents);
      }
    }
    throw new Error("truncated");
  } finally {
    inflater.close();
  }
}
