import { secondsSinceStart } from "./clock.js";

/**
 * Seconds for a fact inside a repetition, from the end of its first batch to the end of its last: without the
 * filling of the first and the closing behind the last, which belong to a file and not to its stages.
 *
 * @param repetition yields the facts of each batch as it is handed on
 */
export function secondsPerFactInside(repetition: Iterable<number>): number {
  const begun = secondsSinceStart();
  let all = 0;
  let startedAt: number | undefined;
  let endedAt = 0;
  let facts = 0;
  for (const done of repetition) {
    if (done === 0) continue;
    all += done;
    endedAt = secondsSinceStart();
    if (startedAt === undefined) startedAt = endedAt;
    else facts += done;
  }
  // A repetition of one batch has no inside.
  return facts === 0 ? (endedAt - begun) / all : (endedAt - (startedAt ?? endedAt)) / facts;
}
