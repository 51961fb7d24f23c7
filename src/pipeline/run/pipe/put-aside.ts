import { rmSync } from "node:fs";
import { join } from "node:path";
import type { Segment } from "../../../sources/line-segment.js";
import type { Range } from "../plan.js";
import { partName } from "../worker/part-name.js";

/** A range of the input whose lines are put aside, ready for a worker. */
export interface SegmentRange extends Range {
  readonly segment: Segment;
}

export interface PutAsideOptions {
  /** Where segments are put aside; they are named as parts are, so that they are cleared away as those are. */
  readonly folder: string;
  /** So many segments are there at most. */
  readonly most: number;
  readonly onReady: () => void;
}

/** Segments of an input, from when they are begun to when their parts are made. */
export class PutAside {
  protected stopped = false;
  private readonly ready: SegmentRange[] = [];
  private readonly files = new Map<number, string>();
  private makeRoom: (() => void) | undefined;

  constructor(private readonly room: PutAsideOptions) {}

  get isEmpty(): boolean {
    return this.ready.length === 0;
  }

  take(): SegmentRange | undefined {
    return this.ready.shift();
  }

  /** The part of a range is in place. @returns whether it was put aside here */
  release({ from }: Range): boolean {
    const file = this.files.get(from);
    if (file === undefined) return false;
    rmSync(file, { force: true });
    this.files.delete(from);
    this.makeRoom?.();
    return true;
  }

  stop(): void {
    this.stopped = true;
    this.makeRoom?.();
  }

  /** The file for a range, once there is room for it. */
  protected async fileFor({ from }: Range): Promise<string> {
    while (this.files.size >= this.room.most && !this.stopped) {
      await new Promise<void>((resolve) => (this.makeRoom = resolve));
    }
    const path = join(this.room.folder, `${partName(from)}.lines`);
    this.files.set(from, path);
    return path;
  }

  /** The file of a range is whole; one that is empty is wanted by nobody. */
  protected add(range: SegmentRange): void {
    if (range.to > range.from) this.ready.push(range);
    else this.release(range);
    this.room.onReady();
  }
}
