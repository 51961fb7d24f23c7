import { calledFile, InputError } from "../core/errors.js";
import type { Fact, FactCheck } from "../core/fact.js";
import type { OnReject, RangedSource } from "../core/ranged-source.js";
import { fileBytes, gzipProblem } from "./file-bytes.js";
import { LineSplitter, type Stretch } from "./lines.js";
import { factOrReject } from "./parse-fact.js";

export interface StreamOptions {
  readonly onReject?: OnReject | undefined;
  readonly check?: FactCheck | undefined;
  /** Whether gzip that inflates to hundreds of megabytes of nothing is read on. */
  readonly allowBombs?: boolean | undefined;
  /** Only the beginning is looked at; standard input can then be read again. */
  readonly looksOnly?: boolean | undefined;
}

/** A stream of lines, which knows how many bytes of the content it has handed out. */
export interface LineStreamSource extends RangedSource {
  readonly bytes: number;
}

/**
 * The facts of NDJSON that can only be read from its start, gzipped or not: a file, or `-` for
 * standard input. Positions count lines that are not blank. Ranges must be asked for in order.
 *
 * Throws an `InputError` naming the file, the line and the byte of what is no fact; where the gzip
 * data around it is damaged, naming that.
 */
export function lineStream(path: string, options: StreamOptions = {}): LineStreamSource {
  return new LineStream(path, options);
}

class LineStream implements LineStreamSource {
  position = 0;
  ended = false;
  private readonly splitter: LineSplitter;
  private readonly pieces: AsyncGenerator<Buffer, void, undefined>;
  private isRead = false;
  private last: Stretch | undefined;
  /** Why the line at `position` is no fact. */
  private broken: InputError | undefined;

  constructor(
    private readonly path: string,
    private readonly options: StreamOptions,
  ) {
    this.splitter = new LineSplitter(path);
    const { allowBombs, looksOnly } = options;
    const hasFacts = () => this.splitter.hasLines;
    this.pieces = fileBytes(path, { hasFacts, allowBombs, looksOnly });
  }

  get bytes(): number {
    return this.last === undefined ? 0 : this.last.byte + this.last.bytes.length + 1;
  }

  *facts(from: number, to: number): Iterable<Fact | undefined> {
    while (this.position < to && this.broken === undefined) {
      const line = this.splitter.next();
      if (line === undefined) {
        this.ended = this.isRead;
        if (this.ended && this.position < from) throw tooShort(this.path, this.position, from);
        return;
      }
      this.last = line;
      if (this.position >= from) {
        const fact = this.factOn(line);
        // What is wrong is told by `more`, which can look at the rest of the file.
        if (this.broken !== undefined) return;
        this.position += 1;
        yield fact;
      } else {
        this.position += 1;
      }
    }
  }

  async more(): Promise<void> {
    if (this.broken !== undefined) {
      // Damaged gzip inflates to nonsense before it is noticed.
      throw (await gzipProblem(this.path)) ?? this.broken;
    }
    const { value: piece, done } = await this.pieces.next();
    if (done !== true) {
      this.splitter.push(piece);
      return;
    }
    this.isRead = true;
    this.splitter.end();
  }

  place(): string {
    return `${calledFile(this.path)} line ${this.last?.line ?? 1}`;
  }

  private factOn(line: Stretch): Fact | undefined {
    const { onReject, check } = this.options;
    try {
      return factOrReject(this.path, line, onReject, () => line.line, check);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      this.broken = error;
      return undefined;
    }
  }
}

function tooShort(path: string, lines: number, wanted: number): InputError {
  return new InputError(
    `${calledFile(path)} ends after ${lines} lines, and ${wanted} of it were read before. Give the same again.`,
  );
}
