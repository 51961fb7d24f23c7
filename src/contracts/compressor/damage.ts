import type { OpenCompressor } from "../../core/compressor.js";
import { FIRST, SECOND } from "./batches.js";

/** Where a header that says little may end; bits of one are not flipped. */
const HEADER_BYTES = 10;
/** The bits that fill up the last byte of a stream say nothing. */
const MOST_MEANINGLESS = 1;

/** How a compressor takes damage for content, or tells it wrongly; `undefined` if it does not. */
export function damageProblem(open: OpenCompressor): string | undefined {
  const first = Buffer.from(open.compress(FIRST));
  const both = Buffer.concat([first, Buffer.from(open.compress(SECOND))]);
  const whole = Buffer.concat([FIRST, SECOND]);
  return (
    truncated(open, both, first.length) ??
    foreign(open, first) ??
    flipped(open, both, first.length, whole)
  );
}

function truncated(open: OpenCompressor, both: Buffer, first: number): string | undefined {
  for (let end = 1; end < both.length; end++) {
    if (end === first) continue; // that is a whole file
    const problem = refusalProblem(open, both.subarray(0, end), end);
    if (problem !== undefined) return `of a file that is cut off after ${end} bytes ${problem}`;
  }
  return undefined;
}

function foreign(open: OpenCompressor, first: Buffer): string | undefined {
  for (const garbage of ["x", "\0\0\0\0", "garbage".repeat(50)]) {
    const file = Buffer.concat([first, Buffer.from(garbage)]);
    const problem = refusalProblem(open, file, file.length);
    if (problem !== undefined) {
      return `of ${garbage.length} foreign bytes behind a batch ${problem}`;
    }
  }
  return undefined;
}

function flipped(
  open: OpenCompressor,
  both: Buffer,
  first: number,
  whole: Buffer,
): string | undefined {
  let meaningless = 0;
  for (let byte = Math.min(HEADER_BYTES, first >> 1); byte < first; byte++) {
    const damaged = Buffer.from(both);
    damaged[byte] = (damaged[byte] ?? 0) ^ 0x10;
    const { error, content } = read(open, damaged);
    if (error === undefined) {
      meaningless += 1;
      if (!whole.equals(content) || meaningless > MOST_MEANINGLESS) {
        return `a bit that was flipped in byte ${byte} is taken for content`;
      }
    } else if (!isDataError(error, damaged.length)) return said(error);
  }
  return undefined;
}

/** What is wrong with how broken bytes are refused. @param most where it must have been noticed by */
function refusalProblem(open: OpenCompressor, file: Buffer, most: number): string | undefined {
  const { error } = read(open, file);
  if (error === undefined) return "nothing is said";
  return isDataError(error, most) ? undefined : said(error);
}

function read(open: OpenCompressor, file: Buffer): { error?: unknown; content: Buffer } {
  try {
    const pieces = Array.from(open.decompress(file), (piece) => Buffer.from(piece));
    return { content: Buffer.concat(pieces) };
  } catch (error) {
    return { error, content: Buffer.alloc(0) };
  }
}

/** By its name: a user's file may have the class from another copy of this package. */
function isDataError(error: unknown, most: number): boolean {
  const { name, offset } = Object(error) as { readonly name?: unknown; readonly offset?: unknown };
  return name === "DataError" && typeof offset === "number" && offset >= 0 && offset <= most;
}

function said(error: unknown): string {
  const { name, offset } = Object(error) as { readonly name?: unknown; readonly offset?: unknown };
  if (name !== "DataError") return `it throws ${String(name)}, where a DataError would be right`;
  return `it says byte ${String(offset)}, which is not in the file`;
}
