/** Single rows over many connections, as people read it in a terminal. */
import { borderless, wrapped } from "../../../report/layout.js";
import { percent, significant } from "../../../report/numbers.js";
import type { ConnectionCell, ConnectionsStudy } from "../document.js";
import { short } from "./words.js";

/** Lines of a table, and what it says. */
export function connectionLines(study: ConnectionsStudy): string[] {
  const table = borderless({
    colAligns: ["left", ...Array.from({ length: 10 }, () => "right" as const), "left"],
  });
  table.push(
    ["", "", "committed", "rows/s", "", "±", "p50", "p99", "idle", "client", "server", "most"],
    [
      "",
      "conn.",
      "indexed",
      "reading",
      "ended",
      "%",
      "ms",
      "ms",
      "%",
      "cores",
      "cores",
      "waited for",
    ],
  );
  table.push(...connectionRows(study));
  return [...table.toString().split("\n"), "", ...connectionSentences(study).flatMap(wrapped)];
}

/** Where there is room for them in one line. */
export const CONNECTION_HEADS = [
  ...["scheduling", "connections", "indexed rows/s", "read beside rows/s", "rows/s", "± %"],
  ...["p50 ms", "p99 ms", "idle %", "client cores", "server cores", "most waited for"],
];

/** A row for each number of connections, by each kind of scheduling. */
export function connectionRows(study: ConnectionsStudy): string[][] {
  return rowsOf(study).flatMap(({ scheduling, connections, cells }) => {
    const ended = cells.find(({ phase }) => phase === "ended");
    if (ended === undefined) return [];
    return [
      [
        scheduling,
        String(connections),
        ...(["indexed", "reading", "ended"] as const).map((phase) =>
          short(cells.find((cell) => cell.phase === phase)?.committedPerSecond.median ?? 0),
        ),
        halfWidth(ended),
        significant(ended.latencyMilliseconds.p50),
        significant(ended.latencyMilliseconds.p99),
        percent(idleShare(ended)),
        significant(ended.clientCores),
        ended.serverCores === null ? "?" : significant(ended.serverCores),
        mostWaitedFor(ended),
      ],
    ];
  });
}

interface ConnectionRow {
  readonly scheduling: string;
  readonly connections: number;
  readonly cells: readonly ConnectionCell[];
}

function rowsOf({ cells }: ConnectionsStudy): ConnectionRow[] {
  return cells
    .filter(({ phase }) => phase === "ended")
    .map(({ scheduling, connections }) => ({
      ...{ scheduling, connections },
      cells: cells.filter(
        (cell) => cell.scheduling === scheduling && cell.connections === connections,
      ),
    }));
}

/** What the founding question asks: "are the connections idle? then you are not IO-bound". */
export function connectionSentences(study: ConnectionsStudy): string[] {
  const ended = study.cells.filter(({ phase }) => phase === "ended");
  const [best, ...others] = ended.toSorted(
    (a, b) => b.committedPerSecond.median - a.committedPerSecond.median,
  );
  if (best === undefined) return [];
  const low = best.committedPerSecond.low;
  const equals = others.filter(({ committedPerSecond: { high } }) => (high ?? Infinity) >= low);
  const fewest = [best, ...equals].toSorted((a, b) => a.connections - b.connections)[0] ?? best;
  const most = ended.toSorted((a, b) => b.connections - a.connections)[0] ?? best;
  return [
    `Most rows: ${short(best.committedPerSecond.median)}/s with ${best.connections} connections by ${best.scheduling}` +
      `${equals.length === 0 || best.committedPerSecond.high === null ? "" : `; not significantly fewer from ${fewest.connections} on`}. ` +
      `Commits: ${study.durability.settings}.`,
    `With ${most.connections} connections, ${percent(idleShare(most))} % are idle at a time, waiting for their client` +
      (most.runQueueShare === null
        ? "."
        : `, which itself waits for a core ${significant(most.runQueueShare)} s in each second` +
          ` and uses ${significant(most.clientCores)} cores: ${idleMeaning(most)}`),
  ];
}

/** The client of one core that is never free is what idle connections wait for; else it is a core. */
function idleMeaning({ clientCores, runQueueShare, scheduling }: ConnectionCell): string {
  const queue = runQueueShare ?? 0;
  if (queue > 0.3) return "client and server share the cores, and idle says little of either.";
  if (scheduling !== "workers" && clientCores > 0.9)
    return "the client's one thread is what binds.";
  return "neither is short of processor time by itself.";
}

function idleShare({ waits }: ConnectionCell): number {
  return waits.find(({ what }) => what === "idle")?.share ?? 0;
}

function mostWaitedFor({ waits }: ConnectionCell): string {
  const wait = waits.find(({ what }) => what !== "idle" && what !== "running");
  return wait === undefined ? "-" : `${wait.what} ${percent(wait.share)} %`;
}

function halfWidth({ committedPerSecond: { median, low, high } }: ConnectionCell): string {
  return high === null ? "?" : percent(Math.max(high / median - 1, 1 - low / median));
}
