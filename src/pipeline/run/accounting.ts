import type { RunEnd } from "./run-end.js";
import type { ManifestWriter } from "./manifest.js";
import type { MadeRange, PartEntry, Range, Run } from "./plan.js";
import { Ranges } from "./ranges.js";

/**
 * What a run has to do and what it has done: ranges go out, parts come in and are entered into the
 * manifest. Who makes the parts, and where, it does not know.
 */
export class PartAccounting {
  /** Parts that were finished now; kept only where there are files. */
  readonly parts: PartEntry[] = [];
  readonly totals = { facts: 0, encodedBytes: 0, storedBytes: 0, rejected: 0, parts: 0 };
  /** Positions in whole parts, those that were there before included. */
  positionsDone: number;
  /** Where the last part ends that was there before. */
  readonly doneUpTo: number;
  private readonly ranges: Ranges;
  /** Where the source ended, or else what was asked for does. */
  private end: number;
  private sourceEnded = false;
  private timeIsUp = false;

  constructor(
    private readonly run: Run,
    private readonly manifest: ManifestWriter | undefined,
  ) {
    const { plan, done, repair } = run;
    this.ranges = new Ranges(plan.start, plan.end, plan.partLength, done, repair?.ranges);
    this.end = plan.end;
    this.doneUpTo = done.reduce((most, { to }) => Math.max(most, to), plan.start);
    this.positionsDone = done.reduce((sum, { from, to }) => sum + to - from, 0);
  }

  /** The next range to make parts of, or `undefined` where none is left, or none is wanted any more. */
  next(): Range | undefined {
    return this.timeIsUp ? undefined : this.ranges.next();
  }

  /**
   * Whether a worker may get a range while it still has one, so that it need not wait for it: as long
   * as there are enough for all. Where parts are cut short, what is left of a range comes first.
   */
  get mayWorkAhead(): boolean {
    const { plan, workers } = this.run;
    const cutsParts = plan.mostPartSeconds !== null || plan.mostPartBytes !== null;
    return !cutsParts && this.ranges.hasAtLeast(workers);
  }

  /** A part of a range is whole and in place. Throws a `HellfactError` if that cannot be written down. */
  enter(range: Range, part: MadeRange, sourceEnded: boolean, seconds: number): void {
    if (this.manifest !== undefined && part.file !== null) {
      const entry = { ...part, file: part.file };
      this.manifest.addPart(entry, this.run.secondsBefore + seconds);
      this.parts.push(entry);
    }
    const { totals } = this;
    totals.facts += part.facts;
    totals.encodedBytes += part.encodedBytes;
    totals.storedBytes += part.storedBytes;
    totals.rejected += part.rejected;
    totals.parts += 1;
    this.positionsDone += part.to - part.from;
    if (sourceEnded) {
      this.endAt(part.to);
    } else {
      this.ranges.giveBack({ from: part.to, to: range.to });
    }
  }

  /** The source turned out to end there. */
  endAt(position: number): void {
    this.sourceEnded = true;
    this.end = Math.min(this.end, position);
    this.ranges.endAt(position);
  }

  /** Whether every range is handed out, or none is wanted any more. */
  get isExhausted(): boolean {
    return this.timeIsUp || !this.ranges.hasAtLeast(1);
  }

  /** Time is up: what is handed out is all. */
  stop(): void {
    this.timeIsUp = true;
  }

  /** Says in the manifest that no more parts will come, and why; where it does not say so already. */
  close(): RunEnd {
    if (this.run.repair !== null) return this.run.repair.ended;
    const ended = this.whyEnded();
    this.manifest?.end(ended, this.timeIsUp ? null : this.end);
    return ended;
  }

  /** Whether the input turned out to have nothing in it. */
  get foundNothing(): boolean {
    const { facts, rejected } = this.totals;
    const { kind } = this.run.plan.source;
    return (
      (kind === "stream" || kind === "pipe" || kind === "events") &&
      this.sourceEnded &&
      this.run.done.length === 0 &&
      facts + rejected === 0
    );
  }

  /** About how many bytes are still to be written, or `null` where nobody knows. */
  get bytesLeft(): number | null {
    const { start, end, partLength, bytesPerPosition } = this.run.plan;
    if (bytesPerPosition === null) return null;
    const left = end === Number.MAX_SAFE_INTEGER ? partLength : end - start - this.positionsDone;
    return Math.ceil(left * bytesPerPosition);
  }

  private whyEnded(): RunEnd {
    if (this.timeIsUp) return "duration";
    return this.sourceEnded ? "input" : "facts";
  }
}
