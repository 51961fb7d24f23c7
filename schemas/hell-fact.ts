/**
 * The one truth about the shape of a hell fact: what one client of *totalhelldeath* uploads for one
 * stretch of play. The TypeScript type and the JSON Schema come from the definition below; the
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
/** Written as one type list, not as a union: the form that schema compilers handle best. */
const nullable = <T extends TSchema & { type: string }>(schema: T) =>
  Type.Unsafe<Static<T> | null>({ ...schema, type: [schema.type, "null"] });
/** A map whose keys are data. */
const mapOf = <T extends TSchema>(value: T) =>
  Type.Unsafe<Record<string, Static<T>>>({ type: "object", additionalProperties: value });
const object = <P extends Record<string, TSchema>>(properties: P) =>
  Type.Object(properties, { additionalProperties: false });

const Player = object({
  id: Count,
  name: Type.String(),
  guild: nullable(Type.String()),
  level: Count,
  country: Type.String(),
  locale: Type.String(),
  segments: Type.Array(Type.String()),
  experiments: mapOf(Type.String()),
});

const Device = object({
  model: Type.String(),
  os: Type.String(),
  osVersion: Type.String(),
  cores: Count,
  memoryMegabytes: Count,
  screen: object({ width: Count, height: Count, scale: Decimal }),
  rooted: Type.Boolean(),
});

/** What an event says beyond its type and place; each type uses the fields that are its own. */
const Payload = object({
  value: Type.Optional(Count),
  streak: Type.Optional(Count),
  height: Type.Optional(Decimal),
  milliseconds: Type.Optional(Count),
  kind: Type.Optional(Type.String()),
  obstacle: Type.Optional(Type.String()),
  tier: Type.Optional(Count),
  loot: Type.Optional(mapOf(Count)),
  cause: Type.Optional(Type.String()),
  place: Type.Optional(Type.String()),
  mission: Type.Optional(Count),
  progress: Type.Optional(Count),
  goal: Type.Optional(Count),
  offer: Type.Optional(Type.String()),
  price: Type.Optional(Decimal),
});

const Event = object({
  at: Count,
  type: Type.String(),
  lane: Signed,
  distance: Decimal,
  speed: Decimal,
  payload: Payload,
});

const Run = object({
  id: Count,
  startedAt: Instant,
  milliseconds: Count,
  seed: Count,
  score: Count,
  coins: Count,
  distance: Decimal,
  completed: Type.Boolean(),
  events: Type.Array(Event),
});

const JournalEntry = object({ at: Count, reason: Type.String(), amount: Signed, balance: Count });

const Wallet = object({
  opening: Count,
  closing: Count,
  byReason: mapOf(Signed),
  journal: Type.Array(JournalEntry),
});

const Fill = object({ at: Count, volume: Count, price: Decimal });

const Order = object({
  id: Id64,
  item: Count,
  station: Count,
  buy: Type.Boolean(),
  price: Decimal,
  volume: Count,
  remaining: Count,
  range: Count,
  days: Count,
  issuedAt: Instant,
  fills: Type.Array(Fill),
});

const Performance = object({
  frameHistogram: Type.Array(Count),
  frameMilliseconds: Type.Array(Count),
  memoryMegabytes: Type.Array(Count),
  batteryPercent: Type.Array(Decimal),
  roundTripMilliseconds: Type.Array(Count),
});

const ChatLine = object({ at: Count, channel: Type.String(), text: Type.String() });

export const hellFactSchema = Type.Object(
  {
    factId: Id64,
    schemaVersion: Count,
    receivedAt: Instant,
    gameDay: Count,
    session: object({ id: Id64, startedAt: Instant, milliseconds: Count, resumed: Type.Boolean() }),
    player: Player,
    device: Device,
    build: object({ version: Type.String(), number: Count, channel: nullable(Type.String()) }),
    runs: Type.Array(Run),
    wallet: Wallet,
    orders: Type.Array(Order),
    inventory: mapOf(Count),
    performance: Performance,
    chat: Type.Array(ChatLine),
  },
  { title: "HellFact", additionalProperties: false },
);

/** One event record of the fake game *totalhelldeath*. */
export type HellFact = Static<typeof hellFactSchema>;
