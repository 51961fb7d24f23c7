import type { ByteWriter } from "./byte-writer.js";

/** The boundary between records. One file in `src/framing` exports one framing as its default. */
export interface Framing {
  /** The file's name without its ending. */
  readonly name: string;
  /** Called before a fact is encoded; returns where its frame starts. */
  begin(out: ByteWriter): number;
  /** Called after a fact was encoded, with what `begin` returned. */
  end(out: ByteWriter, start: number): void;
  /**
   * The bytes of each fact in a batch, without their frame; views, not copies.
   * Throws a `DataError` with the offset where the last frame is incomplete.
   */
  split(batch: Uint8Array): Iterable<Uint8Array>;
}
