/** The endless runner: what happens on the runs of a session, and what is found and lost there. */
import type { Event, EventType, HellFact } from "../schemas/hell-fact.js";
import { COIN, countsByType, DEATH, DRAWS, FINISH, START, TYPES } from "./event-types.js";
import { Ids } from "./ids.js";
import { makeKits } from "./items.js";
import { mapMaker } from "./maps.js";
import type { Random } from "./random.js";
import * as words from "./words.js";

type Run = HellFact["runs"][number];
type Payload<T extends EventType> = Event<T>["payload"];

export type RunsPart = Pick<HellFact, "runs" | "eventsByType" | "cargo" | "losses"> & {
  /** From the session's start to the end of its last run. */
  readonly milliseconds: number;
};

export const MEAN_EVENTS = 150;
/** From one coin of a row to the next. */
const COIN_MILLISECONDS = 200;
const COIN_DECIMETRES = 25;
/** The game's clock ticks twenty times a second. */
const TICK_MILLISECONDS = 50;
/** A start, something, and an end. */
const MIN_EVENTS_OF_RUN = 3;
/** Players that are met on the runs of a session. */
const RIVALS = 5;
/** Cargo holds ten kinds of items; chests hold one to three of them. */
const KITS = makeKits(32, 10).map((kit) => ({
  ...kit,
  chests: [[0], [1, 2], [3, 4, 5]].map((slots) => ({
    slots,
    counts: mapMaker(slots.map((slot) => kit.items[slot] as string)),
  })),
}));
type Cargo = (typeof KITS)[number];

/** The runs of a session that has `volume` times as much of everything as the mean one. */
export function playRuns(random: Random, volume: number): RunsPart {
  const session = new SessionOnTheRun(random, random.pick(KITS));
  const opening = session.cargoNow();
  let left = Math.max(
    MIN_EVENTS_OF_RUN,
    random.around(MEAN_EVENTS * volume * (0.85 + 0.3 * random.share())),
  );
  while (left > 0) {
    const events = random.between(25, 75);
    const length = left - events < MIN_EVENTS_OF_RUN ? left : events;
    session.play(length);
    left -= length;
  }
  return {
    runs: session.runs,
    eventsByType: session.eventsByType(),
    cargo: { opening, closing: session.cargoNow() },
    losses: session.losses,
    milliseconds: session.clock,
  };
}

/** What goes from one event to the next, and from one run to the next. */
class SessionOnTheRun {
  readonly runs: Run[] = [];
  readonly losses: HellFact["losses"] = [];
  clock = 0;
  /** Of each item of the kit, how much is carried. */
  private readonly carried: number[];
  private readonly currency: string;
  private readonly ids: Ids;
  /** The place in `NAMES` of the first rival. */
  private readonly rivals: number;
  private readonly counts = TYPES.map(() => 0);
  private district: string = words.DISTRICTS[0];
  private lane = 0;
  private at = 0;
  private decimetres = 0;
  private coins = 0;
  private streak = 0;
  private health = 100;

  constructor(
    private readonly random: Random,
    private readonly kit: Cargo,
  ) {
    this.carried = kit.items.map(() => random.between(1, 90));
    this.currency = random.pick(words.CURRENCIES);
    this.ids = new Ids(random);
    this.rivals = random.below(words.NAMES.length - RIVALS + 1);
  }

  play(length: number): void {
    const { random } = this;
    this.clock += random.between(2_000, 30_000);
    this.at = 0;
    this.decimetres = 0;
    this.coins = 0;
    this.health = 100;
    const events = [this.event(START)];
    let coinsAhead = 0;
    for (let index = 1; index < length - 1; index++) {
      if (coinsAhead > 0) {
        coinsAhead -= 1;
        this.at += COIN_MILLISECONDS;
        this.decimetres += COIN_DECIMETRES;
        events.push(this.event(COIN));
        continue;
      }
      const bits = random.bits();
      const type = DRAWS[bits & 255] as number;
      if (type === COIN) coinsAhead = (bits >>> 28) & 7;
      this.runOn(bits);
      events.push(this.event(type));
    }
    this.runOn(random.bits());
    const completed = random.chance(15);
    events.push(this.event(completed ? FINISH : DEATH));
    this.runs.push({
      number: this.runs.length + 1,
      startedAt: this.clock,
      milliseconds: this.at,
      seed: random.below(65_536),
      score: this.decimetres + this.coins * 50,
      coins: this.coins,
      distanceMetres: this.decimetres / 10,
      completed,
      events,
    });
    this.clock += this.at;
  }

  eventsByType(): Record<string, number> {
    return countsByType(this.counts);
  }

  cargoNow(): Record<string, number> {
    return this.kit.counts(this.carried);
  }

  /** On to the next event. @param bits random ones, of which the lowest eight are not used */
  private runOn(bits: number): void {
    this.at += TICK_MILLISECONDS * (4 + ((bits >>> 8) & 0x3f));
    this.decimetres += 5 * (4 + ((bits >>> 14) & 0x3f));
    if (((bits >>> 20) & 3) === 0) this.lane = ((bits >>> 22) % 3) - 1;
    if (((bits >>> 22) & 15) === 0) this.district = this.random.pick(words.DISTRICTS);
  }

  /** @param number the type's place in `TYPES` */
  private event(number: number): Event {
    const type = TYPES[number] as EventType;
    this.counts[number] = (this.counts[number] as number) + 1;
    return {
      atMilliseconds: this.at,
      type,
      district: this.district,
      lane: this.lane,
      distanceMetres: this.decimetres / 10,
      speedMetresPerSecond: (40 + (this.at >>> 12)) / 4,
      payload: this.payload(type),
    } as Event;
  }

  private payload(type: EventType): Event["payload"] {
    const { random } = this;
    switch (type) {
      case "start":
        return (
          random.chance(30)
            ? { place: this.district, boost: random.pick(words.POWER_UPS) }
            : { place: this.district }
        ) satisfies Payload<"start">;
      case "coin": {
        const value = random.below(32) === 0 ? 25 : 1;
        this.coins += value;
        this.streak += 1;
        return { value, streak: this.streak } satisfies Payload<"coin">;
      }
      case "jump": {
        const height = random.between(3, 12) * 20;
        return { height: height / 100, milliseconds: height * 4 } satisfies Payload<"jump">;
      }
      case "slide":
        return { milliseconds: random.between(4, 12) * 50 } satisfies Payload<"slide">;
      case "power-up":
        return {
          power: random.pick(words.POWER_UPS),
          milliseconds: random.between(3, 15) * 1_000,
        } satisfies Payload<"power-up">;
      case "stumble":
        this.streak = 0;
        return {
          obstacle: random.pick(words.OBSTACLES),
          health: this.hurt(random.between(1, 4) * 5),
        } satisfies Payload<"stumble">;
      case "hit": {
        const damage = random.between(1, 8) * 5;
        this.hurt(damage);
        return {
          enemy: random.pick(words.ENEMIES),
          damage,
          critical: damage > 35,
        } satisfies Payload<"hit">;
      }
      case "checkpoint":
        return {
          place: this.district,
          splitMilliseconds: this.at,
        } satisfies Payload<"checkpoint">;
      case "chest":
        return { tier: random.between(1, 5), loot: this.findLoot() } satisfies Payload<"chest">;
      case "mission-step":
        return {
          mission: random.between(1, 200),
          progress: random.between(1, 50),
          goal: 50,
        } satisfies Payload<"mission-step">;
      case "offer-seen":
        return {
          offer: random.pick(words.OFFERS),
          price: random.pick(words.OFFER_PRICES),
          currency: this.currency,
        } satisfies Payload<"offer-seen">;
      case "purchase":
        return {
          offer: random.pick(words.OFFERS),
          price: random.pick(words.OFFER_PRICES),
          currency: this.currency,
          receipt: this.ids.next(),
        } satisfies Payload<"purchase">;
      case "rival":
        return {
          rival: words.NAMES[this.rivals + random.below(RIVALS)] as string,
          gap: random.between(-50, 50) / 2,
        } satisfies Payload<"rival">;
      case "revive":
        this.health = 100;
        return { cost: random.between(1, 5) * 10, health: 100 } satisfies Payload<"revive">;
      case "finish":
        return {
          place: this.district,
          rank: random.between(1, 5_000),
        } satisfies Payload<"finish">;
      case "death":
        return this.die();
    }
  }

  /** Health after `damage`; a runner is never quite dead before the run's last event. */
  private hurt(damage: number): number {
    this.health = Math.max(1, this.health - damage);
    return this.health;
  }

  private findLoot(): Payload<"chest">["loot"] {
    const { random, carried } = this;
    const { slots, counts } = random.pick(this.kit.chests);
    const found: number[] = [];
    for (const slot of slots) {
      const count = random.between(1, 12);
      carried[slot] = (carried[slot] as number) + count;
      found.push(count);
    }
    return counts(found);
  }

  /** Carries all that is owned to the grave; some of it is destroyed there, some dropped. */
  private die(): Payload<"death"> {
    const { random, carried } = this;
    const inventory = this.cargoNow();
    const items: HellFact["losses"][number]["items"] = [];
    for (let slot = random.below(3); slot < carried.length; slot += random.between(2, 5)) {
      const owned = carried[slot] as number;
      const dropped = random.below(owned + 1) >> 2;
      const destroyed = random.below(owned - dropped + 1) >> 1;
      carried[slot] = owned - dropped - destroyed;
      items.push({ item: this.kit.items[slot] as string, dropped, destroyed });
    }
    this.losses.push({ run: this.runs.length + 1, atMilliseconds: this.at, items });
    const cause = random.pick(words.CAUSES_OF_DEATH);
    const place = this.district;
    return cause === "slain"
      ? { cause, place, enemy: random.pick(words.ENEMIES), inventory }
      : { cause, place, inventory };
  }
}
