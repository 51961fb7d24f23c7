import type { Resource, Size } from "../../sizing/model.js";
import type { BreakEven } from "../../sizing/money.js";
import type { SizedRow } from "../../sizing/sizing.js";
import { bytes, counted, percent, significant } from "../numbers.js";
import { SIGN } from "../table.js";
import type { Footnotes } from "./footnotes.js";

/** A column of a sizing's table. */
export interface SizingColumn<R = SizedRow> {
  readonly group: string;
  readonly head: string;
  readonly align: "left" | "right";
  cell(row: R): string;
}

type Column = SizingColumn;

const right = (group: string, head: string, cell: Column["cell"]): Column => ({
  group,
  head,
  align: "right",
  cell,
});

export const NAME_COLUMNS: readonly Column[] = [
  { group: "", head: "codec", align: "left", cell: ({ codec }) => codec },
  {
    group: "",
    head: "compress",
    align: "left",
    cell: ({ compressor }) => (compressor === "none" ? "-" : compressor.replace(":", " ")),
  },
];

/** How many machines, and what for. */
export function machineColumns(rows: readonly SizedRow[], footnotes: Footnotes): Column[] {
  const fewest = Math.min(...rows.map(({ coreSecondsPerDay }) => coreSecondsPerDay.median));
  const best = (row: SizedRow) =>
    rows.length > 1 && row.coreSecondsPerDay.median === fewest ? SIGN.best : "";
  return [
    ...NAME_COLUMNS,
    right(
      "core-s",
      "a day ",
      (row) => `${counted(row.coreSecondsPerDay.median)}${best(row).padEnd(1)}`,
    ),
    right("", "± %", widthOf),
    right("machines", "share", ({ size }) => significant(size.share)),
    { group: "", head: "→ whole", align: "left", cell: ({ size }) => `→ ${counting(size.whole)}` },
    { group: "", head: "binds", align: "left", cell: ({ size }) => bindingText(size) },
    {
      group: "",
      head: "next %",
      align: "left",
      cell: ({ size: { needs } }) => {
        const [first, next] = needs;
        if (first === undefined || next === undefined) return "-";
        return `${SHORT[next.resource]} ${percent(next.machines / first.machines)}`;
      },
    },
    right("$ a day", "share", ({ share }) => counted(share.usdPerDay)),
    right("", "whole", ({ whole }) => counted(whole.usdPerDay)),
    right("next", "at ×", ({ nextMachineAt }) => significant(nextMachineAt)),
    { group: "", head: "see", align: "left", cell: (row) => footnotes.marksOf(row).join(" ") },
  ];
}

/** What machines cost, as a share of them and whole, and what is kept. */
export function moneyColumns(rows: readonly SizedRow[]): Column[] {
  const perTerabyte = (usd: number | null) => (usd === null ? "-" : counted(usd));
  const isStored = rows.some(({ storage }) => storage !== null);
  return [
    ...NAME_COLUMNS,
    right("$ a month", "share", ({ share }) => counted(share.usdPerMonth)),
    right("", "whole", ({ whole }) => counted(whole.usdPerMonth)),
    right("$ per G facts", "share", ({ share }) => counted(share.usdPerBillionFacts)),
    right("", "whole", ({ whole }) => counted(whole.usdPerBillionFacts)),
    right("$ per TB JSON", "share", ({ share }) => perTerabyte(share.usdPerJsonTerabyte)),
    right("", "whole", ({ whole }) => perTerabyte(whole.usdPerJsonTerabyte)),
    ...(isStored
      ? [
          right("kept", "bytes", ({ storage }) =>
            storage === null ? "-" : bytes(storage.keptBytes),
          ),
          right("storage", "$ a month", ({ storage }) =>
            storage === null ? "-" : counted(storage.usdPerMonth),
          ),
        ]
      : []),
  ];
}

/** What choosing a codec over plain JSON saves (below zero) or costs. */
export function jsonColumns(): Column[] {
  const signed = (value: number | undefined) => (value === undefined ? "-" : signedText(value));
  return [
    ...NAME_COLUMNS,
    right("core-s", "a day", ({ againstJson }) => signed(againstJson?.coreSecondsPerDay)),
    right("$ a month", "share", ({ againstJson }) => signed(againstJson?.shareUsdPerMonth)),
    right("", "whole", ({ againstJson }) => signed(againstJson?.wholeUsdPerMonth)),
    {
      group: "  cheaper than json",
      head: "  with reads per write",
      align: "left",
      cell: (row) => `  ${row.breakEven === null ? "-" : breakEvenText(row.breakEven)}`,
    },
  ];
}

const SHORT: Record<Resource, string> = { CPU: "CPU", disk: "disk", network: "net", memory: "mem" };

/** What binds, in a word. */
export function bindingText({ needs: [first] }: Size): string {
  return first === undefined ? "-" : SHORT[first.resource];
}

function signedText(value: number): string {
  const sign = value > 0 ? "+" : "-";
  return value === 0 ? "0" : `${sign}${counted(Math.abs(value))}`;
}

function breakEvenText(found: BreakEven): string {
  switch (found.kind) {
    case "always-cheaper":
      return "any";
    case "never-cheaper":
      return "never";
    case "cheaper-below":
      return `up to ${significant(found.readsPerWrite)}`;
    case "cheaper-above":
      return `from ${significant(found.readsPerWrite)}`;
  }
}

/** The wider side of the interval; a dash where there is none to tell. */
function widthOf({ coreSecondsPerDay: { median, low, high } }: SizedRow): string {
  if (low === high) return "-";
  return Number.isFinite(high) ? percent(Math.max(high / median - 1, 1 - low / median)) : "?";
}

function counting(machines: number): string {
  return machines < 1e6 ? String(machines) : counted(machines);
}
