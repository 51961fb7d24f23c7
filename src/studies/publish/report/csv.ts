import { stringify } from "csv-stringify/sync";
import { forCsv } from "../../../core/foreign-text.js";
import type { PublishDocument } from "../document.js";

/** A line of exact figures, and one for each round in which parts were measured alone; units in the heads. */
export function publishCsv(given: PublishDocument): string {
  const { stream, published, alone = [] } = forCsv(given);
  const { latencyMilliseconds: latency, ...figures } = published;
  const { name, server, storage, replicas } = stream;
  const line = {
    ...{ stream: name, server, storage, replicas, ...figures },
    p50Milliseconds: latency?.p50,
    p99Milliseconds: latency?.p99,
    maxMilliseconds: latency?.max,
  };
  const rounds = alone.map(({ source, nobody, memory, file }) => ({
    sourceFactsPerSecond: source,
    nobodyFactsPerSecond: nobody,
    memoryFactsPerSecond: memory,
    fileFactsPerSecond: file,
  }));
  return [[line], rounds]
    .filter((lines) => lines.length > 0)
    .map((lines) => stringify(lines, { header: true }))
    .join("\n");
}
