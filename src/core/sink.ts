/** When a file's bytes are forced to the disk: never, as each file closes, or after every batch. */
export type Sync = "none" | "close" | "batch";

/** Where bytes go. It accepts whole batches; what it accepted is the next stage's problem. */
export interface Sink {
  write(batch: Uint8Array): void;
  /** Makes everything written whole and visible. After it, the sink takes no more. */
  close(): void;
  /** Gives up: leaves nothing behind that could be taken for whole. */
  discard(): void;
}

/** How many batches are written as one, to tell what a sink takes for each from what it takes for their bytes. */
export const WIDE = 4;

/** What takes the bytes of one part. */
export interface PartSink extends Sink {
  /** Does beforehand, in the background, what takes time at `close`. Nothing is written after it. */
  flush?(): Promise<void>;
}

/** Where a user's own sink is asked to put a part. */
export interface SinkOptions {
  /** What stands behind the file's name on the command line: `./mine.ts:PLACE`; "" for nothing. */
  readonly place: string;
  /** What the part is called, by where it begins: `part-000000000000.ndjson.gz`. */
  readonly part: string;
}

/** A place for parts that is none of this tool's. A file of a user's exports one as its default. */
export interface SinkPlugin {
  /** The file's name without its ending. */
  readonly name: string;
  /** Opens what one part goes to; its batches lie in memory that is used again. Throws where that cannot be. */
  open(options: SinkOptions): PartSink | Promise<PartSink>;
}
