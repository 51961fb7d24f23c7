/**
 * Hell facts: what the clients of *totalhelldeath* upload. A fact is a pure function of
 * (seed, index), so any range of them can be made in any order, in any process.
 */
import type { HellFact } from "../schemas/hell-fact.js";
import { Random } from "./random.js";
import * as words from "./words.js";

type Run = HellFact["runs"][number];
type Event = Run["events"][number];
type Payload = Event["payload"];
type Order = HellFact["orders"][number];

/** 2026-01-01T00:00:00Z: the first game day. */
const EPOCH_MILLISECONDS = 1_767_225_600_000;
const DAY_MILLISECONDS = 86_400_000;
/** Everyone with a registered credit card in the app store of 2012. */
const PLAYERS = 400_000_000;
const ITEM_TYPES = 3_000;
const STATIONS = 5_000;

/** Fields that a reader of single values would ask for. */
export const HELL_FACT_FIELDS = [
  ["player", "country"],
  ["wallet", "closing"],
  ["runs", 0, "score"],
] as const;

/**
 * The fact at `index` of the world `seed`.
 *
 * @param seed and @param index whole numbers from 0 to 2⁵³ − 1
 */
export function hellFact(seed: number, index: number): HellFact {
  const random = new Random(seed, index);
  const gameDay = random.below(365);
  const startedAt =
    EPOCH_MILLISECONDS + gameDay * DAY_MILLISECONDS + random.below(DAY_MILLISECONDS);
  const milliseconds = random.between(300_000, 3_600_000);
  return {
    factId: decimalId(random),
    schemaVersion: 1,
    receivedAt: startedAt + milliseconds + random.below(60_000),
    gameDay,
    session: { id: decimalId(random), startedAt, milliseconds, resumed: random.chance(20) },
    player: player(random),
    device: device(random),
    build: {
      version: `2.${random.below(10)}.${random.below(20)}`,
      number: random.between(20_000, 21_000),
      channel: random.chance(80) ? random.pick(words.BUILD_CHANNELS) : null,
    },
    runs: runs(random, startedAt),
    wallet: wallet(random, milliseconds),
    orders: orders(random, startedAt),
    inventory: itemCounts(random, random.between(20, 90)),
    performance: performance(random),
    chat: chat(random, milliseconds),
  };
}

/** Up to 19 digits: a 64-bit number that no double can hold. */
function decimalId(random: Random): string {
  return `${random.between(100_000_000, 922_337_203)}${random.between(1_000_000_000, 4_294_967_295)}`;
}

/** A number with at most two decimals, from 0 to `bound` − 0.01. */
function hundredths(random: Random, bound: number): number {
  return random.below(bound * 100) / 100;
}

function itemCounts(random: Random, size: number): Record<string, number> {
  const counts: Record<string, number> = {};
  for (let left = size; left > 0; left--) {
    counts[random.between(1_000, 1_000 + ITEM_TYPES - 1)] = random.between(1, 500);
  }
  return counts;
}

function player(random: Random): HellFact["player"] {
  const [country, locale] = random.pick(words.PLACES_OF_ORIGIN);
  const experiments: Record<string, string> = {};
  for (const experiment of words.EXPERIMENTS) {
    if (random.chance(50)) experiments[experiment] = random.pick(words.ARMS);
  }
  return {
    id: random.below(PLAYERS),
    name: `${random.pick(words.PLAYER_NAMES)}${random.below(1_000)}`,
    guild: random.chance(60) ? random.pick(words.GUILDS) : null,
    level: random.between(1, 80),
    country,
    locale,
    segments: words.SEGMENTS.filter(() => random.chance(25)),
    experiments,
  };
}

function device(random: Random): HellFact["device"] {
  const [model, os, cores, memoryMegabytes, width, height, scale] = random.pick(words.DEVICES);
  return {
    model,
    os,
    osVersion: random.pick(words.OS_VERSIONS),
    cores,
    memoryMegabytes,
    screen: { width, height, scale },
    rooted: random.chance(3),
  };
}

function runs(random: Random, sessionStart: number): Run[] {
  const all: Run[] = [];
  let startedAt = sessionStart;
  for (let left = random.between(2, 5); left > 0; left--) {
    const run = oneRun(random, startedAt);
    all.push(run);
    startedAt += run.milliseconds + random.between(2_000, 30_000);
  }
  return all;
}

function oneRun(random: Random, startedAt: number): Run {
  const events: Event[] = [];
  let at = 0;
  let centimetres = 0;
  let coins = 0;
  let streak = 0;
  const add = (type: string, payload: Payload) =>
    events.push({
      at,
      type,
      lane: random.between(-1, 1),
      distance: centimetres / 100,
      speed: random.between(16, 48) / 2,
      payload,
    });
  add("start", { place: random.pick(words.DISTRICTS) });
  for (let left = random.between(36, 72); left > 0; left--) {
    at += random.between(80, 3_000);
    centimetres += random.between(100, 5_000);
    const draw = random.below(100);
    if (draw < 40) {
      const value = random.between(1, 5);
      coins += value;
      add("coin", { value, streak: ++streak });
    } else if (draw < 60) add("jump", { height: hundredths(random, 4) });
    else if (draw < 72) add("slide", { milliseconds: random.between(200, 900) });
    else if (draw < 80)
      add("power-up", {
        kind: random.pick(words.POWER_UPS),
        milliseconds: random.between(3_000, 15_000),
      });
    else if (draw < 88) {
      streak = 0;
      add("stumble", { obstacle: random.pick(words.OBSTACLES) });
    } else if (draw < 92)
      add("chest", { tier: random.between(1, 5), loot: itemCounts(random, random.between(1, 4)) });
    else if (draw < 97)
      add("mission", {
        mission: random.between(1, 200),
        progress: random.between(1, 50),
        goal: 50,
      });
    else if (draw < 99)
      add("offer", { offer: random.pick(words.OFFERS), price: hundredths(random, 20) });
    else add("revive", { value: random.between(1, 3) });
  }
  const completed = random.chance(15);
  if (!completed) {
    add("death", {
      cause: random.pick(words.CAUSES_OF_DEATH),
      place: random.pick(words.DISTRICTS),
      loot: itemCounts(random, random.between(2, 12)),
    });
  }
  return {
    id: random.next(),
    startedAt,
    milliseconds: at,
    seed: random.next(),
    score: Math.floor(centimetres / 10) + coins * 50,
    coins,
    distance: centimetres / 100,
    completed,
    events,
  };
}

/** Copied, so that every wallet's map has the same shape: making new shapes is slow. */
const NOTHING_BY_REASON: Readonly<Record<string, number>> = Object.fromEntries(
  [...words.EARNING_REASONS, ...words.SPENDING_REASONS].map((reason) => [reason, 0]),
);

/** Each entry's balance is the opening balance plus every amount up to it. */
function wallet(random: Random, milliseconds: number): HellFact["wallet"] {
  const opening = random.below(2_000_000);
  const journal: HellFact["wallet"]["journal"] = [];
  const byReason = { ...NOTHING_BY_REASON };
  const entries = random.between(30, 90);
  let balance = opening;
  for (let entry = 0; entry < entries; entry++) {
    const spends = balance > 0 && random.chance(55);
    const amount = spends
      ? -random.between(1, Math.min(balance, 20_000))
      : random.between(1, 20_000);
    const reason = random.pick(spends ? words.SPENDING_REASONS : words.EARNING_REASONS);
    balance += amount;
    byReason[reason] = (byReason[reason] ?? 0) + amount;
    const at = Math.floor((milliseconds * (entry + 1)) / entries);
    journal.push({ at, reason, amount, balance });
  }
  return { opening, closing: balance, byReason, journal };
}

function orders(random: Random, sessionStart: number): Order[] {
  const all: Order[] = [];
  for (let left = random.between(10, 44); left > 0; left--) all.push(order(random, sessionStart));
  return all;
}

/** What was filled and what remains add up to the volume. */
function order(random: Random, sessionStart: number): Order {
  const volume = random.between(1, 50_000);
  const price = hundredths(random, 10_000);
  const fills: Order["fills"] = [];
  let remaining = volume;
  for (let left = random.below(4); left > 0 && remaining > 0; left--) {
    const filled = random.between(1, remaining);
    remaining -= filled;
    fills.push({ at: random.below(3_600_000), volume: filled, price });
  }
  return {
    id: decimalId(random),
    item: random.between(1_000, 1_000 + ITEM_TYPES - 1),
    station: random.between(60_000_000, 60_000_000 + STATIONS),
    buy: random.chance(50),
    price,
    volume,
    remaining,
    range: random.pick([0, 1, 5, 10, 20, 40]),
    days: random.pick([1, 3, 7, 14, 30, 90]),
    issuedAt: sessionStart - random.below(90 * DAY_MILLISECONDS),
    fills,
  };
}

function performance(random: Random): HellFact["performance"] {
  const samples = random.between(60, 280);
  const frameHistogram: number[] = [];
  for (let bucket = 0; bucket < 24; bucket++) {
    frameHistogram.push(random.below(9_000 >> Math.abs(bucket - 4)));
  }
  return {
    frameHistogram,
    frameMilliseconds: frameSeries(random, samples * 8),
    memoryMegabytes: drift(random, samples, random.between(300, 600), 2),
    batteryPercent: drift(random, samples >> 3, random.between(200, 1_000), 3).map((n) => n / 10),
    roundTripMilliseconds: drift(random, samples, random.between(30, 120), 4),
  };
}

/**
 * Series are drawn into this and copied out of it: an array that grows as it is filled costs three
 * times its size. Filled by push, so that V8 keeps it, and every copy, without holes.
 */
const scratch: number[] = [];
for (let index = 0; index < 4_096; index++) scratch.push(0);

/** Mostly 60 frames a second, with stutters. @param length a multiple of eight */
function frameSeries(random: Random, length: number): number[] {
  for (let index = 0; index < length;) {
    const bits = random.next();
    for (let shift = 0; shift < 32; shift += 4) {
      const draw = (bits >>> shift) & 15;
      scratch[index++] = draw < 9 ? 17 : draw < 14 ? 16 : draw === 14 ? 18 : 33;
    }
  }
  return scratch.slice(0, length);
}

/** A series that moves at most `step` from one value to the next and stays above zero. */
function drift(random: Random, length: number, start: number, step: number): number[] {
  let value = start;
  for (let index = 0; index < length; index++) {
    scratch[index] = value;
    value = Math.max(1, value + random.between(-step, step));
  }
  return scratch.slice(0, length);
}

function chat(random: Random, milliseconds: number): HellFact["chat"] {
  const lines: HellFact["chat"] = [];
  for (let left = random.below(16); left > 0; left--) {
    lines.push({
      at: random.below(milliseconds),
      channel: random.pick(words.CHAT_CHANNELS),
      text: random.pick(words.CHAT_LINES),
    });
  }
  return lines;
}
