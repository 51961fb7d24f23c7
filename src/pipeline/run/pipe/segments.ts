import { InputError } from "../../../core/errors.js";
import { fileBytes } from "../../../sources/file-bytes.js";
import { isBlankByte, LONGEST_DOCUMENT_BYTES, NEWLINE, tooLong } from "../../../sources/lines.js";
import type { Range, SourcePlan } from "../plan.js";
import { PutAside, type PutAsideOptions } from "./put-aside.js";
import { SegmentFile } from "./segment-file.js";

export interface SegmentOptions extends PutAsideOptions {
  readonly source: Extract<SourcePlan, { kind: "pipe" }>;
  /** Where the last part ends that was made before: the input must be as long as that. */
  readonly done: number;
  /** The next range that is wanted; later ones begin further back. */
  readonly next: () => Range | undefined;
}

/**
 * Reads an input from its start, inflates it, and puts ranges of whole lines aside in files, for several
 * workers to read: no more of them than `most`, each until its part is made.
 */
export class Segments extends PutAside {
  /** Bytes that were taken from the input, and lines that ended in them. */
  private offset = 0;
  private newlines = 0;
  private lineBytes = 0;
  private hasText = false;
  private hasFacts = false;

  constructor(private readonly options: SegmentOptions) {
    super(options);
  }

  override stop(): void {
    super.stop();
    if (this.options.source.path === "-") process.stdin.destroy();
  }

  /**
   * Makes segments until the input ends, which gives its length, or no more are wanted, which gives
   * `undefined`. Rejects with an `InputError` for damaged gzip and the like, and with a `DiskFullError`.
   */
  async make(): Promise<number | undefined> {
    const { done, next, source } = this.options;
    const { path, allowBombs } = source;
    let range = next();
    let file: SegmentFile | undefined;
    /** Where a line begins: so do ranges up to here. One that ends here, too, has none. */
    const begin = async () => {
      while (range !== undefined && range.from <= this.offset) {
        file = await this.begin(range);
        if (range.to > this.offset) return;
        this.end(range, file);
        file = undefined;
        range = next();
      }
    };
    await begin();
    for await (const piece of fileBytes(path, { hasFacts: () => this.hasFacts, allowBombs })) {
      for (let at = 0; range !== undefined && !this.stopped && at < piece.length;) {
        const byte = file === undefined ? range.from : range.to;
        const boundary = lineFrom(piece, at, this.offset, byte);
        const end = boundary ?? piece.length;
        file?.write(piece, at, end);
        this.pass(piece, at, end);
        at = end;
        if (boundary === undefined) break;
        if (file !== undefined) {
          this.end(range, file);
          file = undefined;
          range = next();
        }
        await begin();
      }
      if (range === undefined || this.stopped) return undefined;
    }
    const wanted = Math.max(done, range?.from ?? 0);
    if (this.offset < wanted) throw tooShort(path, this.offset, wanted);
    if (range === undefined) return this.offset;
    if (file !== undefined) this.end({ from: range.from, to: this.offset }, file);
    return this.offset;
  }

  private async begin(range: Range): Promise<SegmentFile> {
    const file = await this.fileFor(range);
    return new SegmentFile({ file, byte: this.offset, line: this.newlines + 1 });
  }

  private end(range: Range, file: SegmentFile): void {
    file.close();
    this.add({ ...range, segment: file.segment });
  }

  /** Counts what is taken from a piece. */
  private pass(piece: Buffer, from: number, to: number): void {
    let last = -1;
    for (let at = piece.indexOf(NEWLINE, from); at !== -1 && at < to;) {
      // Empty lines come in crowds.
      do {
        this.newlines += 1;
        last = at;
        at += 1;
      } while (at < to && piece[at] === NEWLINE);
      at = piece.indexOf(NEWLINE, at);
    }
    this.offset += to - from;
    this.lineBytes = last === -1 ? this.lineBytes + to - from : to - last - 1;
    if (this.lineBytes > LONGEST_DOCUMENT_BYTES) throw tooLong(this.options.source.path);
    if (this.hasFacts) return;
    this.hasText ||= !piece.subarray(from, to).every(isBlankByte);
    this.hasFacts = this.hasText && last !== -1;
  }
}

/** Where in a piece the first line begins that does so at `byte` or later; `undefined` for behind it. */
function lineFrom(piece: Buffer, at: number, offset: number, byte: number): number | undefined {
  const newline = piece.indexOf(NEWLINE, Math.max(at, at + byte - 1 - offset));
  return newline === -1 ? undefined : newline + 1;
}

function tooShort(path: string, bytes: number, wanted: number): InputError {
  return new InputError(
    `${path} ends after ${bytes} bytes, and ${wanted} of it were read before. Give the same again.`,
  );
}
