/** Who plays when: the envelope of a fact. The crowd is heavy-tailed, and sleeps at night. */
import type { HellFact } from "../schemas/hell-fact.js";
import { Ids } from "./ids.js";
import { DAY_MILLISECONDS, type Profile } from "./profile.js";
import { Random } from "./random.js";
import * as words from "./words.js";

export type Envelope = Pick<
  HellFact,
  | "factId"
  | "schemaVersion"
  | "receivedAt"
  | "gameDay"
  | "gameTime"
  | "session"
  | "player"
  | "device"
  | "build"
>;

const SCHEMA_VERSION = 1;
/** 2026-01-01T00:00:00Z: the first game day begins. */
const EPOCH_MILLISECONDS = 1_767_225_600_000;
/** A hundred years; then the calendar begins again, so that times stay whole numbers. */
const CALENDAR_DAYS = 36_500;
/** How much of a day's play each hour has, in thousandths: least at five, most at eight at night. */
const HOURLY_SHARES = [
  30, 21, 15, 11, 9, 9, 13, 21, 30, 35, 38, 41, 46, 46, 45, 46, 50, 56, 65, 76, 84, 83, 72, 58,
] as const;
const HOUR_MILLISECONDS = DAY_MILLISECONDS / 24;
/** Of those active on a day, the share that is there on all days. */
const REGULARS = 0.2;
const ENVELOPE_STREAM = 1;
const PLAYER_STREAM = 2;
/** Two primes: by the one that does not divide it, ranks are spread over all the players' ids. */
const SPREADS = [15_485_863, 15_485_867] as const;

/** The crowd of one world. */
export class Crowd {
  private readonly factsPerDay: number;
  private readonly regulars: number;
  private readonly spread: number;

  constructor(
    private readonly seed: number,
    private readonly profile: Profile,
    eventsPerFact: number,
  ) {
    const { activePerDay, eventsPerPlayer } = profile;
    this.factsPerDay = Math.max(1, Math.round((activePerDay * eventsPerPlayer) / eventsPerFact));
    this.regulars = Math.ceil(activePerDay * REGULARS);
    this.spread = profile.players % SPREADS[0] === 0 ? SPREADS[1] : SPREADS[0];
  }

  /** The envelope of the fact that arrives as number `index`, after a session of a given length. */
  envelope(index: number, sessionMilliseconds: number): Envelope {
    const random = new Random(this.seed, index, ENVELOPE_STREAM);
    const gameDay = Math.floor(index / this.factsPerDay) % CALENDAR_DAYS;
    const gameTime = timeOfDay((index % this.factsPerDay) / this.factsPerDay);
    const { gameDayMilliseconds } = this.profile;
    const uploadMilliseconds = random.between(100, 20_000);
    const endedAt = EPOCH_MILLISECONDS + gameDay * DAY_MILLISECONDS + gameTime - uploadMilliseconds;
    const ids = new Ids(random);
    const resumed = random.chance(20);
    const player = this.player(this.playerId(random, gameDay), gameDay);
    return {
      factId: ids.next(),
      schemaVersion: SCHEMA_VERSION,
      receivedAt:
        EPOCH_MILLISECONDS +
        gameDay * gameDayMilliseconds +
        Math.floor((gameTime * gameDayMilliseconds) / DAY_MILLISECONDS),
      gameDay,
      gameTime,
      session: {
        id: ids.next(),
        previous: resumed ? ids.next() : null,
        startedAt: endedAt - sessionMilliseconds,
        milliseconds: sessionMilliseconds,
        resumed,
      },
      player,
      device: DEVICES[player.id & 63] as HellFact["device"],
      build: BUILDS[(player.id >>> 6) & 63] as HellFact["build"],
    };
  }

  /**
   * Few play much: how often a player comes falls with the power −2/3 of their rank. The first
   * ranks are the same players every day; the others change from day to day.
   */
  private playerId(random: Random, gameDay: number): number {
    const { players, activePerDay } = this.profile;
    const share = random.share();
    const rank = Math.floor(activePerDay * share * share * share);
    const casuals = players - this.regulars;
    const person =
      rank < this.regulars || casuals < 1
        ? rank
        : this.regulars +
          ((rank - this.regulars + gameDay * (activePerDay - this.regulars)) % casuals);
    return (person * this.spread) % players;
  }

  /** A player is the same in all their facts, but for the level, which grows. */
  private player(id: number, gameDay: number): HellFact["player"] {
    const random = new Random(this.seed, id, PLAYER_STREAM);
    const [country, locale] = random.pick(words.PLACES_OF_ORIGIN);
    const player: HellFact["player"] = {
      id,
      name: `${random.pick(words.NAMES)}${random.below(1_000)}`,
      guild: random.chance(60) ? random.pick(words.GUILDS) : null,
      level: Math.min(80, random.between(1, 60) + (gameDay >> 4)),
      country,
      locale,
      daysBeforeWorld: random.below(2_000),
      segments: random.pick(SEGMENTS),
      experiments: random.pick(EXPERIMENTS),
    };
    if (random.chance(10)) player.invitedBy = random.pick(words.NAMES);
    return player;
  }
}

/** When of a game day this share of its facts has arrived, in milliseconds. */
function timeOfDay(share: number): number {
  let thousandths = share * 1_000;
  for (let hour = 0; hour < HOURLY_SHARES.length; hour++) {
    const ofHour = HOURLY_SHARES[hour] as number;
    if (thousandths < ofHour) {
      return Math.floor((hour + thousandths / ofHour) * HOUR_MILLISECONDS);
    }
    thousandths -= ofHour;
  }
  return DAY_MILLISECONDS - 1;
}

// What many players have in common is made once, and shared by their facts.

const common = new Random(0, 0, 0);

const DEVICES: readonly HellFact["device"][] = Array.from({ length: 64 }, () => {
  const [model, os, cores, memoryMegabytes, width, height, scale] = common.pick(words.DEVICES);
  return {
    model,
    os,
    osVersion: common.pick(words.OS_VERSIONS),
    cores,
    memoryMegabytes,
    screen: { width, height, scale },
    rooted: common.chance(3),
  };
});

const BUILDS: readonly HellFact["build"][] = Array.from({ length: 64 }, () => {
  const minor = common.below(10);
  const patch = common.below(20);
  return {
    version: `2.${minor}.${patch}`,
    number: 20_000 + minor * 100 + patch,
    channel: common.chance(80) ? common.pick(words.BUILD_CHANNELS) : null,
  };
});

const SEGMENTS: readonly string[][] = Array.from({ length: 64 }, () =>
  words.SEGMENTS.filter(() => common.chance(25)),
);

const EXPERIMENTS: readonly Record<string, string>[] = Array.from({ length: 64 }, () =>
  Object.fromEntries(
    words.EXPERIMENTS.filter(() => common.chance(50)).map((name) => [
      name,
      common.pick(words.ARMS),
    ]),
  ),
);
