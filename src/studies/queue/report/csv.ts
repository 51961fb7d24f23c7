import { stringify } from "csv-stringify/sync";
import { forCsv } from "../../../core/foreign-text.js";
import type { QueueDocument } from "../document.js";

/** A line for each time that a job was in hands; seconds since the queue began. */
export function queueCsv(given: QueueDocument): string {
  const { attempts } = forCsv(given);
  return stringify(
    attempts.map(({ stage, part, worker, from, to, how, why }) => ({
      ...{ stage, part: part ?? "", worker, from, to, seconds: to - from, how, why: why ?? "" },
    })),
    {
      header: true,
      columns: ["stage", "part", "worker", "from", "to", "seconds", "how", "why"],
    },
  );
}
