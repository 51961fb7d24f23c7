import { isUtf8 } from "node:buffer";
import { closeSync, fstatSync, openSync, readSync, statSync } from "node:fs";
import { InputError } from "../core/errors.js";
import type { FactCheck } from "../core/fact.js";
import type { OnReject, RangedSource } from "../core/ranged-source.js";
import { misnamed, readingProblem } from "./file-bytes.js";
import { isBlankByte, LONGEST_DOCUMENT_BYTES, NEWLINE, tooLong } from "./lines.js";
import { factOrReject } from "./parse-fact.js";

const READ_BYTES = 1 << 20;

/**
 * The facts of an NDJSON file that is not compressed, by the bytes at which their lines begin: any
 * range can be read alone.
 *
 * Throws an `InputError` naming the file, the line and the byte of what is no fact.
 */
export function lineRange(path: string, onReject?: OnReject, check?: FactCheck): RangedSource {
  const descriptor = opened(path);
  const { size } = fstatSync(descriptor);
  const lines = new LineNumbers(descriptor);
  const numberOf = (byte: number) => lines.numberOf(byte);
  const factOn = (line: LineBytes) => {
    try {
      return factOrReject(path, line, onReject, numberOf, check);
    } catch (error) {
      throw misnamed(path) ?? error;
    }
  };
  let position = 0;
  let lastByte = 0;
  return {
    get position() {
      return position;
    },
    get ended() {
      return position >= size;
    },
    *facts(from, to) {
      position = from;
      const end = Math.min(to, size);
      for (const line of linesFrom(path, descriptor, from, end)) {
        lastByte = line.byte;
        position = line.byte + line.bytes.length + 1;
        if (!isBlank(line.bytes)) yield factOn(line);
      }
      position = Math.max(position, end);
    },
    place: () => `${path} line ${lines.numberOf(lastByte)}, byte ${lastByte}`,
  };
}

/** A line of the file, whose number is not known here. */
export interface LineBytes {
  readonly bytes: Buffer;
  readonly byte: number;
  /** Whether they are known to be UTF-8: lines that were read together are looked at together. */
  readonly isText: boolean;
}

/** Lines of a file that is not compressed, blank ones too, but not empty ones. Each lasts until the next. */
export interface RawLines {
  /** Those that begin at `from` or later, and before `to`. */
  lines(from: number, to: number): Iterable<LineBytes>;
  /** The number of the line that begins at a byte, from 1. */
  numberOf(byte: number): number;
  close(): void;
}

export function rawLines(path: string): RawLines {
  const descriptor = opened(path);
  const numbers = new LineNumbers(descriptor);
  return {
    lines: (from, to) => linesFrom(path, descriptor, from, to),
    numberOf: (byte) => numbers.numberOf(byte),
    close: () => closeSync(descriptor),
  };
}

export function isBlank(bytes: Buffer): boolean {
  // Most lines are not, and their first byte says so.
  return isBlankByte(bytes[0] ?? NEWLINE) && bytes.every((byte) => isBlankByte(byte));
}

/** How many bytes an input file has, and whether it can be read by ranges: gzip cannot. */
export function inputFile(path: string): { bytes: number; inRanges: boolean } {
  const descriptor = opened(path);
  try {
    const stats = fstatSync(descriptor);
    const start = Buffer.alloc(2);
    readSync(descriptor, start, 0, 2, 0);
    return { bytes: stats.size, inRanges: start[0] !== 0x1f || start[1] !== 0x8b };
  } finally {
    closeSync(descriptor);
  }
}

/** Opens a file. Throws an `InputError` for what is none: a pipe would wait for its writer. */
export function opened(path: string): number {
  try {
    if (statSync(path).isFile()) return openSync(path, "r");
  } catch (error) {
    throw readingProblem(path, error);
  }
  throw new InputError(`${path} is not a file. Give one with facts in it.`);
}

/** The lines that begin at `from` or later, and before `to`; those with nothing in them take no time. */
export function* linesFrom(
  path: string,
  descriptor: number,
  from: number,
  to: number,
): Iterable<LineBytes> {
  let buffer = Buffer.allocUnsafe(READ_BYTES);
  // The line that begins before `from` belongs to the range before: skip to its end.
  let at = from === 0 ? 0 : from - 1;
  let skipping = from > 0;
  let filled = 0;
  for (;;) {
    if (filled > LONGEST_DOCUMENT_BYTES) throw tooLong(path);
    if (filled === buffer.length) buffer = Buffer.concat([buffer, Buffer.allocUnsafe(filled)]);
    const got = readSync(descriptor, buffer, filled, buffer.length - filled, at + filled);
    filled += got;
    const whole = buffer.lastIndexOf(NEWLINE, filled - 1) + 1;
    const isText = isUtf8(buffer.subarray(0, whole));
    let start = 0;
    while (start < filled) {
      if (!skipping) {
        while (start < filled && buffer[start] === NEWLINE) start += 1;
        if (at + start >= to) return;
        if (start === filled) break;
      }
      const newline = buffer.indexOf(NEWLINE, start);
      const isWhole = newline !== -1 && newline < filled;
      if (!isWhole && got > 0) break;
      const end = isWhole ? newline : filled;
      if (skipping) skipping = false;
      else
        yield { bytes: buffer.subarray(start, end), byte: at + start, isText: isText && isWhole };
      start = end + 1;
    }
    if (got === 0) return;
    buffer.copyWithin(0, start, filled);
    filled -= start;
    at += start;
  }
}

/** Numbers of lines, counted on from the last one that was asked for. */
export class LineNumbers {
  private line = 1;
  private byte = 0;

  constructor(private readonly descriptor: number) {}

  /** The number of the line that begins at a byte, from 1. */
  numberOf(byte: number): number {
    if (byte < this.byte) {
      this.line = 1;
      this.byte = 0;
    }
    const buffer = Buffer.allocUnsafe(READ_BYTES);
    while (this.byte < byte) {
      const wanted = Math.min(READ_BYTES, byte - this.byte);
      const got = readSync(this.descriptor, buffer, 0, wanted, this.byte);
      if (got === 0) break;
      for (
        let at = buffer.indexOf(NEWLINE);
        at !== -1 && at < got;
        at = buffer.indexOf(NEWLINE, at + 1)
      ) {
        this.line += 1;
      }
      this.byte += got;
    }
    return this.line;
  }
}
