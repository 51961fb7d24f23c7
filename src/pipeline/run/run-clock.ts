/** How long a run has taken, from the first range that was handed out. */
export class RunClock {
  private startedAt: number | undefined;
  private lastPartAt = 0;

  get isRunning(): boolean {
    return this.startedAt !== undefined;
  }

  start(): void {
    this.startedAt = this.lastPartAt = performance.now();
  }

  partEnded(): void {
    this.lastPartAt = performance.now();
  }

  /** @param pausedMilliseconds for which the pipeline stood still on purpose */
  seconds(pausedMilliseconds: number): number {
    return this.since(performance.now(), pausedMilliseconds);
  }

  /** Up to the end of the last part. */
  secondsToLastPart(pausedMilliseconds: number): number {
    return this.since(this.lastPartAt, pausedMilliseconds);
  }

  private since(moment: number, pausedMilliseconds: number): number {
    const { startedAt } = this;
    return startedAt === undefined
      ? 0
      : Math.max(0, moment - startedAt - pausedMilliseconds) / 1000;
  }
}
