import type { PartAccounting } from "../accounting.js";
import type { Range, SourcePlan } from "../plan.js";
import { Segments, type SegmentRange } from "./segments.js";

/** An input that has one reader, on its way to many workers. */
export class Pipe {
  /** Why it could not be read to its end; what is whole before is made first. */
  unreadable: unknown;
  private isReading = true;
  private readonly segments: Segments;

  /** @param onReady there is more to take, or there will be no more */
  constructor(
    private readonly accounting: PartAccounting,
    source: Extract<SourcePlan, { kind: "pipe" }>,
    folder: string,
    most: number,
    private readonly onReady: () => void,
  ) {
    const next = () => accounting.next();
    const { doneUpTo: done } = accounting;
    this.segments = new Segments({ source, folder, most, done, next, onReady });
  }

  /** Reads it, and puts it aside in ranges. */
  async read(): Promise<void> {
    try {
      const end = await this.segments.make();
      if (end !== undefined) this.accounting.endAt(end);
    } catch (error) {
      this.unreadable = error;
    }
    this.isReading = false;
    this.onReady();
  }

  take(): SegmentRange | undefined {
    return this.segments.take();
  }

  /** The part of a range is in place. */
  release(range: Range): void {
    this.segments.release(range);
  }

  /** Whether all of it was taken. */
  get isTaken(): boolean {
    return !this.isReading && this.segments.isEmpty;
  }

  stop(): void {
    this.segments.stop();
  }
}
