/** The rule on shapes that people have, drawn at random: which objects are maps, and where it says that it is unsure. */
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { describe, expect, test } from "vitest";
import { Random } from "../../../generators/random.js";
import type { Fact } from "../../core/fact.js";
import { clicks, experimentNames } from "../../../bench/clicks.js";
import { realDocuments } from "../../testing/shared-data.js";
import { SchemaInference, type PathCertainty } from "../infer.js";

/** What the field `x` of many facts was taken for. */
function taken(facts: Iterable<Fact>): { as: string; sure: boolean } {
  const inference = new SchemaInference();
  for (const fact of facts) inference.observe(fact);
  const { schema, paths } = inference.result();
  const x = paths.find(({ path }) => path === "x");
  return {
    as: schema.properties?.["x"]?.properties === undefined ? "map" : "record",
    sure: x?.unsure !== true,
  };
}

/** Names without a pattern; the same ones for the same seed. */
function word(random: Random, letters = 7): string {
  return Array.from({ length: letters }, () => String.fromCharCode(97 + random.below(26))).join("");
}

const words = Array.from({ length: 500 }, (_, index) => word(new Random(1, index, 9)));

/** Each of some fields with a probability, in the order of the code that writes them. */
function optional(random: Random, names: readonly string[], percent: number, value: () => unknown) {
  return Object.fromEntries(
    names.filter(() => random.chance(percent)).map((name) => [name, value()]),
  );
}

/** A few of some keys, as they happen. */
function some(random: Random, names: readonly string[], count: number, value: () => unknown) {
  const own = Array.from({ length: count }, () => names[random.below(names.length)] ?? "");
  return Object.fromEntries(own.map((name) => [name, value()]));
}

/** A few keys out of ever more that there are. */
function ever(random: Random, key: () => string, value: () => unknown) {
  return Object.fromEntries(
    Array.from({ length: random.between(1, 6) }, () => [key(), value()] as const),
  );
}

const LOCALES =
  "de fr es it pt-BR pt-PT nl pl sv da fi no cs hu ro tr el bg zh-CN zh-TW ja ko".split(" ");
const STATES =
  "queued running done failed retried late skipped lost merged split held closed".split(" ");

type Shape = (random: Random, index: number) => unknown;

const MAPS: Record<string, Shape> = {
  "ids of users as keys": (random) =>
    ever(
      random,
      () => `u${random.below(1e6)}`,
      () => random.below(9),
    ),
  "ids without a pattern": (random) =>
    ever(
      random,
      () => word(random),
      () => random.below(9),
    ),
  "dates as keys": (random) =>
    ever(
      random,
      () => `2026-11-${random.between(10, 28)}`,
      () => random.share(),
    ),
  "status codes as keys": (random) => some(random, ["200", "301", "404", "500"], 2, () => 1),
  "enums as keys, counted as they happen": (random) =>
    some(random, STATES, 3, () => random.below(99)),
  "mail addresses as keys": (random) =>
    ever(
      random,
      () => `${word(random)}@${word(random)}.example`,
      () => "owner",
    ),
  "squares of a board as keys": (random) =>
    ever(
      random,
      () => `${"abcdefgh"[random.below(8)]}${random.between(1, 8)}`,
      () => random.below(9),
    ),
  "400 experiments, on or off, or a variant": (_, index) => clicks(1, 400, index)[0]?.experiments,
  "records by a name": (random) =>
    ever(
      random,
      () => word(random),
      () => ({ kills: random.below(9), place: word(random), at: [1] }),
    ),
  "maps of records by two names": (random) =>
    ever(
      random,
      () => word(random),
      () =>
        ever(
          random,
          () => word(random),
          () => ({ kills: 1, place: "a" }),
        ),
    ),
  "lists by a name": (random) =>
    ever(
      random,
      () => word(random),
      () => [word(random)],
    ),
  "texts by their language": (random) => ({
    en: "hello",
    ...some(random, LOCALES, random.between(0, 6), () => word(random)),
  }),
  "prices by currency, now and then": (random) =>
    some(random, ["EUR", "USD", "GBP", "JPY", "CHF", "SEK", "PLN", "CZK", "DKK"], 3, () =>
      random.share(),
    ),
  "unions behind ever other names": (random) =>
    ever(
      random,
      () => word(random),
      () => (random.chance(50) ? word(random) : random.below(9)),
    ),
  "words and how often they were said": (random) =>
    ever(
      random,
      () => words[Math.floor(500 * random.share() ** 3)] ?? "",
      () => random.below(9),
    ),
};

const RECORDS: Record<string, Shape> = {
  "optional fields of many types": (random, index) => ({
    ...(index % 3 === 0 && { note: "a" }),
    ...(index % 4 === 0 && { amount: random.share() }),
    ...optional(random, ["a", "b", "c", "d", "e"], 20, () => true),
    ...optional(random, ["tags", "likes", "links"], 30, () => ["x"]),
  }),
  "a dozen optional texts": (random) =>
    optional(random, words.slice(0, 12), 25, () => word(random)),
  "fields that come now and then, behind three that always do": (random) => ({
    ...{ id: "a", level: "b", service: "c" },
    ...optional(random, words.slice(0, 25), 15, () => word(random)),
  }),
  "flags that all have a value": (random) =>
    Object.fromEntries(
      words.slice(0, 60).map((name, at) => [name, at % 2 === 0 ? "on" : random.chance(50)]),
    ),
  "many measures, all of them": () =>
    Object.fromEntries(words.slice(0, 90).map((name) => [name, 1.5])),
  "many measures, most of them": (random) => optional(random, words.slice(0, 90), 70, () => 1.5),
  "events of twenty kinds": (random) => {
    const kind = random.below(20);
    const own = words.slice(kind * 5, kind * 5 + 5);
    return Object.fromEntries(own.map((name, at) => [name, [1, "a", true, [2], { b: 1 }][at]]));
  },
  "a newer version with eight fields more": (_, index) =>
    Object.fromEntries(words.slice(0, index < 150 ? 10 : 18).map((name) => [name, "a"])),
  "all prices": () =>
    Object.fromEntries(
      ["EUR", "USD", "GBP", "JPY", "CHF", "SEK", "PLN", "CZK"].map((key) => [key, 1]),
    ),
  "places of a numbered team": () =>
    Object.fromEntries(words.slice(0, 10).map((_, at) => [`item_${at}`, at])),
  "two addresses": () => ({ home: { street: "a", town: "b" }, work: { street: "c", town: "d" } }),
  "few keys, each now and then": (random) => some(random, ["a", "b", "c", "d", "e"], 1, () => 1),
};

describe.each([300, 3000])("in %d facts", (facts) => {
  const drawn = (shape: Shape, seed: number) =>
    Array.from({ length: facts }, (_, index) => ({ x: shape(new Random(seed, index, 3), index) }));

  test.each(Object.entries(MAPS))("a map: %s", (_, shape) => {
    for (const seed of [1, 2, 3])
      expect(taken(drawn(shape, seed))).toEqual({ as: "map", sure: true });
  });

  test.each(Object.entries(RECORDS))("a record: %s", (_, shape) => {
    for (const seed of [1, 2, 3]) {
      expect(taken(drawn(shape, seed))).toEqual({ as: "record", sure: true });
    }
  });
});

describe("it says that it is unsure", () => {
  const random = new Random(5, 0, 3);
  const wide = Object.fromEntries(words.slice(0, 200).map((name) => [name, 1]));
  const halves = [0, 8, 16].map((from) => ({
    x: Object.fromEntries(words.slice(from, from + 8).map((name) => [name, 1])),
  }));
  test.each<[string, Fact[], string]>([
    ["of ever other keys in three facts", halves, "map"],
    ["of one fact with 200 keys", [{ x: wide }], "map"],
    [
      "of forty sparse texts in one order",
      Array.from({ length: 900 }, () => ({
        x: optional(random, words.slice(0, 40), 15, () => "a"),
      })),
      "record",
    ],
    [
      "of many sparse texts behind two that are always there",
      Array.from({ length: 900 }, () => ({
        x: { id: "a", kind: "b", ...optional(random, words.slice(0, 90), 5, () => "a") },
      })),
      "record",
    ],
  ])("%s", (_, facts, as) => {
    expect(taken(facts)).toEqual({ as, sure: false });
  });

  test("of 400 flags, each with its own type", () => {
    const facts = Array.from({ length: 900 }, () => {
      const own = Object.keys(some(random, words.slice(0, 400), 6, () => true)).toSorted();
      return { x: Object.fromEntries(own.map((key) => [key, key < "n" ? true : "blue"])) };
    });
    expect(taken(facts)).toEqual({ as: "map", sure: false });
  });

  test("but not of one small fact", () => {
    const x = Object.fromEntries(words.slice(0, 20).map((name) => [name, 1]));
    expect(taken([{ x }])).toEqual({ as: "record", sure: true });
  });
});

test("6,000 clicks with 400 experiments have a map, and three fields besides", () => {
  const inference = new SchemaInference();
  for (const click of clicks(6000)) inference.observe({ ...click });
  const { schema, paths } = inference.result();
  expect(experimentNames(400).length).toBe(new Set(experimentNames(400)).size);
  expect(Object.keys(schema.properties ?? {})).toEqual(["at", "user", "page", "experiments"]);
  expect(schema.properties?.["experiments"]).toEqual({
    type: "object",
    additionalProperties: { anyOf: [{ type: "boolean" }, { type: "string" }] },
  });
  expect(paths.find(({ path }) => path === "experiments")?.note).toContain("400 different keys");
});

/** Maps of the Dota match whose keys are data, as everybody who knows the game would say. */
const DOTA_MAPS = [
  "gold_reasons",
  "item_uses",
  "damage",
  "damage_taken",
  "purchase",
  "killed",
  "hero_hits",
];

describe.skipIf(realDocuments.length === 0)("real documents", () => {
  const pathsOf = (name: string): readonly PathCertainty[] => {
    const path = realDocuments.find((document) => basename(document).startsWith(name)) ?? "";
    const value = JSON.parse(readFileSync(path, "utf8")) as Fact | Fact[];
    const inference = new SchemaInference();
    for (const fact of Array.isArray(value) ? value : [value]) inference.observe(fact);
    return inference.result().paths;
  };
  const mapsOf = (name: string) =>
    pathsOf(name)
      .filter(({ type, note }) => type.includes("map") && note.startsWith("map"))
      .map(({ path }) => path);

  test("a match has its maps", () => {
    expect(mapsOf("dota")).toEqual(
      expect.arrayContaining(DOTA_MAPS.map((map) => `players[].${map}`)),
    );
  });

  test.each(["twitter.json", "twitter_timeline", "github_events"])("%s has none", (name) => {
    expect(mapsOf(name)).toEqual([]);
  });
});
