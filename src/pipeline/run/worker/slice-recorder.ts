import { CounterInterval, type Counters } from "../../../machine/counters.js";

/** What a worker did between two pauses. */
export interface Slice {
  readonly facts: number;
  readonly seconds: number;
  readonly storedBytes: number;
  /** Processor time of the worker since all went on. */
  readonly cpuSinceRelease: number;
  readonly counters: Counters;
}

/** What a worker has done so far. */
export interface Done {
  readonly facts: number;
  readonly storedBytes: number;
}

/** Records what a worker does between two pauses, from the end of one batch to the end of another. */
export class SliceRecorder {
  private begun: (Done & { at: number; counters: CounterInterval }) | undefined;
  private cpuAtRelease = cpuSeconds();

  /** All go on: what this process does from now on is the pipeline's. */
  release(): void {
    this.cpuAtRelease = cpuSeconds();
  }

  get isOpen(): boolean {
    return this.begun !== undefined;
  }

  begin(done: Done): void {
    const counters = new CounterInterval();
    counters.start();
    this.begun = { ...done, at: performance.now(), counters };
  }

  /** Ends the slice; `null` if there is none. */
  async end(done: Done): Promise<Slice | null> {
    const { begun } = this;
    this.begun = undefined;
    if (begun === undefined) return null;
    begun.counters.end();
    const cpuSinceRelease = cpuSeconds() - this.cpuAtRelease;
    const seconds = (performance.now() - begun.at) / 1000;
    return {
      facts: done.facts - begun.facts,
      storedBytes: done.storedBytes - begun.storedBytes,
      seconds,
      cpuSinceRelease,
      counters: await begun.counters.differences(),
    };
  }
}

function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}
