import { secondsSinceStart } from "./clock.js";

/** Facts done in one timed window, and the seconds they took. */
export interface Sample {
  readonly facts: number;
  readonly seconds: number;
}

/** Cuts work into samples of at least a given length, at the ends of the work's own steps. */
export class Sampler {
  readonly samples: Sample[] = [];
  private facts = 0;
  private seconds = 0;
  private runningSince: number | undefined;

  constructor(
    private readonly leastSeconds: number,
    private readonly now: () => number = secondsSinceStart,
  ) {}

  /** Starts the clock, or starts it again. */
  resume(): void {
    this.runningSince = this.now();
  }

  /** Stops the clock while something is done that is not to be measured. */
  pause(): void {
    this.catchUp();
    this.runningSince = undefined;
  }

  /**
   * Counts facts as done, and ends the sample if it is long enough. A step of no facts, such as
   * closing a file, belongs to the sample before it or to the next one.
   */
  count(facts: number): void {
    this.facts += facts;
    this.catchUp();
    if (this.seconds >= this.leastSeconds && facts > 0) this.push();
  }

  /** Stops the clock and keeps what has begun as a last sample, or as part of the one before. */
  finish(): void {
    this.pause();
    const last = this.samples.at(-1);
    const tooShort = this.facts === 0 || this.seconds < this.leastSeconds / 2;
    if (last !== undefined && tooShort) {
      this.samples.pop();
      this.facts += last.facts;
      this.seconds += last.seconds;
    }
    if (this.facts > 0) this.push();
  }

  private catchUp(): void {
    if (this.runningSince === undefined) return;
    const now = this.now();
    this.seconds += now - this.runningSince;
    this.runningSince = now;
  }

  private push(): void {
    this.samples.push({ facts: this.facts, seconds: this.seconds });
    this.facts = 0;
    this.seconds = 0;
  }
}

/** All facts over all seconds. */
export function sustainedRate(samples: readonly Sample[]): number {
  let facts = 0;
  let seconds = 0;
  for (const sample of samples) {
    facts += sample.facts;
    seconds += sample.seconds;
  }
  return facts / seconds;
}
