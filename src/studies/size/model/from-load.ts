import { median } from "simple-statistics";
import { medianInterval } from "../../../stats/median-interval.js";
import type { LoadCell, LoadComparison, LoadDocument, LoadTrial } from "../../load/document.js";
import type { Measured, MeasuredCodec, UnsizedCodec } from "./measured.js";

/**
 * What a comparison of load methods says of each of them, by the largest size that it loaded: what a fact is
 * elsewhere is a row here, and its CPU-seconds are those of the client and, where they can be seen, of the server.
 * A load of several tables has a row for each method of each.
 */
export function fromLoad(document: LoadDocument): Measured {
  const { environment, createdAt, store, comparisons } = document;
  const cells = comparisons.flatMap((comparison) =>
    comparison.methods.map(({ name }) => ({ ...largestOf(comparison, name), comparison })),
  );
  const tables = comparisons.map(({ table }) => table).join(" and ");
  return {
    cpuModel: environment.cpuModel,
    architecture: environment.architecture,
    node: environment.node,
    measuredAt: createdAt,
    source: store.name,
    rowsOf: `${tables} into ${store.name}, ${whoseTime(cells.flatMap(({ cell }) => cell?.trials ?? []))}`,
    jsonBytesPerFact: null,
    duplication: null,
    cpuFrom: "counters",
    codecs: cells.flatMap(({ cell, choice }) =>
      cell === undefined ? [] : [sizedCell(cell, choice)],
    ),
    runtimes: [],
    unsized: cells.flatMap(({ cell, choice, comparison }): UnsizedCodec[] => {
      if (cell !== undefined) return [];
      const own = comparison.cells.filter(({ method }) => method === choice.codec);
      const reason = own.find((one) => one.reason !== null)?.reason;
      return [{ ...choice, reason: reason ?? "it loaded no rows" }];
    }),
    referenceSeconds: null,
  };
}

/** A store that works inside the client has no other time, and that of a server elsewhere nobody here can see. */
function whoseTime(trials: readonly LoadTrial[]): string {
  const isSeen = trials.some(({ serverCpuSeconds }) => serverCpuSeconds !== null);
  return isSeen ? "client and server together," : "the time of the client's process,";
}

type Choice = Pick<MeasuredCodec, "codec" | "compressor">;

/** The cell of a method that says most, if it has one. */
function largestOf({ cells, table }: LoadComparison, method: string) {
  const loaded = cells.filter((cell) => cell.method === method && cell.trials.length > 0);
  const [cell] = loaded.toSorted((a, b) => b.rows - a.rows);
  const choice: Choice = { codec: method, compressor: table };
  return { cell, choice };
}

function sizedCell({ trials, rows, storedBytesPerRow }: LoadCell, choice: Choice): MeasuredCodec {
  const perRow = ({ loads, clientCpuSeconds, serverCpuSeconds }: LoadTrial) =>
    (clientCpuSeconds + (serverCpuSeconds ?? 0)) / (loads * rows);
  const write = medianInterval(trials.map(perRow));
  return {
    ...choice,
    write,
    read: null,
    cost: {
      writeCpuSeconds: write.median,
      readCpuSeconds: null,
      storedBytes: storedBytesPerRow,
      jsonBytes: null,
      workerMemoryBytes: median(trials.map(({ peakMemoryBytes }) => peakMemoryBytes)),
    },
    encodedBytesPerFact: null,
    verdict: null,
  };
}
