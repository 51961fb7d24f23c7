import { DiskFullError, firstLine } from "../../core/errors.js";
import type { JobOrder } from "../../jobs/order.js";
import { discard, place } from "../../jobs/staging.js";
import { writingProblem } from "../../sinks/file.js";

/** Puts an output in its place; what is odd about it is its job's own failure. Throws where a disk is full. */
export function placingProblem(order: JobOrder, staged: string | null): string | undefined {
  try {
    return place(order, staged)
      ? undefined
      : `(it ended well, and did not make ${order.output}: what it makes goes to {output})`;
  } catch (error) {
    const problem = writingProblem(order.output ?? "", error);
    if (problem instanceof DiskFullError) throw problem;
    const left = staged === null ? undefined : discard(order, staged);
    return `(it ended well, and ${order.output} cannot be put in its place): ${firstLine(error)}${left === undefined ? "" : ` (${left})`}`;
  }
}
