import { forTerminal } from "../../../core/foreign-text.js";
import type { HistoryEntry } from "../history.js";
import { MIN_SEGMENT, segments } from "../../../stats/segments.js";
import { borderless, onScreen, wrapped } from "../../../report/layout.js";
import { signed } from "./sentence.js";

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
    return { cell, pinned, cpuModel, levels };
  });
}

/** A history as people read it in a terminal. Ends with a newline. */
export function historyText(given: readonly Series[]): string {
  const series = forTerminal(given);
  const table = borderless({
    gap: 3,
    colAligns: ["left", "left", "left", "right", "right", "right"],
  });
  table.push(["cell", "since", "from", "gates", "slower by %", "change %"]);
  const notes: string[] = [];
  for (const { cell, pinned, cpuModel, levels } of series) {
    notes.push(`${cell}: against ${pinned} on ${cpuModel}.`);
    for (const [index, { since, at, gates, ratio }] of levels.entries()) {
      const before = levels[index - 1];
      table.push([
        index === 0 ? cell : "",
        since,
        at.slice(0, 10),
        String(gates),
        signed(ratio - 1, "?"),
        before === undefined ? "" : signed(ratio / before.ratio - 1, "?"),
      ]);
    }
  }
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
