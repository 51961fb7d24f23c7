import type { Machine } from "./machine.js";
import { choiceOf, type Measured, type MeasuredCodec, type UnsizedCodec } from "./measured.js";
import { demandOf, machinesOn, whyUnfit } from "./model.js";
import { parted, sizeRow, type SizedRow, type SizingTerms } from "./sizing.js";

/** Which machines may be taken. */
export interface Filters {
  readonly arch: string | null;
  readonly currentGeneration: boolean;
  readonly noBurstable: boolean;
  readonly localDisk: boolean;
}

/** A codec and the machine that carries the load with it. */
export interface Way {
  readonly machine: Machine;
  readonly row: SizedRow;
}

export interface CheapestWays {
  /** Machine types that were looked at. */
  readonly searched: number;
  /** For each codec its cheapest machine, the cheapest way first; storage counts. */
  readonly ways: readonly Way[];
  /** Other machines for the first of them, the cheapest first. */
  readonly runnersUp: readonly Way[];
  readonly unsized: readonly UnsizedCodec[];
}

const MAX_RUNNERS_UP = 5;

export function filtered(machines: readonly Machine[], filters: Filters): Machine[] {
  return machines.filter(
    (machine) =>
      (filters.arch === null || machine.arch === filters.arch) &&
      (!filters.currentGeneration || machine.currentGeneration) &&
      (!filters.noBurstable || !machine.burstable) &&
      (!filters.localDisk || machine.localDiskBytes > 0),
  );
}

/**
 * The cheapest way to carry a load with each codec: the machine whose whole number of machines
 * costs the least, or of equals the one that is used the least.
 */
export function cheapestWays(
  measured: Measured,
  machines: readonly Machine[],
  terms: SizingTerms,
): CheapestWays {
  const { sizable, unsized } = parted(measured, terms.load);
  const found = sizable.flatMap((codec) => {
    const offers = offersFor(codec, machines, terms);
    const best = offers.reduce<Offer | undefined>(
      (least, offer) => (least === undefined || byCost(offer, least) < 0 ? offer : least),
      undefined,
    );
    return best === undefined ? [] : [{ codec, best, offers }];
  });
  const wayOf = (codec: MeasuredCodec, machine: Machine): Way => ({
    machine,
    row: sizeRow(codec, measured, machine, terms),
  });
  const sorted = found
    .map((one) => ({ ...one, way: wayOf(one.codec, one.best.machine) }))
    .toSorted((a, b) => usdPerMonth(a.way) - usdPerMonth(b.way));
  const [first] = sorted;
  return {
    searched: machines.length,
    ways: sorted.map(({ way }) => way),
    runnersUp:
      first === undefined
        ? []
        : first.offers
            .toSorted(byCost)
            .slice(1, 1 + MAX_RUNNERS_UP)
            .map(({ machine }) => wayOf(first.codec, machine)),
    unsized: [
      ...unsized,
      ...sizable
        .filter((codec) => found.every((one) => one.codec !== codec))
        .map((codec) => ({
          ...choiceOf(codec),
          reason: "no machine of these has the memory, or the local disk, that one worker needs",
        })),
    ],
  };
}

/** Whole machines and storage. */
export function usdPerMonth({ row }: Way): number {
  return row.whole.usdPerMonth + (row.storage?.usdPerMonth ?? 0);
}

interface Offer {
  readonly machine: Machine;
  readonly usdPerHour: number;
  /** The part of what is paid that is used. */
  readonly used: number;
}

function byCost(a: Offer, b: Offer): number {
  return a.usdPerHour - b.usdPerHour || a.used - b.used;
}

/** What each machine that can carry the load asks for it. */
function offersFor(
  { cost }: MeasuredCodec,
  machines: readonly Machine[],
  sizing: SizingTerms,
): Offer[] {
  const terms = { ...sizing, coreSpeed: sizing.speed.speed };
  const demand = demandOf(cost, sizing.load, terms);
  const offers: Offer[] = [];
  for (const machine of machines) {
    if (whyUnfit(machine, cost, terms) !== undefined) continue;
    const { share, whole } = machinesOn(machine, demand, terms);
    offers.push({ machine, usdPerHour: whole * machine.usdPerHour, used: share / whole });
  }
  return offers;
}
