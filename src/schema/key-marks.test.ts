import { describe, expect, test } from "vitest";
import type { Fact } from "../core/fact.js";
import type { JsonSchema } from "../core/json-schema.js";
import { factCheck } from "./check.js";
import { SchemaInference, type Decisions } from "./infer.js";
import { decisionsIn, unsureLine } from "./key-marks.js";

const facts: Fact[] = [0, 8, 16].map((from) => ({
  plain: { a: 1, b: 2 },
  list: [{ "odd key": { x: { y: 1 } } }],
  counts: Object.fromEntries(
    Array.from({ length: 8 }, (_, at) => [`${"abc"[from / 8]}key${"qwertzui"[at]}`, at]),
  ),
}));

function infer(decisions?: Partial<Decisions>, earlierDecisions?: Decisions) {
  const inference = new SchemaInference({
    decisions: { maps: [], records: [], ...decisions },
    ...(earlierDecisions !== undefined && { earlierDecisions }),
  });
  for (const fact of facts) inference.observe(fact);
  return inference.result();
}

const propertiesOf = (decisions?: Partial<Decisions>, earlier?: Decisions) =>
  infer(decisions, earlier).schema.properties;

describe("a person decides", () => {
  test("that keys are data, or fields, wherever they are", () => {
    expect(propertiesOf()?.["counts"]?.properties).toBeUndefined();
    expect(propertiesOf({ records: ["counts"] })?.["counts"]?.required).toEqual([]);
    expect(propertiesOf({ maps: ["plain"] })?.["plain"]).toMatchObject({
      additionalProperties: { type: "integer" },
    });
    const { items } = propertiesOf({ maps: ['list[]["odd key"].x'] })?.["list"] ?? {};
    expect(items).toMatchObject({
      properties: {
        "odd key": { properties: { x: { additionalProperties: { type: "integer" } } } },
      },
    });
    expect(infer({ maps: ["."] }).schema).toMatchObject({ additionalProperties: {} });
  });

  test("below a map, too, and facts fit what comes of it", () => {
    const { schema } = infer({ maps: ["list[]", "list[]{}.x"] });
    expect(schema.properties?.["list"]?.items).toMatchObject({
      "x-keys": { are: "data" },
      additionalProperties: { properties: { x: { "x-keys": { are: "data" } } } },
    });
    expect(facts.map(factCheck(schema, "decided"))).toEqual(facts.map(() => undefined));
  });

  test.each<[Partial<Decisions>, string]>([
    [{ maps: ["nowhere"] }, "--map or --record nowhere: no fact has an object there"],
    [{ records: ["plain.a"] }, "--map or --record plain.a: no fact has an object there"],
    [{ maps: ["plain"], records: ["plain"] }, "plain cannot be a map and a record"],
    [{ maps: ["plain..a"] }, '--map plain..a: "..a" is no step of a path'],
    [{ maps: ["list[]", 'list[]["odd key"]'] }, "list[] is a map. Write list[]{}"],
  ])("%j is refused in one line", (decisions, expected) => {
    const attempt = () => infer(decisions);
    expect(attempt).toThrow(expected);
    expect(attempt).toThrow(expect.objectContaining({ name: "InputError" }));
  });

  test("a key that no field can be called stays data", () => {
    const inference = new SchemaInference({ decisions: { maps: [], records: ["x"] } });
    inference.observe({ x: JSON.parse('{"__proto__":1}') as Fact });
    expect(() => inference.result()).toThrow("--record: a key is __proto__");
  });

  test("and more keys than a record may have, the rule would not allow", () => {
    const wide = Object.fromEntries(Array.from({ length: 2000 }, (_, at) => [`k${at}`, 1]));
    const inference = new SchemaInference({ decisions: { maps: [], records: ["x"] } });
    inference.observe({ x: wide });
    const { schema } = inference.result();
    expect(Object.keys(schema.properties?.["x"]?.properties ?? {}).length).toBe(2000);
    const check = factCheck(schema, "wide");
    expect(check({ x: wide })).toBeUndefined();
    expect(check({ x: { ...wide, k7: "1" } })).toBe('x.k7 is "1", and should be integer');
  });
});

describe("a schema remembers", () => {
  test("what a person decided, for the next inference, where a newer word counts more", () => {
    const { schema } = infer({ maps: ["plain"], records: ["counts"] });
    expect(decisionsIn(schema)).toEqual({ maps: ["plain"], records: ["counts"] });
    const kept = { maps: ["plain", "gone"], records: ["counts"] };
    expect(propertiesOf({}, kept)).toEqual(schema.properties);
    expect(propertiesOf({ maps: ["counts"] }, kept)?.["counts"]?.properties).toBeUndefined();
  });

  test("where the rule was unsure, until a person decides", () => {
    const { schema } = infer();
    expect(decisionsIn(schema)).toEqual({ maps: [], records: [] });
    expect(unsureLine(schema)).toContain("unsure whether keys are data at counts, taken for a map");
    expect(unsureLine(JSON.parse(JSON.stringify(schema)) as typeof schema)).toContain("counts");
    expect(unsureLine(infer({ maps: ["counts"] }).schema)).toBeUndefined();
    expect(factCheck(schema, "marked")(facts[0] ?? {})).toBeUndefined();
  });
});

test("what is no schema has no marks, however deep it goes", () => {
  let deep: unknown = { "x-keys": { are: "data", because: "", by: "unsure rule" } };
  for (let level = 0; level < 20_000; level++) deep = { items: deep };
  for (const found of [null, 5, [], { items: null, anyOf: 5 }, { properties: { a: null } }, deep]) {
    expect(unsureLine(found as JsonSchema)).toBeUndefined();
  }
});
