import type { Range } from "./plan.js";

/**
 * The work of a run, as ranges to hand out: first what lies between the parts that are already
 * done, then on to the end. A range ends where a multiple of `partLength` lies, counted from the
 * start, whatever was done before and by whom: so a part has the same bytes however often a run was
 * interrupted.
 */
export class Ranges {
  /** What is not handed out, in order and without touching each other. */
  private readonly open: Range[];

  constructor(
    private readonly start: number,
    end: number,
    private readonly partLength: number,
    done: readonly Range[] = [],
    /** Where not everything that is not done is wanted. */
    wanted?: readonly Range[],
  ) {
    this.open = wanted === undefined ? gaps(start, end, done) : [...wanted];
  }

  /** The next range to work on, or `undefined` when all are handed out. */
  next(): Range | undefined {
    const [gap] = this.open;
    if (gap === undefined) return undefined;
    const parts = Math.floor((gap.from - this.start) / this.partLength) + 1;
    const to = Math.min(gap.to, this.start + parts * this.partLength);
    if (to < gap.to) this.open[0] = { from: to, to: gap.to };
    else this.open.shift();
    return { from: gap.from, to };
  }

  /** Whether there are at least so many ranges left to hand out. */
  hasAtLeast(wanted: number): boolean {
    let count = 0;
    for (const { from, to } of this.open) count += Math.ceil((to - from) / this.partLength);
    return count >= wanted;
  }

  /** What was handed out and not done is handed out again, before anything else. */
  giveBack(range: Range): void {
    if (range.from < range.to) this.open.unshift(range);
  }

  /** Nothing from this position on is there, or wanted. */
  endAt(position: number): void {
    const kept = this.open
      .filter(({ from }) => from < position)
      .map(({ from, to }) => ({ from, to: Math.min(to, position) }));
    this.open.splice(0, Infinity, ...kept);
  }
}

/** The ranges from `start` to `end` that no range of `done` covers, in order. */
export function gaps(start: number, end: number, done: readonly Range[]): Range[] {
  const found: Range[] = [];
  let reached = start;
  for (const { from, to } of done.toSorted((a, b) => a.from - b.from)) {
    if (from > reached) found.push({ from: reached, to: Math.min(from, end) });
    reached = Math.max(reached, to);
  }
  if (reached < end) found.push({ from: reached, to: end });
  return found;
}
