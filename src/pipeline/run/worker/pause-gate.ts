/** Where a worker stops on request, so that something else can be measured, until it is let go on. */
export class PauseGate {
  private wanted = false;
  private held: { readonly until: Promise<void>; readonly release: () => void } | undefined;

  /** @param onPause called when the worker has come to the gate, and stands still */
  constructor(private readonly onPause: () => void) {}

  /** Whether the worker stands still. */
  get isHeld(): boolean {
    return this.held !== undefined;
  }

  /** Asks the worker to stop at the gate. */
  request(): void {
    this.wanted = true;
  }

  /** Comes to the gate: passes at once, or stands still until `release`. */
  async pass(): Promise<void> {
    if (!this.wanted) return;
    if (this.held === undefined) {
      let release = () => undefined as void;
      const until = new Promise<void>((resolve) => (release = resolve));
      this.held = { until, release };
      this.onPause();
    }
    await this.held.until;
  }

  /** Lets the worker go on. */
  release(): void {
    this.wanted = false;
    this.held?.release();
    this.held = undefined;
  }
}
