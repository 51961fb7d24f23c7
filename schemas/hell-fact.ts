/**
 * The one truth about the shape of a hell fact: what one client of *totalhelldeath* uploads for one
 * stretch of play. The TypeScript types and the JSON Schema come from the definition below; the
 * `.proto` and `.schema.json` beside it are derived from it and kept fresh by a test.
 */
import { Type, type Static, type TSchema } from "typebox";

const Count = Type.Integer({ minimum: 0, maximum: 0xffff_ffff });
const Signed = Type.Integer({ minimum: -0x8000_0000, maximum: 0x7fff_ffff });
/** Milliseconds since 1970; needs more than 32 bits. */
const Instant = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER });
/** A 64-bit identifier, kept as a decimal string because a double cannot hold it. */
const Id64 = Type.String({ pattern: "^[0-9]{1,20}$" });
const Decimal = Type.Number();
const Text = Type.String();
/** Written as one type list, not as a union: the form that schema compilers handle best. */
const nullable = <T extends TSchema & { type: string }>(schema: T) =>
  Type.Unsafe<Static<T> | null>({ ...schema, type: [schema.type, "null"] });
/** A map whose keys are data. */
const mapOf = <T extends TSchema>(value: T) =>
  Type.Unsafe<Record<string, Static<T>>>({ type: "object", additionalProperties: value });
/** With at least one key, so that a format may take an empty one for a missing one. */
const someOf = <T extends TSchema>(value: T) =>
  Type.Unsafe<Record<string, Static<T>>>({
    type: "object",
    additionalProperties: value,
    minProperties: 1,
  });
const object = <P extends Record<string, TSchema>>(properties: P) =>
  Type.Object(properties, { additionalProperties: false });

const Session = object({
  id: Id64,
  previous: nullable(Id64),
  /** On the game's own clock, as is every time in a fact but `receivedAt`. */
  startedAt: Instant,
  milliseconds: Count,
  resumed: Type.Boolean(),
});

const Player = object({
  id: Count,
  name: Text,
  guild: nullable(Text),
  level: Count,
  country: Text,
  locale: Text,
  /** When they registered, in days before the first game day. */
  daysBeforeWorld: Count,
  invitedBy: Type.Optional(Text),
  segments: Type.Array(Text),
  experiments: mapOf(Text),
});

const Device = object({
  model: Text,
  os: Text,
  osVersion: Text,
  cores: Count,
  memoryMegabytes: Count,
  screen: object({ width: Count, height: Count, scale: Decimal }),
  rooted: Type.Boolean(),
});

const Build = object({ version: Text, number: Count, channel: nullable(Text) });

const Stack = object({ item: Text, count: Count });

/** What an event of each type says beyond its time and place. */
export const eventPayloads = {
  start: object({ place: Text, boost: Type.Optional(Text) }),
  coin: object({ value: Count, streak: Count }),
  jump: object({ height: Decimal, milliseconds: Count }),
  slide: object({ milliseconds: Count }),
  "power-up": object({ power: Text, milliseconds: Count }),
  stumble: object({ obstacle: Text, health: Count }),
  hit: object({ enemy: Text, damage: Count, critical: Type.Boolean() }),
  checkpoint: object({ place: Text, splitMilliseconds: Count }),
  chest: object({ tier: Count, loot: someOf(Count) }),
  "mission-step": object({ mission: Count, progress: Count, goal: Count }),
  "offer-seen": object({ offer: Text, price: Decimal, currency: Text }),
  purchase: object({ offer: Text, price: Decimal, currency: Text, receipt: Id64 }),
  rival: object({ rival: Text, gap: Decimal }),
  revive: object({ cost: Count, health: Count }),
  death: object({
    cause: Text,
    place: Text,
    enemy: Type.Optional(Text),
    inventory: someOf(Count),
  }),
  finish: object({ place: Text, rank: Count }),
} as const;

type EventPayloads = { [T in keyof typeof eventPayloads]: Static<(typeof eventPayloads)[T]> };
export type EventType = keyof EventPayloads;

const place = {
  district: Text,
  lane: Signed,
  distanceMetres: Decimal,
  speedMetresPerSecond: Decimal,
};
type Place = { [P in keyof typeof place]: Static<(typeof place)[P]> };

/** An event of the type `T`, with the payload of its type. */
export type Event<T extends EventType = EventType> = {
  [U in T]: Place & { atMilliseconds: number; type: U; payload: EventPayloads[U] };
}[T];

/** Payloads by type, said as what every format can say: one object with all fields optional. */
const AnyEvent = Type.Unsafe<Event>(
  object({
    /** Since the run's start. */
    atMilliseconds: Count,
    type: Type.Unsafe<EventType>({ type: "string", enum: Object.keys(eventPayloads) }),
    ...place,
    payload: Type.Partial(
      object(
        Object.assign({}, ...Object.values(eventPayloads).map(({ properties }) => properties)),
      ),
      { additionalProperties: false },
    ),
  }),
);

const Run = object({
  /** In the session, from one. */
  number: Count,
  /** Since the session's start, as are all times outside of events. */
  startedAt: Count,
  milliseconds: Count,
  seed: Count,
  score: Count,
  /** What its coin events are worth. */
  coins: Count,
  distanceMetres: Decimal,
  completed: Type.Boolean(),
  events: Type.Array(AnyEvent),
});

/** What is carried on runs, by item: found in chests, and lost in deaths. */
const Cargo = object({ opening: mapOf(Count), closing: mapOf(Count) });

/** What one death cost: no more of an item than was carried. */
const Loss = object({
  /** The run's number. */
  run: Count,
  atMilliseconds: Count,
  items: Type.Array(object({ item: Text, dropped: Count, destroyed: Count })),
});

const JournalEntry = object({
  atMilliseconds: Count,
  reason: Text,
  amount: Signed,
  balance: Count,
});

/** Each balance is the one before and the amount; `byReason` sums the amounts. */
const Wallet = object({
  opening: Count,
  closing: Count,
  byReason: mapOf(Signed),
  journal: Type.Array(JournalEntry),
});

const Fill = object({ atMilliseconds: Count, volume: Count, price: Decimal });

/** Fills and what remains make the volume. */
const Order = object({
  id: Id64,
  type: Text,
  item: Text,
  station: Count,
  price: Decimal,
  volume: Count,
  remaining: Count,
  range: Count,
  days: Count,
  /** When the session begins. */
  ageHours: Count,
  fills: Type.Array(Fill),
});

const Contract = object({
  id: Id64,
  kind: Text,
  issuer: Text,
  from: Count,
  to: Count,
  reward: Decimal,
  collateral: Count,
  issuedAt: Count,
  acceptedAt: nullable(Count),
  items: Type.Array(Stack),
});

const Job = object({
  id: Id64,
  activity: Text,
  blueprint: Text,
  runs: Count,
  cost: Decimal,
  startedAt: Count,
  endsAt: Count,
  materials: mapOf(Count),
});

/** What a player keeps at one station, by item. */
const Hangar = object({ station: Count, items: mapOf(Count) });

const Performance = object({
  frames: Count,
  /** Frames of up to 4 ms, 8 ms, and so on; they add up to `frames`. */
  frameHistogram: Type.Array(Count),
  frameMilliseconds: Type.Array(Count),
  memoryMegabytes: Type.Array(Count),
  batteryPercent: Type.Array(Decimal),
  charging: Type.Boolean(),
  roundTripMilliseconds: Type.Array(Count),
  lostPackets: mapOf(Count),
});

const ChatLine = object({ atMilliseconds: Count, channel: Text, from: Text, text: Text });

export const hellFactSchema = Type.Object(
  {
    factId: Id64,
    schemaVersion: Count,
    /** On the pipeline's clock: a game day may be shorter there. */
    receivedAt: Instant,
    gameDay: Count,
    /** Milliseconds since the game day began. */
    gameTime: Count,
    session: Session,
    player: Player,
    device: Device,
    build: Build,
    runs: Type.Array(Run),
    eventsByType: mapOf(Count),
    cargo: Cargo,
    losses: Type.Array(Loss),
    wallet: Wallet,
    orders: Type.Array(Order),
    contracts: Type.Array(Contract),
    jobs: Type.Array(Job),
    hangars: Type.Array(Hangar),
    performance: Performance,
    chat: Type.Array(ChatLine),
  },
  { title: "HellFact", additionalProperties: false },
);

/** One event record of the fake game *totalhelldeath*. */
export type HellFact = Static<typeof hellFactSchema>;
