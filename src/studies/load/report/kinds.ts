/** What it costs to keep documents as one kind or another: rows a second, processor time, bytes. */
import type { StackChart } from "../../../report/chart/stack.js";
import { borderless, wrapped } from "../../../report/layout.js";
import { significant } from "../../../report/numbers.js";
import { SIGN } from "../../../report/signs.js";
import type { LoadCell, LoadComparison } from "../document.js";
import { bestOf, rateOf, type Best } from "./findings.js";
import { isLookUp, rowCount, short } from "./words.js";

/** The best that can be done with one kind of documents. */
interface BestOfKind extends Best {
  readonly jsonKind: string;
}

/** The comparisons that differ in nothing but the kind of their documents; none where there is one kind. */
export function comparedKinds(comparisons: readonly LoadComparison[]): readonly LoadComparison[] {
  const found = comparisons.filter((one) => one.jsonKind !== null && !isLookUp(one));
  return found.length > 1 ? found : [];
}

/** Each kind by its best method, the fastest first. */
function bestOfKinds(comparisons: readonly LoadComparison[]): BestOfKind[] {
  return comparedKinds(comparisons)
    .flatMap((comparison) => {
      const best = bestOf(comparison);
      return best === undefined ? [] : [{ ...best, jsonKind: comparison.jsonKind ?? "" }];
    })
    .toSorted((a, b) => rateOf(b.cell) - rateOf(a.cell));
}

/** Pages are filled differently by each load: sizes that are so near are the same. */
const SAME_SIZE = 1.01;

/** Which kind is loaded fastest, which takes the fewest bytes; nothing where there is one kind. */
export function kindSentences(comparisons: readonly LoadComparison[]): string[] {
  const kinds = bestOfKinds(comparisons);
  const [fastest] = kinds;
  if (fastest === undefined) return [];
  const low = fastest.cell.rowsPerSecond?.low ?? 0;
  const equals = kinds
    .slice(1)
    .filter(({ cell }) => (cell.rowsPerSecond?.high ?? Infinity) >= low)
    .map(({ jsonKind }) => jsonKind);
  const others = equals.length === 0 ? "" : ` Not significantly slower: ${equals.join(", ")}.`;
  const fewest = Math.min(...kinds.map(({ cell }) => bytesOf(cell)));
  const smallest = kinds.filter(({ cell }) => bytesOf(cell) <= fewest * SAME_SIZE);
  return [
    `Documents load fastest as ${fastest.jsonKind} by ${fastest.method}: ${short(rateOf(fastest.cell))} rows/s at ${rowCount(fastest.rows)} rows.${others}`,
    `They are smallest as ${smallest.map(({ jsonKind }) => jsonKind).join(", ")}: ${significant(fewest)} B a row.`,
  ];
}

/** A line for each kind, by its best method, and what they say. */
export function kindLines(comparisons: readonly LoadComparison[]): string[] {
  const kinds = bestOfKinds(comparisons);
  if (kinds.length === 0) return [];
  const table = borderless({ gap: 2, colAligns: ["left", "left", ...RIGHT] });
  table.push(
    ["documents as", "best method", "rows", "rows/s", "client", "server", "stored"],
    ["", "", "", "", "CPU µs", "CPU µs", "B/row"],
  );
  for (const [index, { jsonKind, method, rows, cell }] of kinds.entries()) {
    table.push([
      jsonKind,
      method,
      rowCount(rows),
      `${short(rateOf(cell))}${index === 0 ? SIGN.best : " "}`,
      microseconds(cell.clientCpuSeconds),
      microseconds(cell.serverCpuSeconds),
      significant(bytesOf(cell)),
    ]);
  }
  return [...table.toString().split("\n"), "", ...kindSentences(comparisons).flatMap(wrapped)];
}

const RIGHT = Array.from({ length: 5 }, () => "right" as const);

/** Processor time of client and server for a row, by method and kind, at the largest size of each. */
export function kindsChart(comparisons: readonly LoadComparison[]): StackChart {
  const kinds = comparedKinds(comparisons);
  const methods = kinds[0]?.methods ?? [];
  return {
    title: "Processor time for a row, by method and kind of documents",
    label: "µs a row",
    parts: ["client", "server"],
    markLabel: null,
    bars: methods.flatMap(({ name }) =>
      kinds.flatMap(({ jsonKind, cells }) => {
        const cell = cells.findLast(({ method, status }) => method === name && status === "ok");
        if (cell === undefined) return [];
        const { clientCpuSeconds: client, serverCpuSeconds: server, rows } = cell;
        return [
          {
            name: `${name}, ${jsonKind ?? ""}`,
            values: [client ?? 0, server ?? 0],
            mark: null,
            hover: `${name} of documents as ${jsonKind ?? ""}, ${rowCount(rows)} rows: client ${microseconds(client)} µs, server ${microseconds(server)} µs, ${significant(bytesOf(cell))} B stored a row`,
          },
        ];
      }),
    ),
  };
}

function bytesOf({ storedBytesPerRow }: LoadCell): number {
  return storedBytesPerRow ?? 0;
}

function microseconds(value: number | null): string {
  if (value === 0) return "-";
  return value === null ? "?" : significant(value);
}
