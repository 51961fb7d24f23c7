import { forTerminal } from "../../../core/foreign-text.js";
import type { GateDocument } from "../document.js";
import type { HistoryEntry } from "../history.js";
import type { Chart } from "../../../report/chart/chart.js";
import { MIN_SEGMENT, segments } from "../../../stats/segments.js";
import { borderless, onScreen, wrapped } from "../../../report/layout.js";
import { signed } from "./sentence.js";

/** What a gate adds to the history. Cells of which nothing is known are left out. */
export function historyEntries(document: GateDocument, label: string | undefined): HistoryEntry[] {
  const { gate, environment, createdAt } = document;
  return gate.cells.flatMap(({ name, change }) =>
    change === null
      ? []
      : [
          {
            at: createdAt,
            label: label ?? gate.candidate,
            pinned: gate.baseline,
            cell: name,
            cpuModel: environment.cpuModel,
            node: environment.node,
            ratio: 1 + change,
          },
        ],
  );
}

/** A level that a series kept, from one label on. */
interface Level {
  readonly since: string;
  readonly at: string;
  readonly gates: number;
  readonly ratio: number;
}

/** Everything that was measured alike: of one cell, against one release, on one kind of processor. */
interface Series {
  readonly cell: string;
  readonly pinned: string;
  readonly cpuModel: string;
  readonly levels: readonly Level[];
  /** Time over the pinned release's, gate by gate. */
  readonly ratios: readonly number[];
}

/** The series of a history in order, cut where their level changed. */
export function seriesOf(entries: readonly HistoryEntry[]): Series[] {
  const groups = new Map<string, HistoryEntry[]>();
  for (const entry of entries) {
    const key = JSON.stringify([entry.cell, entry.pinned, entry.cpuModel]);
    groups.set(key, [...(groups.get(key) ?? []), entry]);
  }
  return [...groups.values()].map((group) => {
    const sorted = group.toSorted((a, b) => a.at.localeCompare(b.at));
    const [{ cell, pinned, cpuModel }] = sorted as [HistoryEntry];
    const levels = segments(sorted.map(({ ratio }) => Math.log(ratio))).map((segment): Level => {
      const first = sorted[segment.from] as HistoryEntry;
      return {
        since: first.label,
        at: first.at,
        gates: segment.to - segment.from,
        ratio: Math.exp(segment.median),
      };
    });
    return { cell, pinned, cpuModel, levels, ratios: sorted.map(({ ratio }) => ratio) };
  });
}

/** How much slower each gate found a candidate, gate by gate, and the levels that they kept. */
export function historyChart(series: readonly Series[]): Chart {
  return {
    title: "How much slower than the pinned release, gate by gate: lower is faster",
    x: {
      label: "gates, in the order of their times; dashes are levels that were kept",
      scale: "linear",
    },
    y: { label: "slower by %", scale: "linear" },
    lines: series.flatMap(({ cell, ratios, levels }, hue) => [
      {
        name: cell,
        hue,
        points: ratios.map((ratio, index) => [index + 1, percentOf(ratio)] as const),
      },
      ...levels.map(({ gates, ratio }, index) => {
        const before = levels.slice(0, index).reduce((sum, level) => sum + level.gates, 0);
        const points = [before + 1, before + gates].map((x) => [x, percentOf(ratio)] as const);
        return { name: "", hue, kind: 1, points };
      }),
    ]),
    marks: [],
  };
}

function percentOf(ratio: number): number {
  return (ratio - 1) * 100;
}

export const HISTORY_HEADS = ["cell", "since", "from", "gates", "slower by %", "change %"];

/** A row for each level of each series. */
export function historyRows(series: readonly Series[]): string[][] {
  return series.flatMap(({ cell, levels }) =>
    levels.map(({ since, at, gates, ratio }, index) => {
      const before = levels[index - 1];
      return [
        index === 0 ? cell : "",
        since,
        at.slice(0, 10),
        String(gates),
        signed(ratio - 1, "?"),
        before === undefined ? "" : signed(ratio / before.ratio - 1, "?"),
      ];
    }),
  );
}

/** A history as people read it in a terminal. Ends with a newline. */
export function historyText(given: readonly Series[]): string {
  const series = forTerminal(given);
  const table = borderless({
    gap: 3,
    colAligns: ["left", "left", "left", "right", "right", "right"],
  });
  table.push(HISTORY_HEADS, ...historyRows(series));
  const notes = series.map(
    ({ cell, pinned, cpuModel }) => `${cell}: against ${pinned} on ${cpuModel}.`,
  );
  const lines = [
    ...table.toString().split("\n"),
    "",
    ...notes.flatMap(wrapped),
    ...wrapped(
      `A new line is a change of level, with ${MIN_SEGMENT} gates on either side at least. This is advice, and never a gate.`,
    ),
  ];
  return `\n${onScreen(lines)}\n\n`;
}
