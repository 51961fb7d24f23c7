/** Facts of the same shape and size as a hell fact's, by @faker-js/faker, as one would write them. */
import { faker } from "@faker-js/faker/locale/en";
import type { Event, EventType, HellFact } from "../schemas/hell-fact.js";

const int = (max: number) => faker.number.int({ max });
const decimal = (max: number) => faker.number.float({ max, fractionDigits: 2 });
const id = () => faker.string.numeric({ length: 19, allowLeadingZeros: false });
const word = () => faker.word.noun();
const list = <T>(length: number, make: () => T): T[] =>
  faker.helpers.multiple(make, { count: length });
const counts = (length: number) =>
  Object.fromEntries(list(length, () => [faker.commerce.product(), int(500)]));

const payloads: { [T in EventType]: () => Event<T>["payload"] } = {
  start: () => ({ place: word() }),
  coin: () => ({ value: int(25), streak: int(100) }),
  jump: () => ({ height: decimal(3), milliseconds: int(900) }),
  slide: () => ({ milliseconds: int(900) }),
  "power-up": () => ({ power: word(), milliseconds: int(15_000) }),
  stumble: () => ({ obstacle: word(), health: int(100) }),
  hit: () => ({ enemy: word(), damage: int(40), critical: faker.datatype.boolean() }),
  checkpoint: () => ({ place: word(), splitMilliseconds: int(100_000) }),
  chest: () => ({ tier: int(5), loot: counts(1) }),
  "mission-step": () => ({ mission: int(200), progress: int(50), goal: 50 }),
  "offer-seen": () => ({
    offer: word(),
    price: decimal(50),
    currency: faker.finance.currencyCode(),
  }),
  purchase: () => ({
    offer: word(),
    price: decimal(50),
    currency: faker.finance.currencyCode(),
    receipt: id(),
  }),
  rival: () => ({ rival: faker.person.firstName(), gap: decimal(25) }),
  revive: () => ({ cost: int(50), health: 100 }),
  death: () => ({ cause: word(), place: word(), inventory: counts(10) }),
  finish: () => ({ place: word(), rank: int(5_000) }),
};
const TYPES = Object.keys(payloads) as EventType[];

function event(): Event {
  const type = faker.helpers.arrayElement(TYPES);
  return {
    atMilliseconds: int(1_000_000),
    type,
    district: word(),
    lane: faker.number.int({ min: -1, max: 1 }),
    distanceMetres: decimal(10_000),
    speedMetresPerSecond: decimal(40),
    payload: payloads[type](),
  } as Event;
}

/** @param seed makes it the same fact again */
export function fakedFact(seed: number): HellFact {
  faker.seed(seed);
  return {
    factId: id(),
    schemaVersion: 1,
    receivedAt: faker.date.recent().getTime(),
    gameDay: int(365),
    gameTime: int(86_400_000),
    session: {
      id: id(),
      previous: faker.helpers.maybe(id) ?? null,
      startedAt: faker.date.recent().getTime(),
      milliseconds: int(3_600_000),
      resumed: faker.datatype.boolean(),
    },
    player: {
      id: int(400_000_000),
      name: faker.internet.username(),
      guild: faker.helpers.maybe(() => faker.company.name()) ?? null,
      level: int(80),
      country: faker.location.countryCode(),
      locale: "en-US",
      daysBeforeWorld: int(2_000),
      segments: list(3, word),
      experiments: Object.fromEntries(list(3, () => [word(), word()])),
    },
    device: {
      model: word(),
      os: word(),
      osVersion: faker.system.semver(),
      cores: int(8),
      memoryMegabytes: int(8_192),
      screen: { width: int(2_000), height: int(3_000), scale: decimal(3) },
      rooted: faker.datatype.boolean(),
    },
    build: { version: faker.system.semver(), number: int(30_000), channel: word() },
    runs: list(3, () => ({
      number: int(10),
      startedAt: int(1_000_000),
      milliseconds: int(1_000_000),
      seed: int(65_535),
      score: int(1_000_000),
      coins: int(1_000),
      distanceMetres: decimal(10_000),
      completed: faker.datatype.boolean(),
      events: list(50, event),
    })),
    eventsByType: counts(16),
    cargo: { opening: counts(10), closing: counts(10) },
    losses: list(3, () => ({
      run: int(10),
      atMilliseconds: int(1_000_000),
      items: list(3, () => ({ item: word(), dropped: int(20), destroyed: int(20) })),
    })),
    wallet: {
      opening: int(2_000_000),
      closing: int(2_000_000),
      byReason: counts(12),
      journal: list(48, () => ({
        atMilliseconds: int(3_600_000),
        reason: word(),
        amount: int(1_000),
        balance: int(2_000_000),
      })),
    },
    orders: list(14, () => ({
      id: id(),
      type: word(),
      item: faker.commerce.product(),
      station: int(60_000_000),
      price: decimal(200),
      volume: int(5_000),
      remaining: int(5_000),
      range: int(40),
      days: int(90),
      ageHours: int(720),
      fills: list(2, () => ({
        atMilliseconds: int(3_600_000),
        volume: int(1_500),
        price: decimal(200),
      })),
    })),
    contracts: list(4, () => ({
      id: id(),
      kind: word(),
      issuer: faker.person.firstName(),
      from: int(60_000_000),
      to: int(60_000_000),
      reward: decimal(500),
      collateral: int(500_000),
      issuedAt: int(3_600_000),
      acceptedAt: faker.helpers.maybe(() => int(3_600_000)) ?? null,
      items: list(2, () => ({ item: faker.commerce.product(), count: int(500) })),
    })),
    jobs: list(4, () => ({
      id: id(),
      activity: word(),
      blueprint: faker.commerce.product(),
      runs: int(100),
      cost: decimal(500),
      startedAt: int(3_600_000),
      endsAt: int(3_600_000),
      materials: counts(4),
    })),
    hangars: list(3, () => ({ station: int(60_000_000), items: counts(12) })),
    performance: {
      frames: int(200_000),
      frameHistogram: list(16, () => int(100_000)),
      frameMilliseconds: list(168, () => int(33)),
      memoryMegabytes: list(56, () => int(600)),
      batteryPercent: list(7, () => decimal(100)),
      charging: faker.datatype.boolean(),
      roundTripMilliseconds: list(56, () => int(150)),
      lostPackets: counts(2),
    },
    chat: list(8, () => ({
      atMilliseconds: int(3_600_000),
      channel: word(),
      from: faker.person.firstName(),
      text: faker.lorem.sentence(4),
    })),
  };
}
