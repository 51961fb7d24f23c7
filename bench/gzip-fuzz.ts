/**
 * Inputs of 0 bytes to 4 MB through every level of our gzip, and back through `node:zlib` and another
 * inflater. Ends at the first one that does not come back; its seed makes it again.
 *
 *   npm run bench:gzip-fuzz [-- inputs=1000000 seed=1]
 */
import { gunzipSync } from "node:zlib";
import { gunzipSync as fflateGunzip } from "fflate";
import { GzipEncoder, gzip, LEVELS, type Level } from "../src/fast-gzip/index.js";
import { fuzzInput } from "./gzip-fuzz-input.js";

const INPUTS = Number(process.argv[2] ?? 1_000_000);
const SEED = Number(process.argv[3] ?? 1);
/** The slower inflater reads every one of this size, and one in eight of those that are larger. */
const READ_TWICE_BYTES = 20_000;
/** RFC 1952's header and trailer; a stored block of each 32,768 words takes five bytes. */
const MOST_ADDED_BYTES = 18 + 5;
const MOST_ADDED_SHARE = 0.001;
const SAY_EVERY_MS = 10_000;

let contentBytes = 0;
let said = Date.now();
for (let i = 0; i < INPUTS; i++) {
  const seed = SEED + i;
  const input = fuzzInput(seed);
  const level = LEVELS[seed % LEVELS.length] as Level;
  const problem = problemOf(input, level, seed);
  if (problem !== undefined) {
    console.error(`seed ${seed}: ${input.length} bytes at level ${level}: ${problem}`);
    process.exit(1);
  }
  contentBytes += input.length;
  if (Date.now() - said > SAY_EVERY_MS) {
    said = Date.now();
    console.error(`${i + 1} of ${INPUTS} inputs, ${(contentBytes / 1e9).toFixed(2)} GB`);
  }
}
console.log(
  `${INPUTS} inputs from seed ${SEED}, ${(contentBytes / 1e9).toFixed(2)} GB: all came back`,
);

function problemOf(input: Buffer, level: Level, seed: number): string | undefined {
  try {
    const member = seed % 5 === 0 ? streamed(input, level, seed) : gzip(input, level);
    if (member.length > input.length * (1 + MOST_ADDED_SHARE) + MOST_ADDED_BYTES && seed % 5 > 0) {
      return `${member.length} bytes compressed`;
    }
    if (!gunzipSync(member).equals(input)) return "node:zlib reads something else";
    if (input.length > READ_TWICE_BYTES && seed % 8 > 0) return undefined;
    return input.equals(fflateGunzip(member)) ? undefined : "fflate reads something else";
  } catch (error) {
    return String(error);
  }
}

/** In pieces of many sizes, flushed now and then. */
function streamed(input: Buffer, level: Level, seed: number): Buffer {
  const encoder = new GzipEncoder(level);
  const made: Uint8Array[] = [];
  let piece = 1 + (seed % 977);
  for (let at = 0; at < input.length; at += piece, piece = piece * 2 + 1) {
    made.push(encoder.add(input.subarray(at, at + piece)));
    if (piece % 3 === 0) made.push(encoder.flush());
  }
  return Buffer.concat([...made, encoder.end()]);
}
