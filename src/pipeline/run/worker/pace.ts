/**
 * Facts at a fixed rate, each with an intended time that does not depend on how the ones before it
 * went: whoever falls behind sees it, and catches up (Gil Tene's "coordinated omission" avoided).
 */
export class Pace {
  /** How far the latest fact was behind its time, and the worst of all. */
  secondsLate = 0;
  mostSecondsLate = 0;
  /** When the first fact was asked for. */
  private startedAt: number | undefined;
  private facts = 0;

  constructor(private readonly factsPerSecond: number) {}

  /** How long the next fact is still to wait for its time; 0 if it is due or late. */
  millisecondsToNext(): number {
    return Math.max(0, this.intended() - performance.now());
  }

  /** Takes the next fact, once it is due. */
  take(): void {
    this.secondsLate = Math.max(0, (performance.now() - this.intended()) / 1000);
    this.facts += 1;
    this.mostSecondsLate = Math.max(this.mostSecondsLate, this.secondsLate);
  }

  private intended(): number {
    this.startedAt ??= performance.now();
    return this.startedAt + (this.facts / this.factsPerSecond) * 1000;
  }
}
