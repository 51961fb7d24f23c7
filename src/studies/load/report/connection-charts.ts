/** Rows a second against connections, and what those were doing meanwhile. */
import type { Chart } from "../../../report/chart/chart.js";
import type { StackChart } from "../../../report/chart/stack.js";
import { percent } from "../../../report/numbers.js";
import type { ConnectionsStudy } from "../document.js";

/** A line for each scheduling. */
export function connectionsChart({ cells }: ConnectionsStudy, server: string): Chart {
  const ended = cells.filter(({ phase }) => phase === "ended");
  const schedulings = [...new Set(ended.map(({ scheduling }) => scheduling))];
  return {
    title: `Rows a second into ${server}, each committed, by connections`,
    x: { label: "connections", scale: "log" },
    y: { label: "rows/s", scale: "linear" },
    lines: schedulings.map((name) => ({
      name,
      points: ended
        .filter(({ scheduling }) => scheduling === name)
        .map(({ connections, committedPerSecond }) => [connections, committedPerSecond.median]),
    })),
    marks: [],
  };
}

/** Events that are told apart; the others are one. */
const MOST_EVENTS = 6;

/** A bar for each number of connections: idle, running, and what was waited for. */
export function waitsChart({ cells }: ConnectionsStudy): StackChart {
  const ended = cells.filter(({ phase }) => phase === "ended");
  const total = new Map<string, number>();
  for (const { waits } of ended) {
    for (const { what, share } of waits) total.set(what, (total.get(what) ?? 0) + share);
  }
  const most = [...total].toSorted(([, a], [, b]) => b - a).map(([what]) => what);
  const parts = most.slice(0, MOST_EVENTS);
  return {
    title: "What connections are doing",
    label: "% of the time",
    parts: [...parts, "other"],
    markLabel: null,
    bars: ended.map(({ scheduling, connections, waits }) => {
      const shares = parts.map(
        (part) => (waits.find(({ what }) => what === part)?.share ?? 0) * 100,
      );
      const values = [...shares, Math.max(0, 100 - shares.reduce((sum, one) => sum + one, 0))];
      return {
        name: `${connections} ${scheduling}`,
        values,
        mark: null,
        hover: `${connections} by ${scheduling}: ${parts.map((part, index) => `${part} ${percent((shares[index] ?? 0) / 100)} %`).join(", ")}`,
      };
    }),
  };
}
