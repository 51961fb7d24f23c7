import type { Frame } from "./frames.js";

/** What makes zstd frames with a checksum, and undoes them. */
export interface ZstdEngine {
  readonly compress: (batch: Uint8Array, level: number) => Uint8Array;
  /** Throws an `Error` with a line that says why, where the frame is damaged. */
  readonly decompress: (frame: Frame) => Uint8Array;
}
