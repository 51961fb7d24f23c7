import type { Work } from "./variant-work.js";

/**
 * The same work with a share of it done again: every twentieth fact twice is 5 % slower, in just the
 * way in which real work is. The share must be one over a whole number; 0 changes nothing; below 0
 * leaves facts out, which is faster.
 */
export function slowedBy(work: Work, share: number): Work {
  if (share === 0) return work;
  const every = 1 / Math.abs(share);
  let due = 0;
  const step = (index: number) => {
    due += 1;
    const extra = due >= every;
    if (extra) due -= every;
    if (!extra || share > 0) work.step(index);
    if (extra && share > 0) work.step(index);
  };
  return {
    facts: work.facts,
    encoded: work.encoded,
    decoded: (index) => work.decoded(index),
    step,
  };
}
