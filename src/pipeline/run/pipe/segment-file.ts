import { closeSync, openSync, writeSync } from "node:fs";
import { writingProblem } from "../../../sinks/file.js";
import type { Segment } from "../../../sources/line-segment.js";

/** A file that lines are put aside in. Throws a `DiskFullError`, or a `HellfactError` that names it. */
export class SegmentFile {
  private readonly descriptor: number;

  constructor(readonly segment: Segment) {
    this.descriptor = this.attempt(() => openSync(segment.file, "w"));
  }

  write(piece: Buffer, from: number, to: number): void {
    this.attempt(() => {
      for (let at = from; at < to;) at += writeSync(this.descriptor, piece, at, to - at);
    });
  }

  close(): void {
    closeSync(this.descriptor);
  }

  private attempt<T>(action: () => T): T {
    try {
      return action();
    } catch (error) {
      throw writingProblem(this.segment.file, error);
    }
  }
}
