import { HellfactError } from "../../../core/errors.js";
import type { IncomingMessage, IncomingStream } from "../../../core/events/incoming.js";
import { openEvents } from "../open-events.js";
import type { EventsPlan, Range } from "../plan.js";
import { MessageSegment } from "./message-segment.js";
import { PutAside, type PutAsideOptions } from "./put-aside.js";

export interface EventSegmentOptions extends PutAsideOptions {
  readonly source: EventsPlan;
  /** The next range that is wanted; later ones begin further back. */
  readonly next: () => Range | undefined;
  /** Whether the run has made parts before. */
  readonly goesOn: boolean;
  /** Whether what is released is at rest. */
  readonly keeps: boolean;
}

/**
 * Takes messages of a stream and puts ranges of them aside in files, as lines, for several workers to read: no
 * more of them than `most`, each until its part is made; then its messages are acknowledged.
 */
export class EventSegments extends PutAside {
  private stream: IncomingStream | undefined;
  private range: Range | undefined;
  private file: MessageSegment | undefined;

  constructor(private readonly options: EventSegmentOptions) {
    super(options);
  }

  override release(range: Range): boolean {
    const wasHere = super.release(range);
    if (wasHere && this.options.keeps) this.stream?.acknowledge(range.from, range.to);
    return wasHere;
  }

  async close(isOver: boolean): Promise<void> {
    await this.stream?.close(isOver);
  }

  /**
   * Makes segments until the stream has no more, or time is up, which gives the position behind the last
   * message; or until no more are wanted, which gives `undefined`. Rejects as the stream does.
   */
  async make(): Promise<number | undefined> {
    const { source, next, goesOn } = this.options;
    this.range = next();
    if (this.range === undefined) return undefined;
    this.stream = await openEvents(source);
    const { stream } = this;
    if (goesOn && stream.oldest >= this.range.to) throw gone(source, this.range);
    await stream.start(this.range.from);
    const until = performance.now() + (source.followSeconds ?? 0) * 1000;
    let behind = this.range.from;
    while (!this.isEnough()) {
      const messages = await stream.read();
      for (const message of messages) {
        if (this.isEnough()) break;
        await this.put(message);
        behind = Math.max(behind, message.sequence + 1);
      }
      if (messages.length === 0 && performance.now() >= until) break;
      if (source.followSeconds !== null && performance.now() >= until) break;
    }
    if (this.isEnough()) return undefined;
    if (this.file !== undefined) this.end(behind);
    return behind;
  }

  /** Whether no more is wanted. */
  private isEnough(): boolean {
    return this.stopped || this.range === undefined;
  }

  private async put({ sequence, data }: IncomingMessage): Promise<void> {
    while (this.range !== undefined && this.range.to <= sequence) {
      // One in whose range there is no message any more has a part, too.
      this.file ??= await this.begin(this.range);
      this.end(this.range.to);
      this.range = this.options.next();
    }
    if (this.range === undefined || this.stopped) return;
    if (sequence < this.range.from) {
      // It is in a part that was made before.
      if (this.options.keeps) this.stream?.acknowledge(sequence, sequence + 1);
      return;
    }
    // The data is only good until the next messages are read, and nothing reads while this waits.
    this.file ??= await this.begin(this.range);
    this.file.put(sequence, data);
    if (sequence + 1 === this.range.to) {
      this.end(this.range.to);
      this.range = this.options.next();
    }
  }

  private async begin(range: Range): Promise<MessageSegment> {
    return new MessageSegment(await this.fileFor(range));
  }

  private end(to: number): void {
    const { range, file } = this;
    if (range === undefined || file === undefined) return;
    this.file = undefined;
    this.add({ from: range.from, to, segment: file.close() });
  }
}

function gone({ path }: EventsPlan, { from, to }: Range): HellfactError {
  return new HellfactError(
    `${path}: messages ${from} to ${to - 1} are not in it any more, and no whole part has them. What else there is stays; a new run reads what the stream has.`,
  );
}
