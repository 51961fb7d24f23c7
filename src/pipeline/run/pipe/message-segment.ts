import type { MessageRun, Segment } from "../../../sources/line-segment.js";
import { messageLines } from "../../../sources/message-lines.js";
import { SegmentFile } from "./segment-file.js";

/** Messages are small, and a write is not. */
const PIECE_BYTES = 256_000;

/** A segment that is written, and which of its lines is of which message. */
export class MessageSegment {
  private readonly file: SegmentFile;
  private readonly messages: MessageRun[] = [];
  private line = 1;
  private pending: Buffer[] = [];
  private pendingBytes = 0;

  constructor(path: string) {
    this.file = new SegmentFile({ file: path, byte: 0, line: 1 });
  }

  put(sequence: number, data: Uint8Array): void {
    const { bytes, count } = messageLines(data);
    this.pending.push(bytes);
    this.pendingBytes += bytes.length;
    if (this.pendingBytes >= PIECE_BYTES) this.flush();
    const step = count === 1 ? 1 : 0;
    const last = this.messages.at(-1);
    const goesOn =
      last !== undefined &&
      last[2] === 1 &&
      step === 1 &&
      sequence - last[1] === this.line - last[0];
    if (!goesOn) this.messages.push([this.line, sequence, step]);
    this.line += count;
  }

  close(): Segment {
    this.flush();
    this.file.close();
    return { ...this.file.segment, messages: this.messages };
  }

  private flush(): void {
    const piece = Buffer.concat(this.pending);
    this.file.write(piece, 0, piece.length);
    this.pending = [];
    this.pendingBytes = 0;
  }
}
