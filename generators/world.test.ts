import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { Ajv } from "ajv";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { anyIndex, anySeed, sumOf, thousand, world, worldWith } from "../src/testing/worlds.js";
import { eventPayloads, type HellFact } from "../schemas/hell-fact.js";
import schema from "../schemas/hell-fact.schema.json" with { type: "json" };
import { ShapeTally } from "../src/shape/shape.js";
import { LAST_INDEX, PROFILE_LIMITS, type Profile } from "./profile.js";
import { HELL_FACT_FIELDS, World } from "./world.js";

const validate = new Ajv({ strict: true, allowUnionTypes: true }).compile(schema);

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
