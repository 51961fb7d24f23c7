import { WIDE } from "../core/sink.js";

/** What a sink takes for a batch, apart from what it takes for each byte. */
export interface SinkLatency {
  readonly secondsPerBatch: number;
  /** What it carries beside that; `null` where the bytes cost nothing that can be seen. */
  readonly bytesPerSecond: number | null;
}

/**
 * Solves t(n) = L + n·s for batches of one and of `WIDE` lengths.
 *
 * @param batchSeconds what a batch of one length takes
 * @param wideSeconds what a batch of `WIDE` lengths takes
 */
export function sinkLatency(
  batchSeconds: number,
  wideSeconds: number,
  batchBytes: number,
): SinkLatency {
  const perLength = Math.max(0, (wideSeconds - batchSeconds) / (WIDE - 1));
  const secondsPerBatch = Math.max(0, batchSeconds - perLength);
  return { secondsPerBatch, bytesPerSecond: perLength > 0 ? batchBytes / perLength : null };
}
