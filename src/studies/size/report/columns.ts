import { runtimesIn } from "../../../trial/runtimes.js";
import type { Resource, Size } from "../model/model.js";
import type { BreakEven, Money } from "../model/money.js";
import type { SizedRow } from "../model/sizing.js";
import { bytes, counted, percent, significant } from "../../../report/numbers.js";
import { runtimeLabel } from "../../../report/names.js";
import { SIGN } from "../../../report/signs.js";
import type { Footnotes } from "./footnotes.js";

/** A column of a sizing's table. */
export interface SizingColumn<R = SizedRow> {
  readonly group: string;
  readonly head: string;
  /** Its head where it stands alone, on one line. */
  readonly title: string;
  readonly align: "left" | "right";
  cell(row: R): string;
}

type Column = SizingColumn;

/** Makes columns of one side. */
function columnsOn(align: Column["align"]) {
  return (group: string, head: string, title: string, cell: Column["cell"]): Column => ({
    group,
    head,
    title,
    align,
    cell,
  });
}
const left = columnsOn("left");
const right = columnsOn("right");

/** `node@26` for `node@26.10.0`, where that tells it from all others: the table is wide enough. */
function shortened(name: string, all: readonly string[]): string {
  const short = (one: string) => one.replace(/^(\w+@\d+)[^ ]*/, "$1");
  return all.filter((other) => short(other) === short(name)).length === 1 ? short(name) : name;
}

/** What is sized: its runtime, too, where several are compared. */
export function nameColumns(rows: readonly SizedRow[]): Column[] {
  const runtimes = runtimesIn(rows);
  return [
    left("", "codec", "codec", ({ codec }) => codec),
    left("", "compress", "compress", ({ compressor }) =>
      compressor === "none" ? "-" : compressor.replace(":", " "),
    ),
    ...(runtimes.length === 0
      ? []
      : [
          left("", "runtime", "runtime", ({ runtime }) =>
            runtime === undefined ? "-" : runtimeLabel(shortened(runtime, runtimes), runtimes),
          ),
        ]),
  ];
}

/** How many machines, and what for. */
export function machineColumns(rows: readonly SizedRow[], footnotes: Footnotes): Column[] {
  const fewest = Math.min(...rows.map(({ coreSecondsPerDay }) => coreSecondsPerDay.median));
  const best = (row: SizedRow) =>
    rows.length > 1 && row.coreSecondsPerDay.median === fewest ? SIGN.best : "";
  return [
    ...nameColumns(rows),
    right(
      "core-s",
      "a day ",
      "core-s a day",
      (row) => `${counted(row.coreSecondsPerDay.median)}${best(row).padEnd(1)}`,
    ),
    right("", "± %", "± %", widthOf),
    right("machines", "share", "machines", ({ size }) => shareText(size)),
    left("", "→ whole", "→ whole", ({ size }) => `→ ${counting(size.whole)}`),
    left("", "binds", "binds", ({ size }) => bindingText(size)),
    left("", "next %", "next, % of it", nextText),
    right("$ a day", "share", "$ a day, share", ({ share }) => counted(share.usdPerDay)),
    right("", "whole", "$ a day, whole", ({ whole }) => counted(whole.usdPerDay)),
    // A column of runtimes takes its place.
    ...(runtimesIn(rows).length > 0
      ? []
      : [
          right("next", "at ×", "next at × load", ({ nextMachineAt }) =>
            significant(nextMachineAt),
          ),
        ]),
    left("", "see", "see", (row) => footnotes.marksOf(row).join(" ")),
  ];
}

/** What would bind next, and how near it is to what binds. */
function nextText({ size: { needs } }: SizedRow): string {
  const [first, next] = needs;
  if (first === undefined || next === undefined) return "-";
  return `${SHORT[next.resource]} ${percent(next.machines / first.machines)}`;
}

/** What machines cost, as a share of them and whole, and what is kept. */
export function moneyColumns(rows: readonly SizedRow[]): Column[] {
  const isStored = rows.some(({ storage }) => storage !== null);
  return [
    ...nameColumns(rows),
    ...moneyPair("a", "month", ({ usdPerMonth }) => usdPerMonth),
    ...moneyPair("per", "G facts", ({ usdPerBillionFacts }) => usdPerBillionFacts),
    ...moneyPair("per", "TB JSON", ({ usdPerJsonTerabyte }) => usdPerJsonTerabyte),
    ...(isStored
      ? [
          right("", "kept", "kept", ({ storage }) =>
            storage === null ? "-" : bytes(storage.keptBytes),
          ),
          right("storage", "$ a month", "storage, $ a month", ({ storage }) =>
            storage === null ? "-" : counted(storage.usdPerMonth),
          ),
        ]
      : []),
  ];
}

/** Dollars for the share of machines that is used, and for whole ones. */
function moneyPair(per: string, what: string, usd: (money: Money) => number | null): Column[] {
  const text = (money: Money) => {
    const value = usd(money);
    return value === null ? "-" : counted(value);
  };
  return [
    right(`$ ${per}`, "share", `$ ${per} ${what}, share`, ({ share }) => text(share)),
    right(what, "whole", `$ ${per} ${what}, whole`, ({ whole }) => text(whole)),
  ];
}

/** What choosing a codec over plain JSON saves (below zero) or costs. */
export function jsonColumns(rows: readonly SizedRow[]): Column[] {
  const signed = (value: number | undefined) => (value === undefined ? "-" : signedText(value));
  return [
    ...nameColumns(rows),
    right("core-s", "a day", "core-s a day", ({ againstJson }) =>
      signed(againstJson?.coreSecondsPerDay),
    ),
    right("$ a", "share", "$ a month, share", ({ againstJson }) =>
      signed(againstJson?.shareUsdPerMonth),
    ),
    right("month", "whole", "$ a month, whole", ({ againstJson }) =>
      signed(againstJson?.wholeUsdPerMonth),
    ),
    left(
      "  cheaper than json",
      "  with reads per write",
      "cheaper with reads per write",
      (row) => `  ${row.breakEven === null ? "-" : breakEvenText(row.breakEven)}`,
    ),
  ];
}

const SHORT: Record<Resource, string> = { CPU: "CPU", disk: "disk", network: "net", memory: "mem" };

/** Three figures, or as many as the whole number beside it has. */
export function shareText({ share }: Size): string {
  return share < 100 ? significant(share) : counting(Math.round(share));
}

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
