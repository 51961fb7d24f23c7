/**
 * Where a codec puts its bytes: one growing slab that the pipeline reuses from batch to batch.
 *
 * Use `utf8` and `bytes` for whole values. To write in place, call `reserve(n)`, then fill
 * `buffer` from `position` on and advance `position` by what was written.
 */
export interface ByteWriter {
  /** The slab. `reserve` may replace it, so read it again after every call. */
  readonly buffer: Buffer;
  /** Offset in `buffer` at which the next byte belongs. */
  position: number;
  /** Makes room for at least `bytes` more bytes after `position`. */
  reserve(bytes: number): void;
  /** Appends a copy of `source`. */
  bytes(source: Uint8Array): void;
  /** Appends `text` as UTF-8; a lone surrogate becomes U+FFFD. */
  utf8(text: string): void;
}
