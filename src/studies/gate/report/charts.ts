/** The pairs of a gate as dots, in the order in which they were made, and what was known after each. */
import type { Chart } from "../../../report/chart/chart.js";
import type { Draw } from "../../../report/chart/frame.js";
import { chartSvg } from "../../../report/chart/svg.js";
import { median } from "simple-statistics";
import type { GateCell, GateDocument, GatePair } from "../document.js";
import { signed } from "./sentence.js";

const LOOKS = [6, 12, 24, 40, 64];

interface CellPairs {
  readonly cell: GateCell;
  /** The candidate's processor time over the baseline's, less one, in percent. */
  readonly changes: readonly number[];
}

export function pairsOf({ gate }: GateDocument): CellPairs[] {
  return gate.cells.map((cell, index) => ({
    cell,
    changes: gate.pairs.filter((pair) => pair.cell === index).map(changeOf),
  }));
}

function changeOf({ baseline, candidate }: GatePair): number {
  const seconds = ({ turns }: GatePair["baseline"]) =>
    turns.reduce((sum, turn) => sum + turn.cpuSeconds, 0);
  return (seconds(candidate) / seconds(baseline) - 1) * 100;
}

/** Dots are pairs; the line is their median so far; the other lines bound the interval in the end. */
export function pairsChart({ cell, changes }: CellPairs): Chart {
  const numbered = changes.map((change, index) => [index + 1, change] as const);
  const running = numbered
    .filter(([number]) => number >= Math.min(3, changes.length))
    .map(([number]) => [number, median(changes.slice(0, number))] as const);
  const bound = (name: string, share: number | null) =>
    share === null
      ? []
      : [
          {
            name,
            hue: 2,
            kind: 1,
            points: [
              [1, share * 100],
              [Math.max(2, changes.length), share * 100],
            ] as const,
          },
        ];
  return {
    title: `Each pair of ${cell.name}: how much slower the candidate was, with a line at each interim analysis. Below zero is faster`,
    x: {
      label: "pairs, in the order of making",
      scale: "linear",
    },
    y: { label: "slower by %", scale: "linear" },
    lines: [
      { name: "median so far", hue: 0, points: running },
      ...bound(`at least ${signed(cell.low, "")}`, cell.low),
      ...bound(`at most ${signed(cell.high, "")}`, cell.high),
      // So that all dots are inside the axes.
      {
        name: "no change",
        hue: 4,
        kind: 1,
        points: [
          [1, 0],
          [Math.max(2, changes.length), 0],
        ],
      },
      {
        name: "",
        hue: 4,
        kind: 3,
        points: [
          [1, Math.min(0, ...changes)],
          [1, Math.max(0, ...changes)],
        ],
      },
    ],
    marks: LOOKS.filter((look) => look <= changes.length).map((x) => ({ x, label: "" })),
    dots: numbered.map(([x, y]) => ({
      ...{ x, y, hue: 1, isHollow: true },
      hover: `pair ${x}: ${y > 0 ? "+" : ""}${y.toFixed(1)} %`,
    })),
  };
}

/** The charts of a document by the names of its cells. */
export function gateDrawings(document: GateDocument): ReadonlyMap<string, Draw> {
  return new Map(
    pairsOf(document)
      .filter(({ changes }) => changes.length > 0)
      .map((pairs) => [
        pairs.cell.name.replaceAll(" ", "-"),
        (options) => chartSvg(pairsChart(pairs), options),
      ]),
  );
}
