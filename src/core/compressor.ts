/** Making bytes fewer. One file in `src/compressors` exports one compressor as its default. */
export interface Compressor {
  /** The file's name without its ending. */
  readonly name: string;
  /** What it appends to a file's name, with its dot (`.gz`), or "" for nothing. */
  readonly fileSuffix: string;
  /** Levels it takes, or `null` where it has none. */
  readonly levels: {
    readonly lowest: number;
    readonly highest: number;
    readonly default: number;
    /** Levels with names, which another encoder of the same format has: `gzip:fast`. */
    readonly named?: readonly string[];
  } | null;
  /** Implementations that can undo it; the first is the default. */
  readonly engines: readonly [string, ...string[]];
  /** What makes its bytes, where other runtimes have something else that makes others: an engine for `open`. */
  readonly compressesBy?: string;
  /** The npm package that does the work, or `null` for what the runtime itself offers. */
  readonly npmPackage: string | null;
  /** Whether it can compress a whole file as one stream. */
  readonly streams: boolean;
  /** Rejects with an `UnavailableError` when the engine does not load on this machine. */
  open(options: CompressorOptions): Promise<OpenCompressor>;
}

/** What is known of a compressor without opening it. */
export type DescribedCompressor = Omit<Compressor, "open">;

export interface CompressorOptions {
  readonly level?: number;
  /** A level with a name, in the place of a number. */
  readonly namedLevel?: string;
  readonly engine?: string;
}

/** What is compressed as one: each fact alone, a batch of facts, or all of a file as one stream. */
export const COMPRESSION_UNITS = ["fact", "batch", "file"] as const;
export type CompressionUnit = (typeof COMPRESSION_UNITS)[number];

/** A file that is compressed as one stream, batch by batch. */
export interface CompressStream {
  /** What can be written once `batch` is there. */
  add(batch: Uint8Array): Uint8Array;
  /** What ends the stream. */
  end(): Uint8Array;
}

export interface OpenCompressor {
  /** One batch compressed so that it can be appended to a file of others. May return `batch` itself. */
  compress(batch: Uint8Array): Uint8Array;
  /**
   * The content of a whole file, in order, in pieces that end where a batch ended.
   * Throws a `DataError` with the offset where the file is truncated or damaged.
   */
  decompress(file: Uint8Array): Iterable<Uint8Array>;
  /**
   * The same of a file that comes in pieces, of which each may be overwritten by the next, for what can begin
   * before it has the whole file. What it gives lasts until the next. Where nothing is compressed, pieces end
   * anywhere.
   *
   * @param isKnown whether somebody else sees to it that the bytes of the file are right, so that checksums
   * inside of it need not be computed
   */
  decompressPieces?(pieces: Iterable<Uint8Array>, isKnown?: boolean): Iterable<Uint8Array>;
  /** Starts a stream that `decompress` reads as it reads batches. Not every compressor can. */
  readonly openStream?: () => CompressStream;
}
