import { readFileSync } from "node:fs";
import { basename } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Fact } from "../core/fact.js";
import type { JsonSchema } from "../core/json-schema.js";
import { generatorSource } from "../sources/generator.js";
import { realDocuments } from "../testing/shared-data.js";
import { factCheck } from "./check.js";
import { SchemaInference, type Inferred } from "./infer.js";

function infer(facts: Iterable<unknown>, mostPaths?: number): Inferred {
  const inference = new SchemaInference(mostPaths === undefined ? {} : { mostPaths });
  for (const fact of facts) inference.observe(fact as Fact);
  return inference.result();
}

/** The schema of one field, from its values. */
function fieldOf(values: readonly unknown[]): JsonSchema | undefined {
  return infer(values.map((x) => ({ x }))).schema.properties?.["x"];
}

const UINT32 = { minimum: 0, maximum: 2 ** 32 - 1 };

describe("a field", () => {
  test.each<[string, unknown[], JsonSchema]>([
    ["booleans", [true, false], { type: "boolean" }],
    ["small integers", [0, 186], { type: "integer", ...UINT32 }],
    ["negative ones", [-1, 5], { type: "integer", minimum: -(2 ** 31), maximum: 2 ** 31 - 1 }],
    ["large ones", [2 ** 40], { type: "integer", minimum: 0, maximum: Number.MAX_SAFE_INTEGER }],
    ["integers over 2^53", [2 ** 53, 1], { type: "number" }],
    ["-0, which no integer type holds", [-0, 1], { type: "number" }],
    ["integers and decimals", [1, 1.5], { type: "number" }],
    ["what may be null", ["a", null], { type: ["string", "null"] }],
    ["nothing but null", [null], { type: "null" }],
    ["empty arrays", [[]], { type: "array", items: {} }],
    ["empty objects", [{}], { type: "object", additionalProperties: {} }],
    [
      "several types",
      [1, "a", null],
      { anyOf: [{ type: "integer", ...UINT32 }, { type: "string" }, { type: "null" }] },
    ],
    [
      "arrays of mixed things",
      [[1, true]],
      {
        type: "array",
        items: { anyOf: [{ type: "boolean" }, { type: "integer", ...UINT32 }] },
      },
    ],
  ])("of %s", (_, values, expected) => {
    expect(fieldOf(values)).toEqual(expected);
  });

  test("that is sometimes missing is not required", () => {
    const { schema, paths } = infer([{ a: 1, b: 1 }, { a: 2 }]);
    expect(schema.required).toEqual(["a"]);
    expect(paths.map(({ path, share }) => [path, share])).toEqual([
      ["a", 1],
      ["b", 0.5],
    ]);
  });
});

describe("objects whose keys are data are maps", () => {
  const isMap = (objects: readonly unknown[]) => fieldOf(objects)?.properties === undefined;
  const words = Array.from({ length: 40 }, (_, index) => `word${"abcdefgh"[index % 8]}${index}`);
  const pick = (from: number, count: number, value: unknown) =>
    Object.fromEntries(words.slice(from, from + count).map((key) => [key, value]));

  test.each<[string, unknown[], boolean]>([
    ["keys that are numbers", [{ "7": 1 }], true],
    ["keys that are dates", [{ "2026-11-22": 1, "2026-11-23": 2 }], true],
    ["UUIDs", [{ "123e4567-e89b-12d3-a456-426614174000": {} }], true],
    ["some numbers, some names", [{ "7": 1, name: 2 }], false],
    ["ever other keys, values alike", [0, 8, 16, 24].map((at) => pick(at, 8, 1)), true],
    ["ever other keys, values unlike", [pick(0, 8, 1), pick(8, 8, "a"), pick(16, 8, 2)], false],
    ["the same keys each time", [pick(0, 8, 1), pick(0, 8, 2), pick(0, 7, 3)], false],
    ["few keys", [pick(0, 3, 1), pick(3, 3, 1)], false],
    ["records of ever other kinds", [0, 1, 2].map((n) => ({ [`a${n}`]: { [`x${n}`]: 1 } })), false],
    [
      "ever other keys, and maps behind them",
      [0, 8, 16, 24].map((at) => pick(at, 8, { [`to${at}`]: at })),
      true,
    ],
    ["__proto__", [JSON.parse('{"__proto__": 1, "name": 2}')], true],
  ])("%s", (_, objects, expected) => {
    expect(isMap(objects)).toBe(expected);
  });

  test("a map says why it was taken for one, and what is behind its keys", () => {
    const { schema, paths } = infer([{ m: { "7": 1 } }, { m: { "8": 2.5 } }]);
    expect(schema.properties?.["m"]).toEqual({
      type: "object",
      additionalProperties: { type: "number" },
    });
    expect(paths.map(({ path, note }) => `${path} ${note}`)).toEqual([
      "m map: keys look like data, such as 7",
      "m{} integers and decimals",
    ]);
  });
});

test("the maps of generated facts are found, and no record is taken for one", () => {
  const facts: Fact[] = [];
  const source = generatorSource({ seed: 3, from: 0 });
  for (const fact of source.facts() as Iterable<Fact>) if (facts.push(fact) === 300) break;
  const found = infer(facts).paths.filter(({ note }) => note.startsWith("map"));
  const maps = found.map(({ path }) => path);
  expect(maps).toEqual(expect.arrayContaining(["cargo.opening", "hangars[].items"]));
  const known = [...mapsOf(source.schema as JsonSchema, "")];
  expect(maps.filter((path) => !known.includes(path))).toEqual([]);
});

function* mapsOf(schema: JsonSchema, path: string): Iterable<string> {
  if (schema.properties === undefined && typeof schema.additionalProperties === "object")
    yield path;
  for (const [key, inner] of Object.entries(schema.properties ?? {})) {
    yield* mapsOf(inner, path === "" ? key : `${path}.${key}`);
  }
  if (typeof schema.items === "object") yield* mapsOf(schema.items, `${path}[]`);
}

describe("every fact that was seen is valid by the schema", () => {
  const anyFact = fc.dictionary(fc.string({ maxLength: 6 }), fc.jsonValue({ maxDepth: 4 }));

  test("whatever it is like", () => {
    fc.assert(
      fc.property(fc.array(anyFact, { minLength: 1, maxLength: 6 }), (facts) => {
        const check = factCheck(infer(facts).schema, "inferred");
        expect(facts.map((fact) => check(fact))).toEqual(facts.map(() => undefined));
      }),
      { numRuns: 100 },
    );
  });

  test("with keys that every object inherits", () => {
    const facts: Fact[] = [{ list: [{ valueOf: 0 }, {}] }, { list: [{ constructor: "x" }] }];
    const check = factCheck(infer(facts).schema, "inferred");
    expect(facts.map((fact) => check(fact))).toEqual([undefined, undefined]);
  });

  test("also when there are more paths than are kept apart", () => {
    const facts = Array.from({ length: 200 }, (_, index) => ({
      [`a${index}`]: { b: { [`c${index}`]: index } },
      list: [{ [`d${index}`]: "x" }],
      same: true,
    }));
    const { schema, paths } = infer(facts, 50);
    expect(paths.length).toBeLessThan(50);
    const check = factCheck(schema, "inferred");
    expect(facts.map((fact) => check(fact))).toEqual(facts.map(() => undefined));
  });

  test("also when it is deeper than anybody looks", () => {
    let deep: unknown = 1;
    for (let level = 0; level < 3000; level++) deep = [deep];
    const { schema } = infer([{ deep }]);
    expect(factCheck(schema, "inferred")({ deep })).toBe(undefined);
  });

  test.skipIf(realDocuments.length === 0).each(realDocuments.map((path) => [basename(path), path]))(
    "%s",
    (_, path) => {
      const value = JSON.parse(readFileSync(path, "utf8")) as Fact | Fact[];
      const facts = Array.isArray(value) ? value : [value];
      const check = factCheck(infer(facts).schema, "inferred");
      expect(facts.map((fact) => check(fact))).toEqual(facts.map(() => undefined));
    },
  );
});

test("more may be observed after a result, and it is as if there had been none", () => {
  const facts = [{ m: { "1": 1 } }, { m: { name: "a" } }, { m: { "1": null }, n: [] }];
  const inference = new SchemaInference();
  for (const fact of facts) {
    inference.observe(fact);
    inference.result();
  }
  expect(inference.result()).toEqual(infer(facts));
});
