import type { Sink } from "../core/sink.js";
import { sleepUntil } from "../core/wait.js";

/** How a sink is held back, so that it is known what binds. */
export interface Slowing {
  /** A device that carries so much, and takes in the next batch while it writes the last. */
  readonly bytesPerSecond: number | null;
  /** What every batch waits, whatever its size. */
  readonly latencySeconds: number;
}

export const NOT_SLOWED: Slowing = { bytesPerSecond: null, latencySeconds: 0 };

/** Whether it holds anything back. */
export function isSlowed({ bytesPerSecond, latencySeconds }: Slowing): boolean {
  return bytesPerSecond !== null || latencySeconds > 0;
}

/** A device that several sinks are on, one after the other. */
export interface Device {
  /** When it will be through with everything so far: a reading of `performance.now()`. */
  freeAt: number;
}

/**
 * The same sink on a slower device. A rate is a token bucket that holds one batch: a batch is accepted
 * when the one before it is through, so that whoever makes the next one meanwhile loses no time. A
 * latency holds up the writer with every batch. Closing waits until the device is done.
 *
 * @param extraSeconds asked for each batch: what the device takes for it beyond that
 */
export function slowedSink<S extends Sink>(
  sink: S,
  { bytesPerSecond, latencySeconds }: Slowing,
  extraSeconds: () => number = () => 0,
  device: Device = { freeAt: 0 },
): S {
  return {
    ...sink,
    write: (batch) => {
      const start = performance.now();
      const extra = extraSeconds();
      sink.write(batch);
      if (bytesPerSecond === null) {
        const wait = latencySeconds + extra;
        if (wait > 0) sleepUntil(performance.now() + wait * 1000);
        return;
      }
      // The batch before this one has to be through.
      sleepUntil(device.freeAt);
      const service = (batch.length / bytesPerSecond + extra) * 1000;
      device.freeAt = Math.max(device.freeAt, start) + service;
      if (latencySeconds > 0) sleepUntil(performance.now() + latencySeconds * 1000);
    },
    close: () => {
      sleepUntil(device.freeAt);
      sink.close();
    },
  };
}
