/** What values become in a store, as people read it in a terminal. */
import { borderless, wrapped } from "../../../report/layout.js";
import type { ValueCell, ValuesStudy } from "../document.js";

const SIGN: Readonly<Record<ValueCell["outcome"], string>> = {
  exact: "✓",
  rewritten: "≈",
  changed: "CHANGED",
  refused: "refused",
};

/** A line for each value, then what was changed or refused, in words. */
export function valueLines({
  documents,
  kinds,
  columnValues,
  columns,
  method,
}: ValuesStudy): string[] {
  const table = borderless({ gap: 3 });
  table.push(["document as", ...kinds.map(({ jsonKind }) => jsonKind)]);
  for (const [index, name] of documents.entries()) {
    table.push([name, ...kinds.map(({ cells }) => signOf(cells[index]))]);
  }
  const typed = borderless({ gap: 3 });
  typed.push(["column", ""]);
  for (const [index, name] of columnValues.entries()) typed.push([name, signOf(columns[index])]);
  const told = [
    ...kinds.flatMap(({ jsonKind, cells }) =>
      cells.map((cell, index) => detail(`${documents[index] ?? ""} as ${jsonKind}`, cell)),
    ),
    ...columns.map((cell, index) => detail(columnValues[index] ?? "", cell)),
  ];
  return [
    ...table.toString().split("\n"),
    "",
    ...typed.toString().split("\n"),
    "",
    "✓ as it was   ≈ other text, the same value",
    ...told.filter((line) => line !== "").flatMap(wrapped),
    `Loaded by ${method}.`,
  ];
}

function signOf(cell: ValueCell | undefined): string {
  return cell === undefined ? "" : SIGN[cell.outcome];
}

function detail(name: string, { outcome, detail: found }: ValueCell): string {
  if (outcome === "changed") return `${name}: became ${found ?? ""}`;
  return outcome === "refused" ? `${name}: ${found ?? ""}` : "";
}
