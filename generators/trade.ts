/** The space-trading economy: what a session earned, spent, ordered, promised and stored. */
import type { HellFact } from "../schemas/hell-fact.js";
import { Ids } from "./ids.js";
import { makeKits, type Kit } from "./items.js";
import { mapMaker } from "./maps.js";
import type { Random } from "./random.js";
import * as words from "./words.js";

type Order = HellFact["orders"][number];
type Contract = HellFact["contracts"][number];
type Job = HellFact["jobs"][number];

export type TradePart = Pick<HellFact, "wallet" | "orders" | "contracts" | "jobs" | "hangars">;

/** What things cost and earn. */
const AMOUNTS = [5, 10, 15, 20, 25, 50, 60, 75, 100, 120, 150, 200, 250, 500, 750, 1_000] as const;
const RANGES = [0, 1, 5, 10, 20, 40] as const;
const ORDER_DAYS = [1, 3, 7, 14, 30, 90] as const;
const FIRST_STATION = 60_000_000;
const STATIONS = 5_000;
const MATERIAL_KITS = makeKits(16, 4);
const HANGAR_KITS = makeKits(16, 12);
const REASONS = [...words.EARNINGS, ...words.SPENDINGS];
const amountsByReason = mapMaker(REASONS);

/** What was traded in a session that has `volume` times as much of everything as the mean one. */
export function trade(random: Random, volume: number, milliseconds: number): TradePart {
  const some = (mean: number) => random.around(mean * volume * (0.6 + 0.8 * random.share()));
  const trader: Trader = {
    random,
    milliseconds,
    ids: new Ids(random),
    wares: random.pick(HANGAR_KITS).items,
    firstStation: FIRST_STATION + random.below(STATIONS),
  };
  return {
    wallet: wallet(trader, some(48)),
    orders: listOf(some(14), () => order(trader)),
    contracts: listOf(some(4), () => contract(trader)),
    jobs: listOf(some(4), () => job(trader)),
    hangars: listOf(some(3), () => ({
      station: station(trader),
      items: stock(random, random.pick(HANGAR_KITS), 100),
    })),
  };
}

/** What one player's trades of a session have in common. */
interface Trader {
  readonly random: Random;
  /** How long the session is. */
  readonly milliseconds: number;
  readonly ids: Ids;
  readonly wares: readonly string[];
  /** Trades are made at this station and the next few. */
  readonly firstStation: number;
}

function listOf<T>(length: number, make: () => T): T[] {
  const items: T[] = [];
  for (let left = length; left > 0; left--) items.push(make());
  return items;
}

/** How much there is of each item of a kit: 1 to `most`. */
function stock(random: Random, { items, counts }: Kit, most: number): Record<string, number> {
  for (let index = 0; index < items.length; index++) scratch[index] = random.between(1, most);
  return counts(scratch);
}
const scratch: number[] = [];

function station({ random, firstStation }: Trader): number {
  return firstStation + random.below(8);
}

/** Each entry's balance is the opening balance plus every amount up to it. */
function wallet({ random, milliseconds }: Trader, entries: number): HellFact["wallet"] {
  const opening = random.belowWide(2_000_000);
  const journal: HellFact["wallet"]["journal"] = [];
  const sums = REASONS.map(() => 0);
  const step = milliseconds / 1_000 / (entries + 1);
  let balance = opening;
  for (let entry = 1; entry <= entries; entry++) {
    // One draw for an entry: seven bits say which way, four how much, the rest what for.
    const bits = random.bits();
    const spends = balance > 0 && (bits & 127) < 70;
    const size = AMOUNTS[(bits >>> 7) & 15] as number;
    const amount = spends ? -Math.min(balance, size) : size;
    const number = spends
      ? words.EARNINGS.length + ((bits >>> 11) % words.SPENDINGS.length)
      : (bits >>> 11) % words.EARNINGS.length;
    balance += amount;
    sums[number] = (sums[number] as number) + amount;
    const reason = REASONS[number] as string;
    journal.push({ atMilliseconds: Math.floor(step * entry) * 1_000, reason, amount, balance });
  }
  return { opening, closing: balance, byReason: amountsByReason(sums), journal };
}

/** What was filled and what remains add up to the volume. */
function order(trader: Trader): Order {
  const { random, milliseconds, ids, wares } = trader;
  const volume = random.between(1, 50) * 100;
  const price = random.between(2, 4_000) / 20;
  const fills: Order["fills"] = [];
  let remaining = volume;
  let at = 0;
  for (let left = random.below(4); left > 0 && remaining > 0; left--) {
    const filled = Math.min(remaining, random.between(1, 30) * 50);
    remaining -= filled;
    at += random.belowWide((milliseconds - at) / left);
    fills.push({ atMilliseconds: at, volume: filled, price });
  }
  return {
    id: ids.next(),
    type: random.pick(words.ORDER_TYPES),
    item: random.pick(wares),
    station: station(trader),
    price,
    volume,
    remaining,
    range: random.pick(RANGES),
    days: random.pick(ORDER_DAYS),
    ageHours: random.between(1, 720),
    fills,
  };
}

function contract(trader: Trader): Contract {
  const { random, milliseconds, ids, wares } = trader;
  const issuedAt = random.belowWide(milliseconds);
  return {
    id: ids.next(),
    kind: random.pick(words.CONTRACT_KINDS),
    issuer: random.pick(words.NAMES),
    from: station(trader),
    to: station(trader),
    reward: random.between(20, 2_000) / 4,
    collateral: random.between(0, 500) * 1_000,
    issuedAt,
    acceptedAt: random.chance(50) ? issuedAt + random.belowWide(milliseconds - issuedAt) : null,
    items: listOf(random.between(1, 3), () => ({
      item: random.pick(wares),
      count: random.between(1, 500),
    })),
  };
}

function job(trader: Trader): Job {
  const { random, milliseconds, ids, wares } = trader;
  const startedAt = random.belowWide(milliseconds);
  return {
    id: ids.next(),
    activity: random.pick(words.ACTIVITIES),
    blueprint: random.pick(wares),
    runs: random.between(1, 100),
    cost: random.between(20, 2_000) / 4,
    startedAt,
    endsAt: startedAt + random.between(1, 2_000) * 60_000,
    materials: stock(random, random.pick(MATERIAL_KITS), 5_000),
  };
}
