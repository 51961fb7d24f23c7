import type { Level } from "./levels.js";

/** What becomes of the bits that a step leaves over. */
export const NO_FLUSH = 0;
export const FLUSH = 1;
export const FINISH = 2;
export type Flush = typeof NO_FLUSH | typeof FLUSH | typeof FINISH;

/** The most that a step takes. */
export const STEP_BYTES = 1 << 20;

/**
 * Makes one DEFLATE stream after another (RFC 1951), a step at a time. Input and output stand in its
 * memory, which never moves.
 */
export interface Deflater {
  readonly memory: Uint8Array;
  /** Where output begins; there are 64 bytes of room before it, and as many behind all of it. */
  readonly output: number;
  begin(level: Level): void;
  /** Where in the memory the next step's bytes are to be put. Another place after each step. */
  input(): number;
  /** Compresses `bytes` bytes, at most `STEP_BYTES`; returns how many stand at `output`. */
  step(bytes: number, flush: Flush): number;
}
