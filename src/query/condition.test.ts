import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { SummaryPath } from "../summarise/path.js";
import { walkerOf } from "../summarise/walker.js";
import { checkCondition, compiledCondition, parseCondition } from "./condition.js";

const holds = (text: string, fact: unknown) => compiledCondition(parseCondition(text))(fact);

const fact = {
  player: { id: 7, level: 91, name: "Zoë “x”", guild: null, "a.b": { 'say "hi"': true } },
  region: "eu",
  runs: [{ kills: 3 }, { kills: 120, marks: [1, 2] }],
  cargo: { "salt shield": 4, größe: 9 },
};

describe("conditions", () => {
  test.each([
    ["player.level > 90", true],
    ["player.level>90 and region = 'eu'", true],
    ['player.level > 91 or region == "eu"', true],
    ["not player.level > 90", false],
    ["not (player.level > 90 and region = 'us')", true],
    ["region = 'eu' or region = 'us' and player.level < 0", true],
    ["runs[].kills >= 100", true],
    ["runs[].kills > 120", false],
    ["runs[].marks[] = 2", true],
    ["cargo.* = 9", true],
    ['cargo."salt shield" = 4', true],
    ["cargo.größe = 9", true],
    ['player."a.b"."say \\"hi\\"" = true', true],
    ['player.name ~ "zoë “X”"', true],
    ["player.guild missing", true],
    ["player.guild exists", false],
    ["player.guild = null", true],
    ["player.nothing missing", true],
    ["player.level = '91'", false],
    ["player.level != 5", true],
    ["player.nothing != 5", false],
    ["player.level < 'z'", false],
    ["region <> 'it''s'", true],
  ])("%s", (text, expected) => {
    expect(holds(text, fact)).toBe(expected);
  });

  test.each([
    ["", "a path is missing at its character 1"],
    ["player.level", "one of = != < <= > >= ~ is missing at its character 13"],
    ["player.level >", 'a number, "text", true, false or null is missing at its character 15'],
    ["player.level > 90 region", "and, or, or its end belongs at its character 19"],
    ["(player.level > 90", "a ) is missing at its character 19"],
    ["player.level > ninety", "is missing at its character 16"],
    ["player..level > 90", "a key is missing"],
    ["name ~ 5", "~ looks for a text"],
    ["name = 'x", "unknown sign at its character 8"],
  ])("%s says where it is wrong", (text, complaint) => {
    expect(() => parseCondition(text)).toThrow(expect.objectContaining({ name: "InputError" }));
    expect(() => parseCondition(text)).toThrow(complaint);
  });

  test("a path that the schema does not have is answered with the nearest", () => {
    const schema = {
      type: "object",
      properties: { player: { type: "object", properties: { level: { type: "integer" } } } },
      additionalProperties: false,
    };
    expect(() => checkCondition(parseCondition("not plyer.level > 1"), schema)).toThrow(
      "Did you mean player.level?",
    );
  });
});

const key = fc.oneof(
  fc.constantFrom(
    "a.b",
    '"',
    "",
    "and",
    "not",
    "größe",
    "🗡",
    "(",
    "=",
    "__proto__",
    "missing",
    "1",
  ),
  fc.string({ unit: "grapheme", maxLength: 4 }),
);
const step = fc.oneof(
  key.map((text) => ({ kind: "key" as const, key: text })),
  fc.constantFrom({ kind: "items" as const }, { kind: "values" as const }),
);
const json = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.integer({ min: 0, max: 3 }),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(key, tie("value"), { maxKeys: 4 }),
  ),
})).value;

/** With quotes around every key, as signs of conditions ask for. */
function quotedPath(path: SummaryPath): string {
  const texts = path.map((one, place) => {
    if (one.kind === "items") return "[]";
    return `${place === 0 ? "" : "."}${one.kind === "values" ? "*" : JSON.stringify(one.key)}`;
  });
  return texts.join("");
}

test("any path of any keys holds for what a plain search finds there", () => {
  fc.assert(
    fc.property(
      fc.array(step, { minLength: 1, maxLength: 4 }),
      json,
      (path: SummaryPath, value) => {
        let found = false;
        walkerOf([{ path, take: (one) => (found ||= one === 1) }])(value);
        expect(holds(`(${quotedPath(path)}=1)`, value)).toBe(found);
      },
    ),
    { numRuns: 500 },
  );
});

test("what stands inside each other without end is told in one short line", () => {
  for (const opening of ["(", "not "]) {
    const text = `${opening.repeat(20_000)}a = 1`;
    expect(() => parseCondition(text)).toThrow(/more than 100 conditions stand inside each other/);
    expect(() => parseCondition(text)).toThrow(/^.{0,400}$/);
  }
  expect(holds(`${"(".repeat(90)}a = 1${")".repeat(90)}`, { a: 1 })).toBe(true);
});
