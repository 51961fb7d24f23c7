/** Where the time of a worker goes. */
export const STAGES = ["source", "encode", "compress", "write", "wait"] as const;
export type Stage = (typeof STAGES)[number];
export type StageSeconds = Record<Stage, number>;

/** Stands around stages and adds up how long each took; no stage knows of it. */
export class StageClock {
  readonly seconds: StageSeconds = { source: 0, encode: 0, compress: 0, write: 0, wait: 0 };
  /** Of what was timed call by call. */
  timedSeconds = 0;

  /** The same function, timed. */
  timed<A extends unknown[], R>(stage: Stage, work: (...inputs: A) => R): (...inputs: A) => R {
    return (...inputs) => {
      const start = performance.now();
      try {
        return work(...inputs);
      } finally {
        const seconds = (performance.now() - start) / 1000;
        this.seconds[stage] += seconds;
        this.timedSeconds += seconds;
      }
    };
  }

  /** Adds the time since `start`, a reading of `performance.now()`. */
  add(stage: Stage, start: number): void {
    this.seconds[stage] += (performance.now() - start) / 1000;
  }
}
