/** The cells of a gate as rows: the same in a terminal and in Markdown. */
import type { GateCell, GateDocument } from "../document.js";
import { significant } from "../../../report/numbers.js";
import { range, signed, WORD } from "./sentence.js";

export const GATE_HEADS = [
  "",
  "cell",
  "slower by %",
  "95 %",
  "pairs",
  "dropped",
  "detects %",
  "B/fact",
  "heap B/fact",
] as const;

/** A row for each cell, and one for all of them together where there are several. */
export function gateRows({ gate }: GateDocument): string[][] {
  const rows = gate.cells.map(cellRow);
  if (gate.geometricMean !== null) {
    const { change } = gate.geometricMean;
    rows.push([
      "",
      "geometric mean",
      signed(change, "?"),
      range(gate.geometricMean),
      ...Array.from({ length: GATE_HEADS.length - 4 }, () => ""),
    ]);
  }
  return rows;
}

function cellRow(cell: GateCell): string[] {
  return [
    WORD[cell.answer],
    cell.name,
    signed(cell.change, "?"),
    range(cell),
    String(cell.pairs),
    String(cell.dropped),
    cell.detectable === null ? "-" : signed(cell.detectable, "").slice(1),
    counted(cell.encodedBytesPerFact),
    cell.allocatedBytesPerFact === null ? "-" : counted(cell.allocatedBytesPerFact),
  ];
}

/** A count of both variants, or of one where they agree. */
function counted({ baseline, candidate }: { baseline: number; candidate: number }): string {
  const [before, after] = [significant(baseline), significant(candidate)];
  return before === after ? after : `${before} → ${after}`;
}
