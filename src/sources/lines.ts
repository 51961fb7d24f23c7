import { isUtf8 } from "node:buffer";
import { InputError } from "../core/errors.js";
import { fileBytes, type ReadingOptions } from "./file-bytes.js";

export const NEWLINE = 0x0a;
/** V8 makes no longer string than this, so no longer document can be parsed. */
export const LONGEST_DOCUMENT_BYTES = 0x1fff_ffe8;

/** A stretch of a file's content, and where it starts. */
export interface Stretch {
  readonly bytes: Buffer;
  /** Counted from 1. */
  readonly line: number;
  readonly byte: number;
  /** Whether it is known to be UTF-8; otherwise nobody has looked. */
  readonly isText?: boolean;
}

/** Whether a byte is a space, a tab, a carriage return, or a newline. */
export function isBlankByte(byte: number | undefined): boolean {
  return byte === 0x20 || byte === NEWLINE || byte === 0x0d || byte === 0x09;
}

/**
 * Cuts pieces of a file into its lines, without their newline and what is blank before them. Blank
 * lines are none; however many there are, they take no memory.
 */
export class LineSplitter {
  /** Whether there was a line yet. */
  hasLines = false;
  private piece: Buffer = Buffer.alloc(0);
  /** Where in the piece the next line is looked for. */
  private at = 0;
  /** Room for a line that did not end in its piece, and how much of it there is. */
  private room: Buffer = Buffer.alloc(0);
  private begunBytes = 0;
  private line = 1;
  /** The offset of the piece in the file. */
  private offset = 0;
  private isLastPiece = false;
  /** Whether all lines that end in the piece are known to be UTF-8, but for what of the first was in others. */
  private isText = false;

  /** @param isBrief whether a line that is in several pieces lasts only until the next: then it needs no new memory */
  constructor(
    private path: string,
    private readonly isBrief = false,
  ) {}

  /** Begins another file, in the memory that there is. */
  begin(path: string): void {
    this.path = path;
    this.hasLines = false;
    this.piece = Buffer.alloc(0);
    this.at = 0;
    this.begunBytes = 0;
    this.line = 1;
    this.offset = 0;
    this.isLastPiece = false;
  }

  /** Takes the next piece, whose memory may be used again after it, once `next` has given all lines of the one before. */
  push(piece: Buffer): void {
    this.offset += this.piece.length;
    this.piece = piece;
    this.at = 0;
    this.isText = isUtf8(piece.subarray(0, piece.lastIndexOf(NEWLINE) + 1));
  }

  /** There is no further piece: what has no newline is the last line. */
  end(): void {
    this.push(Buffer.alloc(0));
    this.isLastPiece = true;
  }

  /** The next line that is whole, or `undefined`. */
  next(): Stretch | undefined {
    const { piece } = this;
    if (this.begunBytes === 0) this.skipBlank();
    const start = this.at;
    const newline = piece.indexOf(NEWLINE, start);
    if (newline === -1 && !this.isLastPiece) {
      this.keep(piece.subarray(start));
      this.at = piece.length;
      return undefined;
    }
    const end = newline === -1 ? piece.length : newline;
    const byte = this.offset + start - this.begunBytes;
    const tail = piece.subarray(start, end);
    const isText = this.isText && this.begunBytes === 0;
    const bytes = this.begunBytes === 0 ? tail : this.joined(tail);
    this.at = newline === -1 ? end : newline + 1;
    if (bytes.length === 0) return undefined;
    this.hasLines = true;
    return { bytes, line: newline === -1 ? this.line : this.line++, byte, isText };
  }

  /**
   * The next lines that are in the piece, up to so many bytes, each with its newline, if they are known to be UTF-8; may
   * be blank ones among them.
   */
  whole(mostBytes: number): Buffer | undefined {
    const { piece, at } = this;
    if (!this.isText || this.begunBytes > 0) return undefined;
    const end = piece.lastIndexOf(NEWLINE, at + mostBytes - 1) + 1;
    return end > at ? piece.subarray(at, end) : undefined;
  }

  /** Goes on behind so many lines of those that `whole` gave, none of them blank. */
  pass(lines: number, bytes: number): void {
    this.line += lines;
    this.at += bytes;
    if (lines > 0) this.hasLines = true;
  }

  private skipBlank(): void {
    const { piece } = this;
    while (this.at < piece.length && isBlankByte(piece[this.at])) {
      if (piece[this.at] === NEWLINE) this.line += 1;
      this.at += 1;
    }
  }

  private keep(bytes: Buffer): void {
    const length = this.begunBytes + bytes.length;
    if (length > LONGEST_DOCUMENT_BYTES) throw tooLong(this.path);
    if (length > this.room.length) {
      const room = Buffer.allocUnsafeSlow(Math.min(2 * length, LONGEST_DOCUMENT_BYTES));
      this.room.copy(room, 0, 0, this.begunBytes);
      this.room = room;
    }
    bytes.copy(this.room, this.begunBytes);
    this.begunBytes = length;
  }

  /** What was kept, and what comes behind it. */
  private joined(tail: Buffer): Buffer {
    this.keep(tail);
    const line = this.room.subarray(0, this.begunBytes);
    this.begunBytes = 0;
    if (!this.isBrief) this.room = Buffer.alloc(0);
    return line;
  }
}

/** Every line that is not blank, without its newline. */
export async function* readLines(
  path: string,
  options?: Omit<ReadingOptions, "hasFacts">,
): AsyncGenerator<Stretch, void, undefined> {
  const splitter = new LineSplitter(path);
  const lines = function* () {
    for (let line = splitter.next(); line !== undefined; line = splitter.next()) yield line;
  };
  for await (const piece of fileBytes(path, { ...options, hasFacts: () => splitter.hasLines })) {
    splitter.push(piece);
    yield* lines();
  }
  splitter.end();
  yield* lines();
}

export function tooLong(path: string): InputError {
  return new InputError(
    `${path}: one JSON value of over 512 MiB cannot be parsed. Give one smaller object a line.`,
  );
}
