import { usdPerMonth, type CheapestWays, type Way } from "../model/cheapest.js";
import type { SizingDocument } from "../document.js";
import { isPlainJson } from "../model/measured.js";
import { choiceName } from "../../../report/names.js";
import { counted, many } from "../../../report/numbers.js";
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

/** Sums that are as good as the same: they are of the same price, reckoned another way. */
const SAME = 1.000001;

/** The way that costs least, of equals the one that leaves the most room; and how many cost the same. */
function cheapestOf(ways: readonly Way[]): { way: Way; equals: number } | undefined {
  const least = Math.min(...ways.map(usdPerMonth));
  const equals = ways.filter((way) => usdPerMonth(way) <= least * SAME);
  const [way] = equals.toSorted((a, b) => a.row.share.usdPerMonth - b.row.share.usdPerMonth);
  return way && { way, equals: equals.length };
}

/**
 * What the search found, in a few words: which is the cheapest, or that several cost the same.
 *
 * @param types among how many: `375 types`
 */
export function cheapestText({ ways }: CheapestWays, types?: string): string | undefined {
  const found = cheapestOf(ways);
  if (found === undefined) return undefined;
  const { row, machine } = found.way;
  const name = `${choiceName(row)} on ${row.size.whole} × ${machine.name}`;
  return found.equals === 1
    ? `${name} is the cheapest${types === undefined ? "" : ` of ${types}`}`
    : `${types === undefined ? "" : `Of ${types} `}${found.equals} ways cost the same; ${name} leaves the most room`;
}

/** What the search found, in sentences. */
export function cheapestConclusion({ prices }: SizingDocument, found: CheapestWays): string[] {
  const first = cheapestOf(found.ways)?.way;
  if (first === undefined) return [];
  const json = found.ways.find(
    (way) => way !== first && isPlainJson(way.row) && way.row.runtime === first.row.runtime,
  );
  const stored = first.row.storage === null ? "" : " with its storage";
  const saved = json === undefined ? 0 : usdPerMonth(json) - usdPerMonth(first);
  const less =
    json === undefined
      ? ""
      : saved < 0.005
        ? ", the same as json at its cheapest"
        : `, ${counted(saved)} less than json at its cheapest`;
  const types = `${many(found.searched, "type")} (prices of ${prices?.date ?? "no date"})`;
  return [
    `${cheapestText(found, types) ?? ""}: $${counted(usdPerMonth(first))} a month${stored}${less}.`,
  ];
}
