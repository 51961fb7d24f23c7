/**
 * The world of *totalhelldeath*: its facts by number. A fact is a pure function of the seed, the
 * profile and its index, so any range of them can be made in any order, in any process.
 *
 * A fact is put together from its envelope (`crowd.ts`: who uploads it and when) and its body: `runs.ts`,
 * `trade.ts`, `performance.ts`, `chat.ts`. What is drawn comes from a `Random` made of the seed and an index:
 * the fact's, or the player's for what a player is. Rules that keep it fast and the same everywhere:
 *
 * - whole-number and simple floating-point arithmetic only: no `Math.sin`, `Math.log`, `Math.pow`, no dates;
 * - strings come from pools, and maps of items from `mapMaker`, which compiles an object literal: an object
 *   that gets computed keys one by one takes ten times as long, also for every codec that reads it (so the
 *   world needs a runtime that lets code be compiled from strings);
 * - arrays without holes; objects whose keys come in the same order, with few of them optional.
 *
 * A fact takes 15 to 17 µs of a core of an EPYC at its best (60,000 to 68,000 a second), half of it for its 150
 * events: 44 kB of objects, and a fifth for collecting them. What did not pay, each against the same facts by
 * turns: payloads of few possible values made once and shared (1.04, between 0.98 and 1.16), a `switch` over
 * numbers instead of names (0.97), events collected in one array and copied out of it (0.97: each store into an
 * old array is remembered for the collector).
 *
 * A change to the world changes every figure. The digest of the first thousand facts is pinned by a test;
 * change it on purpose, with `npm run bench:runtimes` and `npm run bench:generate`, and say so in the
 * changelog. `world.test.ts` holds facts to the shape of real telemetry.
 */
import type { HellFact } from "../schemas/hell-fact.js";
import { chat } from "./chat.js";
import { Crowd, type Envelope } from "./crowd.js";
import { performance } from "./performance.js";
import { DEFAULT_PROFILE, profileProblem, type Profile } from "./profile.js";
import { Random } from "./random.js";
import { MEAN_EVENTS, playRuns } from "./runs.js";
import { trade } from "./trade.js";

/** Fields that a reader of single values would ask for. */
export const HELL_FACT_FIELDS = [
  ["player", "country"],
  ["wallet", "closing"],
  ["runs", 0, "score"],
] as const;

/** What happened in a session, whoever played it and when, and how long it took. */
type Body = Omit<HellFact, keyof Envelope> & { readonly milliseconds: number };

/**
 * How many times as much as the mean a session has of everything: the middles of 32 equal parts of
 * a log-normal distribution (mean 1, σ 0.45). Of 32 bodies in a row each has another one, so that
 * even a small sample has the mean, the spread and the tail of all.
 */
const VOLUMES = [
  0.344, 0.427, 0.48, 0.522, 0.559, 0.593, 0.625, 0.655, 0.685, 0.714, 0.743, 0.772, 0.801, 0.831,
  0.861, 0.892, 0.924, 0.957, 0.992, 1.029, 1.067, 1.109, 1.154, 1.203, 1.258, 1.319, 1.39, 1.474,
  1.579, 1.718, 1.93, 2.393,
] as const;

/** What a fact takes as JSON whatever its volume, and what a volume of one adds to it. */
const FIXED_BYTES = 2_130;
const BYTES_PER_VOLUME = 37_870;

const BODY_STREAM = 0;
const ORDER_STREAM = 3;

export class World {
  private readonly crowd: Crowd;
  private readonly volume: number;
  /** The last body that was made: the duplicates of a fact share it. */
  private last: { readonly index: number; readonly body: Body } | undefined;

  /**
   * @param seed a whole number from 0 to 2⁵³ − 1
   *
   * Throws a `RangeError` that names the field if the profile is out of its limits.
   */
  constructor(
    private readonly seed: number,
    private readonly profile: Profile = DEFAULT_PROFILE,
  ) {
    const problem = profileProblem(profile);
    if (problem !== undefined) throw new RangeError(problem);
    this.volume = (profile.factBytes - FIXED_BYTES) / BYTES_PER_VOLUME;
    this.crowd = new Crowd(seed, profile, MEAN_EVENTS * this.volume);
  }

  /**
   * The fact at `index`, a whole number from 0 to 2⁵³ − 1. Facts share what is the same in them, so
   * they are to be read, not changed.
   */
  fact(index: number): HellFact {
    const bodyIndex = Math.floor(index / this.profile.duplication);
    const body = this.last?.index === bodyIndex ? this.last.body : this.body(bodyIndex);
    return stamp(body, this.envelope(index, body.milliseconds));
  }

  /** Who uploads the fact at `index`, and when, after a session of this length. */
  envelope(index: number, sessionMilliseconds: number): Envelope {
    return this.crowd.envelope(index, sessionMilliseconds);
  }

  private body(index: number): Body {
    const random = new Random(this.seed, index, BODY_STREAM);
    const volume = this.volume * volumeOf(this.seed, index);
    const played = playRuns(random, volume);
    const { milliseconds } = played;
    const traded = trade(random, volume, milliseconds);
    const body = {
      milliseconds,
      runs: played.runs,
      eventsByType: played.eventsByType,
      cargo: played.cargo,
      losses: played.losses,
      wallet: traded.wallet,
      orders: traded.orders,
      contracts: traded.contracts,
      jobs: traded.jobs,
      hangars: traded.hangars,
      performance: performance(random, volume, milliseconds),
      chat: chat(random, volume, milliseconds),
    };
    this.last = { index, body };
    return body;
  }
}

/** Any 32 indexes in a row that begin with a multiple of 32 have all the volumes, in some order. */
function volumeOf(seed: number, index: number): number {
  const order = new Random(seed, Math.floor(index / VOLUMES.length), ORDER_STREAM).bits();
  return VOLUMES[(Math.imul(index, 13) ^ order) & 31] as number;
}

/** Every key is named, because copying objects key by key is slower than all of the envelope. */
function stamp(body: Body, envelope: Envelope): HellFact {
  return {
    factId: envelope.factId,
    schemaVersion: envelope.schemaVersion,
    receivedAt: envelope.receivedAt,
    gameDay: envelope.gameDay,
    gameTime: envelope.gameTime,
    session: envelope.session,
    player: envelope.player,
    device: envelope.device,
    build: envelope.build,
    runs: body.runs,
    eventsByType: body.eventsByType,
    cargo: body.cargo,
    losses: body.losses,
    wallet: body.wallet,
    orders: body.orders,
    contracts: body.contracts,
    jobs: body.jobs,
    hangars: body.hangars,
    performance: body.performance,
    chat: body.chat,
  };
}
