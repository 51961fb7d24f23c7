import { usdPerMonth, type CheapestWays, type Way } from "../model/cheapest.js";
import type { SizingDocument } from "../document.js";
import { isPlainJson } from "../model/measured.js";
import { choiceName } from "../../../report/names.js";
import { counted } from "../../../report/numbers.js";
import { bindingText, nameColumns, shareText, type SizingColumn } from "./columns.js";
import type { Footnotes } from "./footnotes.js";

type WayColumn = SizingColumn<Way>;

/** For each codec its cheapest machine. */
export function wayColumns(
  ways: readonly Way[],
  footnotes: Footnotes,
  isStored: boolean,
): WayColumn[] {
  const names = nameColumns(ways.map(({ row }) => row)).map((column): WayColumn => ({
    ...column,
    cell: ({ row }) => column.cell(row),
  }));
  return [...names, ...runnerUpColumns(footnotes, isStored)];
}

/** A machine, how many of it, and the money. */
export function runnerUpColumns(footnotes: Footnotes, isStored: boolean): WayColumn[] {
  // Storage is the same on every machine, but not for every codec.
  const stored = isStored ? "with storage" : "";
  const columns: [
    group: string,
    head: string,
    align: WayColumn["align"],
    cell: WayColumn["cell"],
  ][] = [
    ["", "machine", "left", ({ machine }) => machine.name],
    ["", "vCPU", "right", ({ machine }) => String(machine.vcpus)],
    ["machines", "share", "right", ({ row }) => shareText(row.size)],
    ["", "→ whole", "left", ({ row }) => `→ ${row.size.whole}`],
    ["", "binds", "left", ({ row }) => bindingText(row.size)],
    ["", "$ a day", "right", ({ row }) => counted(row.whole.usdPerDay)],
    [stored, "$ a month", "right", (way) => counted(usdPerMonth(way))],
    ["", "see", "left", ({ row }) => footnotes.marksOf(row).join(" ")],
  ];
  return columns.map(([group, head, align, cell]) => ({
    group,
    head,
    title: `${head} ${group}`.trim(),
    align,
    cell,
  }));
}

/** What the search found, in sentences. */
export function cheapestConclusion({ prices }: SizingDocument, found: CheapestWays): string[] {
  const [first, ...others] = found.ways;
  if (first === undefined) return [];
  const json = others.find(({ row }) => isPlainJson(row) && row.runtime === first.row.runtime);
  const stored = first.row.storage === null ? "" : " with its storage";
  const less =
    json === undefined
      ? ""
      : `, ${counted(usdPerMonth(json) - usdPerMonth(first))} less than json at its cheapest`;
  const date = prices?.date ?? "no date";
  return [
    `${choiceName(first.row)} on ${first.row.size.whole} × ${first.machine.name} is the cheapest of ` +
      `${found.searched} types (prices of ${date}): $${counted(usdPerMonth(first))} a month${stored}${less}.`,
  ];
}
