import type { StageClock } from "./stages.js";

/**
 * Facts that are faster than this are timed now and then only: a reading of the clock takes 30 to 70 ns,
 * two for each fact would be a tenth of what a small fact takes in all.
 */
const SLOW_SECONDS = 4e-6;
const MEAN_STRIDE = 8;

/**
 * Divides the time of a turn, which is measured as a whole, between taking facts from the source and
 * encoding them: by facts that are timed singly. Of slow facts these are all; of fast ones they are drawn
 * at random, so that no rhythm of the data is met (systematic sampling with a random stride).
 */
export class TurnClock {
  private startedAt = 0;
  private timedBefore = 0;
  private sourceSeconds = 0;
  private encodeSeconds = 0;
  private isFast = false;
  private random = 1;

  constructor(private readonly stages: StageClock) {}

  begin(now: number): void {
    this.startedAt = now;
    this.timedBefore = this.stages.timedSeconds;
    this.sourceSeconds = this.encodeSeconds = 0;
  }

  /**
   * A fact was timed: asked for, taken, and encoded at these readings of `performance.now()`.
   * @param timedSeconds what was timed call by call in between
   */
  sample(asked: number, taken: number, encoded: number, timedSeconds: number): void {
    this.sourceSeconds += (taken - asked) / 1000;
    this.encodeSeconds += Math.max(0, (encoded - taken) / 1000 - timedSeconds);
  }

  /** How many facts are not timed before the next one that is. */
  stride(): number {
    if (!this.isFast) return 0;
    // xorshift (Marsaglia 2003)
    this.random ^= this.random << 13;
    this.random ^= this.random >>> 17;
    this.random ^= this.random << 5;
    return (this.random >>> 0) % (2 * MEAN_STRIDE - 1);
  }

  /** Enters the turn into the stages. */
  end(now: number, facts: number): void {
    const { seconds, timedSeconds } = this.stages;
    const all = (now - this.startedAt) / 1000;
    const own = Math.max(0, all - (timedSeconds - this.timedBefore));
    const sampled = this.sourceSeconds + this.encodeSeconds;
    const sourceShare = sampled === 0 ? 1 : this.sourceSeconds / sampled;
    seconds.source += own * sourceShare;
    seconds.encode += own * (1 - sourceShare);
    if (facts > 0) this.isFast = own / facts < SLOW_SECONDS;
  }
}
