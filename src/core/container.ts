import type { ByteWriter } from "./byte-writer.js";

/**
 * What stands around the facts of a file, for formats that have a header, an index or a footer of their own,
 * so that others' readers see one plain file. Used instead of a framing, unless facts are compressed alone.
 */
export interface Container {
  /** Begins a file. */
  openFile(): ContainerFile;
  /**
   * The content of a file, batch by batch. Throws a `DataError` with the offset in the content where it is
   * damaged, or not whole.
   *
   * @param pieces of the content, each ending where one that was handed on did: a batch, or what ends the file
   */
  read(pieces: Iterable<Uint8Array>): Iterable<ContainerBatch>;
}

/** A file that is being written. */
export interface ContainerFile {
  /**
   * Makes what belongs into the file of one batch: `out` has its facts, encoded, from 0 to its position, and
   * nothing else.
   */
  add(out: ByteWriter, facts: number): void;
  /** Appends what makes the file whole. Only called after a batch. */
  end(out: ByteWriter): void;
}

/** A stretch of a file's content. */
export interface ContainerBatch {
  /** What it takes in the file, with what stands around it. */
  readonly encodedBytes: number;
  /** What the codec's `decodeBatch` takes: views that last until the next batch is asked for. */
  readonly records: Iterable<Uint8Array>;
}
