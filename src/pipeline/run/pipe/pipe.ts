import type { PartAccounting } from "../accounting.js";
import type { Range, SourcePlan } from "../plan.js";
import { EventSegments } from "./event-segments.js";
import type { SegmentRange } from "./put-aside.js";
import { Segments } from "./segments.js";

type PipedSource = Extract<SourcePlan, { kind: "pipe" | "events" }>;

/** Whether a source has one reader, who puts ranges aside for workers. */
export function isPiped(source: SourcePlan): source is PipedSource {
  return source.kind === "pipe" || source.kind === "events";
}

export interface PipeOptions {
  readonly accounting: PartAccounting;
  readonly source: PipedSource;
  /** Where ranges are put aside, and how many at most. */
  readonly folder: string;
  readonly most: number;
  /** Whether the run has made parts before. */
  readonly goesOn: boolean;
  /** Whether parts are at rest when they are entered, so that what is in them may be acknowledged. */
  readonly keeps: boolean;
  /** There is more to take, or there will be no more. */
  readonly onReady: () => void;
}

/** An input that has one reader, on its way to many workers. */
export class Pipe {
  /** Why it could not be read to its end; what is whole before is made first. */
  unreadable: unknown;
  private isReading = true;
  private readonly segments: Segments | EventSegments;

  constructor(private readonly options: PipeOptions) {
    const { accounting, source, folder, most, goesOn, keeps, onReady } = options;
    const next = () => accounting.next();
    const { doneUpTo: done } = accounting;
    this.segments =
      source.kind === "events"
        ? new EventSegments({ source, folder, most, next, goesOn, keeps, onReady })
        : new Segments({ source, folder, most, done, next, onReady });
  }

  /** Reads it, and puts it aside in ranges. */
  async read(): Promise<void> {
    const { accounting, onReady } = this.options;
    try {
      const end = await this.segments.make();
      if (end !== undefined) accounting.endAt(end);
    } catch (error) {
      this.unreadable = error;
    }
    this.isReading = false;
    onReady();
  }

  take(): SegmentRange | undefined {
    return this.segments.take();
  }

  /** The part of a range is in place, and counts. */
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

  /** @param isOver whether the run is complete */
  async close(isOver: boolean): Promise<void> {
    if ("close" in this.segments) await this.segments.close(isOver);
  }
}
