import { fileBytes } from "./file-bytes.js";

export const NEWLINE = Buffer.from("\n");

/** A stretch of a file's content, and where it starts. */
export interface Stretch {
  readonly bytes: Buffer;
  /** Counted from 1. */
  readonly line: number;
  readonly byte: number;
}

/** Every line, without its newline. */
export async function* readLines(path: string): AsyncGenerator<Stretch, void, undefined> {
  let pending: Buffer[] = [];
  let line = 1;
  let byte = 0;
  for await (const piece of fileBytes(path)) {
    let start = 0;
    for (let end = piece.indexOf(NEWLINE); end !== -1; end = piece.indexOf(NEWLINE, start)) {
      const bytes = Buffer.concat([...pending, piece.subarray(start, end)]);
      yield { bytes, line, byte };
      pending = [];
      line += 1;
      byte += bytes.length + 1;
      start = end + 1;
    }
    pending.push(piece.subarray(start));
  }
  yield { bytes: Buffer.concat(pending), line, byte };
}

/** Whether there is nothing but white space. */
export function isBlank({ bytes }: Stretch): boolean {
  return bytes.every((byte) => byte === 0x20 || byte === 0x09 || byte === 0x0d);
}
