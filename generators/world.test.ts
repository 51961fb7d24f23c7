import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { Ajv } from "ajv";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { eventPayloads, type HellFact } from "../schemas/hell-fact.js";
import schema from "../schemas/hell-fact.schema.json" with { type: "json" };
import { ShapeTally } from "../src/shape/shape.js";
import {
  DAY_MILLISECONDS,
  DEFAULT_PROFILE,
  LAST_INDEX,
  PROFILE_LIMITS,
  type Profile,
} from "./profile.js";
import { HELL_FACT_FIELDS, World } from "./world.js";

const anySeed = fc.maxSafeNat();
const anyIndex = fc.maxSafeNat();
const world = new World(42);
const thousand = Array.from({ length: 1000 }, (_, index) => world.fact(index));
const validate = new Ajv({ strict: true, allowUnionTypes: true }).compile(schema);

/** The default world but for some fields. */
function worldWith(seed: number, fields: Partial<Profile>): World {
  return new World(seed, { ...DEFAULT_PROFILE, ...fields });
}

function sumOf(numbers: Iterable<number>): number {
  let sum = 0;
  for (const number of numbers) sum += number;
  return sum;
}

describe("a fact is a function of seed and index alone", () => {
  test("whenever and in whatever order it is made", () => {
    fc.assert(
      fc.property(
        anySeed,
        anyIndex,
        anyIndex,
        fc.integer({ min: 1, max: 9 }),
        (seed, index, other, duplication) => {
          const one = worldWith(seed, { duplication });
          const first = JSON.stringify(one.fact(index));
          one.fact(other);
          expect(JSON.stringify(one.fact(index))).toBe(first);
          expect(JSON.stringify(worldWith(seed, { duplication }).fact(index))).toBe(first);
        },
      ),
    );
  });

  test("the first thousand are the same on every runtime and in every version", () => {
    const text = thousand.map((fact) => JSON.stringify(fact)).join("\n");
    // If facts change on purpose, so do all figures: say so in the changelog.
    expect(createHash("sha256").update(text).digest("hex")).toBe(
      "3aa56c152f3b1ded727d79098804d351a165b0ad671d9a4b2b0115b7900975d3",
    );
  });

  test("other seeds and other indexes give other facts", () => {
    const ids = new Set(thousand.map(({ factId }) => factId));
    expect(ids.size).toBe(1000);
    const facts = [new World(43).fact(0), world.fact(2 ** 40), new World(2 ** 40 + 42).fact(0)];
    for (const { factId, runs } of facts) {
      expect(factId).not.toBe(thousand[0]?.factId);
      expect(runs).not.toEqual(thousand[0]?.runs);
    }
    expect(world.fact(LAST_INDEX).factId).not.toBe(world.fact(LAST_INDEX - 1).factId);
  });
});

test("every fact is valid against the JSON Schema, at every size", () => {
  fc.assert(
    fc.property(
      anySeed,
      anyIndex,
      fc.constantFrom(4_000, 40_000, PROFILE_LIMITS.factBytes.most),
      (seed, index, factBytes) => {
        validate(worldWith(seed, { factBytes }).fact(index));
        expect(validate.errors).toBeNull();
      },
    ),
    { numRuns: 300 },
  );
});

test("an event's payload has the fields of its type", () => {
  const seen = new Set<string>();
  for (const { runs } of thousand) {
    for (const { type, payload } of runs.flatMap(({ events }) => events)) {
      seen.add(type);
      const { properties, required } = eventPayloads[type];
      expect(Object.keys(properties)).toEqual(expect.arrayContaining(Object.keys(payload)));
      expect(Object.keys(payload)).toEqual(expect.arrayContaining([...required]));
    }
  }
  expect([...seen].toSorted()).toEqual(Object.keys(eventPayloads).toSorted());
});

test("a fact survives JSON unchanged: nothing in it is beyond what JSON can say", () => {
  for (const fact of thousand.slice(0, 100)) {
    expect(JSON.parse(JSON.stringify(fact))).toStrictEqual(fact);
  }
});

test("the fields to read alone are there in every fact", () => {
  for (const fact of thousand) {
    for (const path of HELL_FACT_FIELDS) {
      const value = path.reduce<unknown>(
        (inner, step) => (inner as Record<string | number, unknown>)[step],
        fact,
      );
      expect(value).toBeDefined();
    }
  }
});

describe("facts have the shape of real telemetry", () => {
  const tally = new ShapeTally((text) => gzipSync(text, { level: 6 }).length);
  for (const fact of thousand) tally.add(fact);
  const shape = tally.report();

  test.each<[string, number, number, number]>([
    ["mean bytes", shape.jsonBytes.mean, 39_200, 40_800],
    ["bytes of a small one", shape.jsonBytes.low, 10_000, 20_000],
    ["bytes of a large one", shape.jsonBytes.high, 70_000, 100_000],
    ["gzip ratio, mean", shape.gzipRatio.mean, 5, 10],
    ["gzip ratio of a small one", shape.gzipRatio.low, 4.5, 10],
    ["gzip ratio of a large one", shape.gzipRatio.high, 5, 10],
    ["integers", shape.leafShares.integers, 0.55, 0.89],
    ["decimals", shape.leafShares.decimals, 0.01, 0.15],
    ["strings", shape.leafShares.strings, 0.09, 0.38],
    ["depth of a flat one", shape.depth.low, 5, 7],
    ["depth of a deep one", shape.depth.high, 5, 7],
    ["key bytes", shape.keyBytes, 0.45, 0.7],
    ["distinct strings", shape.distinctStrings.mean, 0.1, 0.35],
    ["non-ASCII strings", shape.nonAsciiStrings, 0.01, 0.08],
  ])("%s", (_, value, least, most) => {
    expect(value).toBeGreaterThanOrEqual(least);
    expect(value).toBeLessThanOrEqual(most);
  });

  test("about 150 events, and null, missing and empty things among them", () => {
    const events = sumOf(thousand.flatMap(({ runs }) => runs.map((run) => run.events.length)));
    expect(events / 1000).toBeGreaterThan(145);
    expect(events / 1000).toBeLessThan(155);
    expect(thousand.some(({ player }) => player.guild === null)).toBe(true);
    expect(thousand.some(({ player }) => player.invitedBy === undefined)).toBe(true);
    expect(thousand.some(({ chat }) => chat.length === 0)).toBe(true);
  });
});

test.each([4_000, 10_000, 40_000, 150_000, 1_000_000])(
  "facts of %d bytes in the mean have more or less of everything, not longer strings",
  (factBytes) => {
    const scaled = worldWith(42, { factBytes });
    const facts = Array.from({ length: factBytes > 200_000 ? 64 : 320 }, (_, index) =>
      scaled.fact(index),
    );
    const bytes = sumOf(facts.map((fact) => Buffer.byteLength(JSON.stringify(fact))));
    expect(bytes / facts.length / factBytes).toBeGreaterThan(0.95);
    expect(bytes / facts.length / factBytes).toBeLessThan(1.05);
    const longest = Math.max(
      ...facts.flatMap(({ chat }) => chat.map(({ text }) => text.length)),
      ...facts.map(({ player }) => player.name.length),
    );
    expect(longest).toBeLessThan(40);
    const each = (count: (fact: HellFact) => number) => sumOf(facts.map(count)) / facts.length;
    const share = factBytes / 40_000;
    expect(each(({ orders }) => orders.length) / share).toBeGreaterThan(5);
    expect(each(({ performance }) => performance.frameMilliseconds.length) / share).toBeGreaterThan(
      50,
    );
  },
);

describe("the economy balances", () => {
  /** Facts from all over the world of all worlds. */
  const facts = [
    ...thousand,
    ...fc
      .sample(fc.tuple(anySeed, anyIndex), { numRuns: 3000, seed: 1 })
      .map(([seed, index]) => new World(seed).fact(index)),
    ...Array.from({ length: 30 }, (_, index) => worldWith(1, { factBytes: 500_000 }).fact(index)),
  ];

  /** The first fact for which something does not hold. */
  function violation(check: (fact: HellFact) => boolean): HellFact | undefined {
    return facts.find((fact) => !check(fact));
  }

  function isSorted(numbers: readonly number[]): boolean {
    return numbers.every((number, index) => index === 0 || number >= (numbers[index - 1] ?? 0));
  }

  test("each balance is the one before and the amount, from opening to closing", () => {
    const wrong = violation(({ wallet: { opening, closing, journal } }) => {
      let balance = opening;
      const balances = journal.every((entry) => {
        balance += entry.amount;
        return entry.balance === balance && balance >= 0;
      });
      return balances && balance === closing;
    });
    expect(wrong).toBeUndefined();
  });

  test("amounts by reason add up to what was earned and spent for that reason", () => {
    const wrong = violation(({ wallet: { opening, closing, journal, byReason } }) => {
      const reasons = Object.entries(byReason).every(([reason, amount]) => {
        const entries = journal.filter((entry) => entry.reason === reason);
        return sumOf(entries.map((entry) => entry.amount)) === amount;
      });
      return reasons && sumOf(Object.values(byReason)) === closing - opening;
    });
    expect(wrong).toBeUndefined();
  });

  test("what was filled and what remains make the order's volume, in order of time", () => {
    const wrong = violation(({ orders }) =>
      orders.every(
        ({ volume, remaining, fills }) =>
          sumOf(fills.map((fill) => fill.volume)) + remaining === volume &&
          remaining >= 0 &&
          fills.every((fill) => fill.volume > 0) &&
          isSorted(fills.map(({ atMilliseconds }) => atMilliseconds)),
      ),
    );
    expect(wrong).toBeUndefined();
  });

  test("what was dropped or destroyed was owned, and the rest is still there", () => {
    const wrong = violation(({ cargo, runs, losses }) => {
      const owned: Record<string, number> = { ...cargo.opening };
      const events = runs.flatMap((run) => run.events.map((event) => ({ ...event, run })));
      const deaths = events.every(({ type, payload, run }) => {
        if (type === "chest") {
          for (const [item, count] of Object.entries(payload.loot)) {
            owned[item] = (owned[item] ?? NaN) + count;
          }
        }
        if (type !== "death") return true;
        const known = JSON.stringify(payload.inventory) === JSON.stringify(owned);
        const loss = losses.find((one) => one.run === run.number);
        for (const { item, dropped, destroyed } of loss?.items ?? []) {
          owned[item] = (owned[item] ?? NaN) - dropped - destroyed;
        }
        return known && loss !== undefined && Object.values(owned).every((count) => count >= 0);
      });
      const failed = runs.filter(({ completed }) => !completed);
      return (
        deaths &&
        losses.length === failed.length &&
        JSON.stringify(owned) === JSON.stringify(cargo.closing)
      );
    });
    expect(wrong).toBeUndefined();
  });

  test("some loot is found, some is dropped and some is destroyed", () => {
    const items = facts.flatMap(({ losses }) => losses.flatMap((loss) => loss.items));
    expect(sumOf(items.map(({ dropped }) => dropped))).toBeGreaterThan(facts.length);
    expect(sumOf(items.map(({ destroyed }) => destroyed))).toBeGreaterThan(facts.length);
    expect(sumOf(facts.map(({ eventsByType }) => eventsByType["chest"] ?? 0))).toBeGreaterThan(
      facts.length,
    );
  });

  test("coins, distances and counts are those of the events", () => {
    const wrong = violation(({ runs, eventsByType, session }) => {
      const byType: Record<string, number> = Object.fromEntries(
        Object.keys(eventPayloads).map((type) => [type, 0]),
      );
      const runsAgree = runs.every((run) => {
        let coins = 0;
        for (const { type, payload } of run.events) {
          byType[type] = (byType[type] ?? NaN) + 1;
          if (type === "coin") coins += payload.value;
        }
        const last = run.events.at(-1);
        return (
          run.coins === coins &&
          run.events[0]?.type === "start" &&
          last?.type === (run.completed ? "finish" : "death") &&
          last.atMilliseconds === run.milliseconds &&
          last.distanceMetres === run.distanceMetres &&
          isSorted(run.events.map(({ atMilliseconds }) => atMilliseconds))
        );
      });
      const ended = (runs.at(-1)?.startedAt ?? NaN) + (runs.at(-1)?.milliseconds ?? NaN);
      return (
        runsAgree &&
        ended === session.milliseconds &&
        JSON.stringify(eventsByType) === JSON.stringify(byType)
      );
    });
    expect(wrong).toBeUndefined();
  });

  test("contracts are accepted after they were issued, and frames add up", () => {
    const wrong = violation(
      ({ contracts, performance }) =>
        contracts.every(({ issuedAt, acceptedAt }) => (acceptedAt ?? issuedAt) >= issuedAt) &&
        sumOf(performance.frameHistogram) === performance.frames,
    );
    expect(wrong).toBeUndefined();
  });
});

test("sizes are the same at the end of the world as at its beginning", () => {
  const last = Array.from({ length: 32 }, (_, index) => world.fact(LAST_INDEX - 31 + index));
  const bytes = sumOf(last.map((fact) => Buffer.byteLength(JSON.stringify(fact))));
  expect(bytes / 32).toBeGreaterThan(36_000);
  expect(bytes / 32).toBeLessThan(44_000);
});

test.each<Partial<Profile>>([
  { factBytes: 100 },
  { duplication: 0 },
  { gameDayMilliseconds: 1.5 },
  { players: 10 },
])("a world of %j is refused", (fields) => {
  const [field = ""] = Object.keys(fields);
  expect(() => worldWith(1, fields)).toThrow(field);
});

describe("duplication", () => {
  const duplicated = worldWith(42, { duplication: 5 });
  const facts = Array.from({ length: 50 }, (_, index) => duplicated.fact(index));

  test("tells what happened again, as other players' at other times", () => {
    facts.forEach((fact, index) => {
      const original = thousand[Math.floor(index / 5)] as HellFact;
      const bodyOf = ({ runs, wallet, orders, performance, chat }: HellFact) =>
        JSON.stringify({ runs, wallet, orders, performance, chat });
      expect(bodyOf(fact)).toBe(bodyOf(original));
    });
    expect(new Set(facts.map(({ factId }) => factId)).size).toBe(50);
    expect(new Set(facts.map(({ session }) => session.id)).size).toBe(50);
    expect(new Set(facts.map(({ player }) => player.id)).size).toBeGreaterThan(45);
    expect(new Set(facts.map(({ session }) => session.startedAt)).size).toBe(50);
  });

  test("makes facts that are valid all the same", () => {
    for (const fact of facts) {
      validate(fact);
      expect(validate.errors).toBeNull();
    }
  });
});

describe("time and crowd", () => {
  /** Facts from all parts of one day. */
  const day = Array.from({ length: 24_000 }, (_, part) =>
    Math.floor((part * DEFAULT_PROFILE.activePerDay) / 24_000),
  );
  const envelopes = day.map((index) => world.envelope(index, 0));

  test("facts arrive in order, over a day that has its hours", () => {
    const times = envelopes.map(({ receivedAt }) => receivedAt);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(envelopes.every(({ gameDay }) => gameDay === 0)).toBe(true);
    const inHour = (hour: number) =>
      envelopes.filter(({ gameTime }) => Math.floor(gameTime / 3_600_000) === hour).length;
    expect(inHour(20) / inHour(4)).toBeGreaterThan(5);
    expect(world.envelope(DEFAULT_PROFILE.activePerDay, 0).gameDay).toBe(1);
  });

  test("a session ends before its fact is uploaded", () => {
    for (const { session, gameDay, gameTime, receivedAt } of thousand) {
      expect(session.startedAt + session.milliseconds).toBeLessThan(receivedAt);
      expect(receivedAt % DAY_MILLISECONDS).toBe(gameTime);
      expect(gameDay).toBe(0);
    }
  });

  test("a game day compressed into a minute brings a day's facts in a minute", () => {
    const fast = worldWith(42, { gameDayMilliseconds: 60_000 });
    const start = fast.envelope(0, 0).receivedAt;
    const [noon, dawn] = [3_000_000, 7_000_000].map((index) => fast.envelope(index, 0));
    expect((noon?.receivedAt ?? 0) - start).toBeLessThan(60_000);
    expect((dawn?.receivedAt ?? 0) - start).toBe(60_000);
    expect(noon?.gameTime).toBe(world.envelope(3_000_000, 0).gameTime);
  });

  test("few play much, and most play little", () => {
    const counts = new Map<number, number>();
    const small = worldWith(42, { activePerDay: 20_000, players: 100_000 });
    for (let index = 0; index < 20_000; index++) {
      const { id } = small.envelope(index, 0).player;
      counts.set(id, (counts.get(id) ?? 0) + 1);
      expect(id).toBeLessThan(100_000);
    }
    const sorted = [...counts.values()].toSorted((a, b) => b - a);
    const topHundredth = sumOf(sorted.slice(0, sorted.length / 100));
    expect(topHundredth / 20_000).toBeGreaterThan(0.15);
    expect(sorted[Math.floor(sorted.length / 2)]).toBeLessThanOrEqual(2);
  });

  test.each([15_485_863, 30_971_726, 400_000_000])("%d players have as many ids", (players) => {
    const other = worldWith(42, { players, activePerDay: 1_000 });
    const ids = Array.from({ length: 400 }, (_, index) => other.envelope(index, 0).player.id);
    expect(new Set(ids).size).toBeGreaterThan(150);
  });

  test("a day has the events that its crowd makes, whatever a fact's size", () => {
    for (const factBytes of [10_000, 40_000, 200_000]) {
      const other = worldWith(42, { factBytes, activePerDay: 10_000, players: 100_000 });
      let facts = 0;
      while (other.envelope(facts, 0).gameDay === 0) facts += 1;
      const some = Array.from({ length: 96 }, (_, index) => other.fact(index));
      const events = sumOf(some.flatMap(({ runs }) => runs.map((run) => run.events.length))) / 96;
      const ratio = (facts * events) / (10_000 * DEFAULT_PROFILE.eventsPerPlayer);
      expect(Math.abs(ratio - 1)).toBeLessThan(0.05);
    }
  });

  test("a player is the same person in all their facts", () => {
    const people = new Map<number, string>();
    const small = worldWith(42, { activePerDay: 50, players: 200 });
    for (let index = 0; index < 2_000; index++) {
      const { player, device, build } = small.envelope(index, 0);
      const { id, level, ...rest } = player;
      expect(level).toBeLessThanOrEqual(80);
      const person = JSON.stringify({ rest, device, build });
      expect(people.get(id) ?? person).toBe(person);
      people.set(id, person);
    }
    expect(people.size).toBeGreaterThan(50);
  });
});
