/**
 * How many machines a load takes, and what they cost: the whole sum, for every measured codec on every
 * machine that was asked for.
 *
 * What a fact costs comes from a document (`from-comparison.ts`, `from-run.ts`): CPU-seconds that the kernel
 * counted while trials were measured, with their interval, and not one over the rate, which would count
 * waiting for a disk as work. `model.ts` says for each resource how many machines it alone asks for; the
 * largest binds. `money.ts` makes dollars of it, `cheapest.ts` does it for the whole price table, and
 * `warnings.ts` says what to know of each row. Prices are `prices/*.csv`, with their date and source in
 * comments at the top; a newer table takes the place of the file.
 */
import type { MedianInterval } from "../../../stats/median-interval.js";
import type { CoreSpeed } from "./core-speed.js";
import { factsADay, type Load } from "./load.js";
import type { Machine } from "./machine.js";
import {
  choiceOf,
  isPlainJson,
  type Measured,
  type MeasuredCodec,
  type SizedChoice,
  type UnsizedCodec,
} from "./measured.js";
import { cpuSecondsOf, sizeOn, type Size, type Terms } from "./model.js";
import {
  breakEven,
  moneyFor,
  storageFor,
  type BreakEven,
  type Money,
  type Storage,
  type StorageTerms,
} from "./money.js";
import { warningsOf, type Warning } from "./warnings.js";

/** What was asked. */
export interface SizingTerms extends Omit<Terms, "coreSpeed"> {
  readonly load: Load;
  readonly speed: CoreSpeed;
  readonly storage: StorageTerms | null;
}

/** What a codec saves (below zero) or costs beside another, machines and storage together. */
export interface Difference {
  readonly coreSecondsPerDay: number;
  readonly shareUsdPerMonth: number;
  readonly wholeUsdPerMonth: number;
}

/** A codec on a machine. */
export interface SizedRow extends SizedChoice {
  /** On a core of this machine's speed. */
  readonly coreSecondsPerDay: MedianInterval;
  readonly size: Size;
  /** Whole machines at the ends of the interval of CPU-seconds; `null` where they are not known. */
  readonly wholeRange: readonly [number, number] | null;
  readonly share: Money;
  readonly whole: Money;
  readonly storage: Storage | null;
  readonly againstJson: Difference | null;
  readonly breakEven: BreakEven | null;
  /** How many times the load can be before it takes another machine. */
  readonly nextMachineAt: number;
  readonly warnings: readonly Warning[];
}

export interface MachineSizing {
  readonly machine: Machine;
  readonly rows: readonly SizedRow[];
}

/** Sizes every codec that can be, the fewest core-seconds first, and says of the others why not. */
export function sizeCodecs(
  measured: Measured,
  machines: readonly Machine[],
  terms: SizingTerms,
): { machines: MachineSizing[]; unsized: UnsizedCodec[] } {
  const { sizable, unsized } = parted(measured, terms.load);
  return {
    machines: machines.map((machine) => ({
      machine,
      rows: sizable
        .map((codec) => sizeRow(codec, measured, machine, terms))
        .toSorted((a, b) => a.coreSecondsPerDay.median - b.coreSecondsPerDay.median),
    })),
    unsized,
  };
}

/** Where a load reads, a codec whose reading was not measured cannot be sized. */
export function parted(
  { codecs, unsized }: Measured,
  { readsPerWrite }: Load,
): { sizable: MeasuredCodec[]; unsized: UnsizedCodec[] } {
  const isUnread = ({ read }: MeasuredCodec) => readsPerWrite > 0 && read === null;
  return {
    sizable: codecs.filter((codec) => !isUnread(codec)),
    unsized: [
      ...unsized,
      ...codecs.filter(isUnread).map((codec) => ({
        ...choiceOf(codec),
        reason: "its reading was not measured, or not so that it can be sized",
      })),
    ],
  };
}

/** One codec on one machine. */
export function sizeRow(
  codec: MeasuredCodec,
  measured: Measured,
  machine: Machine,
  sizing: SizingTerms,
): SizedRow {
  const { cost } = codec;
  const { load, speed, storage } = sizing;
  const terms: Terms = { ...sizing, coreSpeed: speed.speed };
  const size = sizeOn(machine, cost, load, terms);
  const wholeRange = wholeRangeOf(codec, machine, load, terms);
  const json = measured.codecs.find(
    (other) => isPlainJson(other) && other.runtime === codec.runtime,
  );
  const isComparable =
    json !== undefined && json !== codec && parted(measured, load).sizable.includes(json);
  const row = {
    ...choiceOf(codec),
    coreSecondsPerDay: coreSecondsOf(codec, load, speed),
    size,
    wholeRange,
    share: moneyFor(size.share, machine, load, cost.jsonBytes),
    whole: moneyFor(size.whole, machine, load, cost.jsonBytes),
    storage: storage === null ? null : storageFor(cost, load, storage),
    nextMachineAt: (size.whole - terms.spare) / size.share,
    warnings: warningsOf({ machine, measured, codec, load, terms, speed, size, wholeRange }),
  };
  return {
    ...row,
    againstJson: isComparable ? difference(row, sizeRow(json, measured, machine, sizing)) : null,
    breakEven: isComparable ? breakEven(cost, json.cost, load, machine, terms, storage) : null,
  };
}

type Costs = Pick<SizedRow, "coreSecondsPerDay" | "share" | "whole" | "storage">;

function difference(row: Costs, other: Costs): Difference {
  const storage = (row.storage?.usdPerMonth ?? 0) - (other.storage?.usdPerMonth ?? 0);
  return {
    coreSecondsPerDay: row.coreSecondsPerDay.median - other.coreSecondsPerDay.median,
    shareUsdPerMonth: row.share.usdPerMonth - other.share.usdPerMonth + storage,
    wholeUsdPerMonth: row.whole.usdPerMonth - other.whole.usdPerMonth + storage,
  };
}

/** Ends of the intervals of writing and reading are added up, which is wider than it need be. */
function coreSecondsOf(
  { write, read }: MeasuredCodec,
  load: Load,
  { speed }: CoreSpeed,
): MedianInterval {
  const perDay = (end: keyof MedianInterval) =>
    (factsADay(load) * cpuSecondsOf(write[end], read?.[end] ?? null, load.readsPerWrite)) / speed;
  return { median: perDay("median"), low: perDay("low"), high: perDay("high") };
}

function wholeRangeOf(
  { write, read, cost }: MeasuredCodec,
  machine: Machine,
  load: Load,
  terms: Terms,
): readonly [number, number] | null {
  if (!Number.isFinite(write.high) || (load.readsPerWrite > 0 && !Number.isFinite(read?.high))) {
    return null;
  }
  const wholeAt = (end: "low" | "high") => {
    const atEnd = {
      ...cost,
      writeCpuSeconds: write[end],
      readCpuSeconds: read?.[end] ?? null,
    };
    return sizeOn(machine, atEnd, load, terms).whole;
  };
  return [wholeAt("low"), wholeAt("high")];
}
