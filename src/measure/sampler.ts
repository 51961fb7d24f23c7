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
  private resumedAt = 0;

  constructor(private readonly leastSeconds: number) {}

  /** Starts the clock, or starts it again. */
  resume(): void {
    this.resumedAt = secondsSinceStart();
  }

  /** Stops the clock while something is done that is not to be measured. */
  pause(): void {
    this.seconds += secondsSinceStart() - this.resumedAt;
  }

  /** Counts facts as done, and ends the sample if it is long enough. The clock must be running. */
  count(facts: number): void {
    this.facts += facts;
    const now = secondsSinceStart();
    const seconds = this.seconds + (now - this.resumedAt);
    if (seconds >= this.leastSeconds) this.push(seconds, now);
  }

  /** Stops the clock and keeps what has begun as a last sample, or as part of the one before. */
  finish(): void {
    this.pause();
    const last = this.samples.at(-1);
    if (last !== undefined && this.seconds < this.leastSeconds / 2) {
      this.samples[this.samples.length - 1] = {
        facts: last.facts + this.facts,
        seconds: last.seconds + this.seconds,
      };
      this.facts = 0;
      this.seconds = 0;
    } else if (this.facts > 0) {
      this.push(this.seconds, this.resumedAt);
    }
  }

  private push(seconds: number, now: number): void {
    this.samples.push({ facts: this.facts, seconds });
    this.facts = 0;
    this.seconds = 0;
    this.resumedAt = now;
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
