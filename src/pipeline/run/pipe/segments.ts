import { rmSync } from "node:fs";
import { join } from "node:path";
import { InputError } from "../../../core/errors.js";
import { fileBytes } from "../../../sources/file-bytes.js";
import type { Segment } from "../../../sources/line-segment.js";
import { isBlankByte, LONGEST_DOCUMENT_BYTES, NEWLINE, tooLong } from "../../../sources/lines.js";
import type { Range, SourcePlan } from "../plan.js";
import { partName } from "../worker/part.js";
import { SegmentFile } from "./segment-file.js";

/** A range of the input whose lines are put aside, ready for a worker. */
export interface SegmentRange extends Range {
  readonly segment: Segment;
}

export interface SegmentOptions {
  readonly source: Extract<SourcePlan, { kind: "pipe" }>;
  /** Where segments are put aside; they are named as parts are, so that they are cleared away as those are. */
  readonly folder: string;
  /** Where the last part ends that was made before: the input must be as long as that. */
  readonly done: number;
  /** The next range that is wanted; later ones begin further back. */
  readonly next: () => Range | undefined;
  /** So many segments are there at most. */
  readonly most: number;
  readonly onReady: () => void;
}

/**
 * Reads an input from its start, inflates it, and puts ranges of whole lines aside in files, for several
 * workers to read: no more of them than `most`, each until its part is made.
 */
export class Segments {
  private readonly ready: SegmentRange[] = [];
  private readonly files = new Map<number, string>();
  private makeRoom: (() => void) | undefined;
  private stopped = false;
  /** Bytes that were taken from the input, and lines that ended in them. */
  private offset = 0;
  private newlines = 0;
  private lineBytes = 0;
  private hasText = false;
  private hasFacts = false;

  constructor(private readonly options: SegmentOptions) {}

  get isEmpty(): boolean {
    return this.ready.length === 0;
  }

  take(): SegmentRange | undefined {
    return this.ready.shift();
  }

  /** What was taken, and did not become a part. */
  giveBack(ranges: readonly SegmentRange[]): void {
    this.ready.unshift(...ranges);
  }

  /** The part of a range is in place. */
  release({ from }: Range): void {
    const file = this.files.get(from);
    if (file === undefined) return;
    rmSync(file, { force: true });
    this.files.delete(from);
    this.makeRoom?.();
  }

  stop(): void {
    this.stopped = true;
    this.makeRoom?.();
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

  private async begin({ from }: Range): Promise<SegmentFile> {
    while (this.files.size >= this.options.most && !this.stopped) {
      await new Promise<void>((resolve) => (this.makeRoom = resolve));
    }
    const path = join(this.options.folder, `${partName(from)}.lines`);
    this.files.set(from, path);
    return new SegmentFile({ file: path, byte: this.offset, line: this.newlines + 1 });
  }

  private end(range: Range, file: SegmentFile): void {
    file.close();
    if (range.to > range.from) this.ready.push({ ...range, segment: file.segment });
    else this.release(range);
    this.options.onReady();
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
