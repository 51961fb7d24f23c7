/** What machines and storage cost, and how two ways compare. */
import { factsADay, factsASecond, type Load } from "./load.js";
import type { Machine } from "./machine.js";
import type { FactCost, Terms } from "./model.js";

/** 365.25 days over 12, to two places. */
const MONTH_DAYS = 30.44;
const BYTES_PER_GB = 1e9;
const BYTES_PER_TB = 1e12;

export interface Money {
  readonly usdPerDay: number;
  readonly usdPerMonth: number;
  readonly usdPerBillionFacts: number;
  /** For each TB of JSON taken in; `null` if nobody knows how much that is. */
  readonly usdPerJsonTerabyte: number | null;
}

/** What a number of machines costs, whole or a fraction of them. */
export function moneyFor(
  machines: number,
  { usdPerHour }: Machine,
  load: Load,
  jsonBytes: number | null,
): Money {
  const usdPerDay = machines * usdPerHour * 24;
  const facts = factsADay(load);
  return {
    usdPerDay,
    usdPerMonth: usdPerDay * MONTH_DAYS,
    usdPerBillionFacts: (usdPerDay / facts) * 1e9,
    usdPerJsonTerabyte:
      jsonBytes === null ? null : (usdPerDay / (facts * jsonBytes)) * BYTES_PER_TB,
  };
}

/** How long written bytes are kept, and for what. */
export interface StorageTerms {
  readonly retentionDays: number;
  readonly usdPerGbMonth: number;
}

export interface Storage {
  readonly storedBytesPerDay: number;
  /** Once as many days have passed as are kept. */
  readonly keptBytes: number;
  readonly usdPerMonth: number;
}

/** What keeping written facts costs. */
export function storageFor(
  { storedBytes }: FactCost,
  load: Load,
  { retentionDays, usdPerGbMonth }: StorageTerms,
): Storage | null {
  if (storedBytes === null) return null;
  const storedBytesPerDay = factsADay(load) * storedBytes;
  const keptBytes = storedBytesPerDay * retentionDays;
  return { storedBytesPerDay, keptBytes, usdPerMonth: (keptBytes / BYTES_PER_GB) * usdPerGbMonth };
}

/** How often a written fact may be read before one way costs more than another. */
export type BreakEven =
  | { readonly kind: "always-cheaper" }
  | { readonly kind: "never-cheaper" }
  | { readonly kind: "cheaper-below" | "cheaper-above"; readonly readsPerWrite: number };

/**
 * The number of reads for each write at which `cost` and `other` cost the same: processors, as a
 * fraction of machines, and storage. Both are straight lines a + b · reads, so they meet where
 * reads = (a₁ − a₂) / (b₂ − b₁). `null` where reading was not measured.
 */
export function breakEven(
  cost: FactCost,
  other: FactCost,
  load: Load,
  machine: Machine,
  terms: Terms,
  storage: StorageTerms | null,
): BreakEven | null {
  if (cost.readCpuSeconds === null || other.readCpuSeconds === null) return null;
  const cores = machine.vcpus * terms.coreSpeed * terms.utilisation;
  const usdPerCpuSecond =
    (factsASecond(load) * load.peak * machine.usdPerHour * 24 * MONTH_DAYS) / cores;
  const kept = (fact: FactCost) =>
    storage === null ? 0 : (storageFor(fact, load, storage)?.usdPerMonth ?? 0);
  const atNoReads =
    (cost.writeCpuSeconds - other.writeCpuSeconds) * usdPerCpuSecond + kept(cost) - kept(other);
  const perRead = (cost.readCpuSeconds - other.readCpuSeconds) * usdPerCpuSecond;
  if (atNoReads <= 0 && perRead <= 0) return { kind: "always-cheaper" };
  if (atNoReads >= 0 && perRead >= 0) return { kind: "never-cheaper" };
  const kind = perRead > 0 ? "cheaper-below" : "cheaper-above";
  return { kind, readsPerWrite: -atNoReads / perRead };
}
