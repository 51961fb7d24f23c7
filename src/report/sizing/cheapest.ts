import { usdPerMonth, type CheapestWays, type Way } from "../../sizing/cheapest.js";
import type { SizingDocument } from "../../sizing/document.js";
import { counted, significant } from "../numbers.js";
import { bindingText, NAME_COLUMNS, type SizingColumn } from "./columns.js";
import { nameOf } from "./conclusion.js";
import type { Footnotes } from "./footnotes.js";

type WayColumn = SizingColumn<Way>;

const right = (group: string, head: string, cell: WayColumn["cell"]): WayColumn => ({
  group,
  head,
  align: "right",
  cell,
});

/** For each codec its cheapest machine. */
export function wayColumns(footnotes: Footnotes, isStored: boolean): WayColumn[] {
  const names = NAME_COLUMNS.map((column): WayColumn => ({
    ...column,
    cell: ({ row }) => column.cell(row),
  }));
  return [...names, ...runnerUpColumns(footnotes, isStored)];
}

/** A machine, how many of it, and the money. */
export function runnerUpColumns(footnotes: Footnotes, isStored: boolean): WayColumn[] {
  return [
    { group: "", head: "machine", align: "left", cell: ({ machine }) => machine.name },
    right("", "vCPU", ({ machine }) => String(machine.vcpus)),
    right("machines", "share", ({ row }) => significant(row.size.share)),
    { group: "", head: "→ whole", align: "left", cell: ({ row }) => `→ ${row.size.whole}` },
    {
      group: "",
      head: "binds",
      align: "left",
      cell: ({ row }) => bindingText(row.size),
    },
    right("", "$ a day", ({ row }) => counted(row.whole.usdPerDay)),
    // Storage is the same on every machine, but not for every codec.
    right(isStored ? "with storage" : "", "$ a month", (way) => counted(usdPerMonth(way))),
    { group: "", head: "see", align: "left", cell: ({ row }) => footnotes.marksOf(row).join(" ") },
  ];
}

/** What the search found, in sentences. */
export function cheapestConclusion({ prices }: SizingDocument, found: CheapestWays): string[] {
  const [first, ...others] = found.ways;
  if (first === undefined) return [];
  const json = others.find(({ row }) => nameOf(row) === "json");
  const stored = first.row.storage === null ? "" : " with its storage";
  const less =
    json === undefined
      ? ""
      : `, ${counted(usdPerMonth(json) - usdPerMonth(first))} less than json at its cheapest`;
  const date = prices?.date ?? "no date";
  return [
    `${nameOf(first.row)} on ${first.row.size.whole} × ${first.machine.name} is the cheapest of ` +
      `${found.searched} types (prices of ${date}): $${counted(usdPerMonth(first))} a month${stored}${less}.`,
  ];
}
