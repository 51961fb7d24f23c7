import fc from "fast-check";
import { expect, test } from "vitest";
import { generatorSource } from "../sources/generator.js";
import { formatSummaryPath, parsePath, pathsOf, type SummaryPath } from "./index.js";
import { checkPath } from "./schema-paths.js";
import { createFinder } from "../compiled-json/index.js";

const key = fc.oneof(
  fc.constantFrom(
    "a.b",
    "[]",
    "*",
    '"',
    "",
    " ",
    "\\",
    'say "hi"',
    "größe",
    "🗡",
    "__proto__",
    "\n",
  ),
  fc.string({ unit: "grapheme" }),
  fc.stringMatching(/^[a-z]{1,5}$/),
);
const step = fc.oneof(
  { weight: 4, arbitrary: key.map((text) => ({ kind: "key" as const, key: text })) },
  fc.constantFrom({ kind: "items" as const }, { kind: "values" as const }),
);

test("any path is written so that it is read as the same, whatever its keys are", () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 6 }), (path) => {
      expect(parsePath(formatSummaryPath(path))).toEqual(path);
    }),
    { seed: 1, numRuns: 2000 },
  );
});

test.each([
  ["player.id", ["player", "id"]],
  ["runs[].events[].speed", ["runs", "[]", "events", "[]", "speed"]],
  ['player."a.b".x', ["player", "a.b", "x"]],
  ["[].x", ["[]", "x"]],
  ["items.*.count", ["items", "*", "count"]],
  ['"*"', ["*"]],
])("%s is read", (text, steps) => {
  const found = parsePath(text).map((one) => {
    if (one.kind === "key") return one.key;
    return one.kind === "items" ? "[]" : "*";
  });
  expect(found).toEqual(steps);
  expect(formatSummaryPath(parsePath(text))).toBe(text);
});

test.each([
  ["", "a key is missing at its character 1"],
  ["player.", "a key is missing at its character 8"],
  ["player..id", "a key is missing at its character 8"],
  ["runs[0].x", "a dot or [] belongs at its character 5"],
  ['a."b', "a key is missing at its character 3"],
  ['a."\\x"', "the quoted key is no JSON string at its character 3"],
  ["a b", "a dot or [] belongs at its character 2"],
])("%s is no path, and it says where", (text, expected) => {
  expect(() => parsePath(text)).toThrow(expect.objectContaining({ name: "InputError" }));
  expect(() => parsePath(text)).toThrow(expected);
});

const { schema } = generatorSource({ seed: 1, from: 0 });

test("every path of hell facts is one that the check lets pass", () => {
  const paths = pathsOf(schema ?? {});
  expect(paths.length).toBeGreaterThan(50);
  for (const path of paths) expect(() => checkPath(path, schema ?? {})).not.toThrow();
});

const small = {
  type: "object",
  properties: {
    region: { type: "string" },
    player: {
      type: "object",
      properties: { id: { type: "string" }, "a.b": { type: "number" } },
      additionalProperties: false,
    },
    runs: {
      type: "array",
      items: {
        type: "object",
        properties: { speed: { type: "number" } },
        additionalProperties: false,
      },
    },
    counts: { type: "object", additionalProperties: { type: "integer" } },
    open: { type: "object", properties: {} },
    anything: {},
  },
  additionalProperties: false,
} as const;

test.each([
  ["player.idd", "The schema has no player.idd. Did you mean player.id"],
  ["runs.speed", "The schema has no runs.speed. Did you mean runs[].speed?"],
  ["speed", "The schema has no speed. Did you mean runs[].speed?"],
  ["player.a.b", 'Did you mean player."a.b"'],
  ["Region", "Did you mean region?"],
  ["player", "player is an object, and no value. Did you mean player.id"],
  ["runs[]", "runs[] is an object, and no value. Did you mean runs[].speed?"],
  ["runs", "runs is a list, and no value."],
  ["utterlyDifferentThing", "The schema has no utterlyDifferentThing."],
])("%s is not in the schema, and the nearest is named", (text, expected) => {
  expect(() => checkPath(parsePath(text), small)).toThrow(expected);
});

test.each([
  "player.id",
  "counts.gold",
  "counts.*",
  "open.whatever[]",
  "anything.at.all",
  'player."a.b"',
])("%s may be there", (text) => {
  expect(() => checkPath(parsePath(text), small)).not.toThrow();
});

/** The same object with so much in it that it is no small fact, which is read in another way. */
function enlarged(text: string): string {
  const start = `{"large":${JSON.stringify("x".repeat(2000))}`;
  return text.startsWith("{}")
    ? `${start}}${text.slice(2)}`
    : text.replace(/^\{/, () => `${start},`);
}

test("values are found in facts, and in their JSON, where a plain search finds them", () => {
  const json = fc.jsonValue({ maxDepth: 4 });
  const wanted = [
    ...["a", "a.b", "a[]", "a[].b", "*", "a.*", "*.b", "[]", "[].a", "b.*[]", "__proto__"],
    ...["length", "a[].b[].a", "a.b.a", "b[][]"],
  ].map(parsePath);
  // Alone, few, and all: where paths meet, values are made that are passed over elsewhere.
  const sets = [...wanted.map((path) => [path]), wanted.slice(0, 4), wanted.slice(11), wanted];
  const finders = sets.map((paths) => ({ paths, finder: createFinder(paths) }));
  const counters = new Map(
    finders.map(({ paths, finder }) => [finder, createFinder(paths, new Set(paths.keys()))]),
  );
  fc.assert(
    fc.property(fc.oneof(json, shaped), fc.boolean(), fc.boolean(), (made, spaced, isLarge) => {
      const written = JSON.stringify(made, null, spaced ? 1 : 0);
      const text = isLarge ? enlarged(written) : written;
      const value: unknown = JSON.parse(text);
      for (const { paths, finder } of finders) {
        const expected = paths.map((path) => search(JSON.parse(text), path));
        expect(finder.inJson(Buffer.from(text))).toEqual(expected);
        expect(finder.inJson(Buffer.from(text), true)).toEqual(expected);
        expect(finder.inValue(value)).toEqual(paths.map((path) => search(value, path)));
        const presence = expected.map((values) =>
          values.map((one) => (one === null ? null : true)),
        );
        const counted = counters.get(finder)?.inJson(Buffer.from(text)) ?? [];
        expect(counted.map((values) => values.map((one) => (one === null ? null : true)))).toEqual(
          presence,
        );
      }
    }),
    { seed: 2, numRuns: 150 },
  );
});

test("of a large fact that is known to be JSON nothing is read behind the last value", () => {
  const finder = createFinder([parsePath("a.b"), parsePath("c[]")]);
  const text = Buffer.from(enlarged('{"a":{"z":0,"b":1,"y":2},"c":[3,4],"d":nonsense'));
  expect(finder.inJson(text, true)).toEqual([[1], [3, 4]]);
  expect(() => finder.inJson(text)).toThrow(SyntaxError);
});

test.each([
  ['{"a":1,"a":2}', "a", [2]],
  ['{"a":{"b":1},"a":2}', "a.b", []],
  ['{"a":[{"b":1,"b":2},{"b":"x","b":null}]}', "a[].b", [2, null]],
  ['{"\\u0061":1}', "a", [1]],
  [
    '{"a":["é","\\n",1e3,0.1234567890123456789,123456789012345678]}',
    "a[]",
    ["é", "\n", 1e3, Number("0.1234567890123456789"), Number("123456789012345678")],
  ],
])("%s has what JSON.parse says", (text, path, values) => {
  const finder = createFinder([parsePath(path)]);
  for (let round = 0; round < 3; round++) {
    expect(finder.inJson(Buffer.from(text))).toEqual([values]);
    expect(finder.inJson(Buffer.from(enlarged(text)))).toEqual([values]);
  }
});

test("what is no JSON is refused, also where nothing is wanted of it", () => {
  const finder = createFinder([parsePath("a[].b")]);
  for (const text of ['{"a":[],"c":01}', '{"a":[{"b":1}],', '{"a":[{"b":1,"c":tru}]}', "", "{}}"]) {
    expect(() => finder.inJson(Buffer.from(text))).toThrow(SyntaxError);
    expect(() => finder.inJson(Buffer.from(enlarged(text)))).toThrow(SyntaxError);
  }
  expect(finder.inJson(Buffer.from('{"a":[{"b":3}]}'))).toEqual([[3]]);
});

test("strings that are passed over are known where they come again", () => {
  const [none, all] = [createFinder([parsePath("l[].b")]), createFinder([parsePath("l[].t")])];
  for (let round = 0; round < 200; round++) {
    const texts = Array.from({ length: 5 }, (_, at) => `text ${(round * 7 + at * 3) % 31}`);
    const text = JSON.stringify({ l: texts.map((t) => ({ t })) });
    const fact = Buffer.from(round % 2 === 0 ? text : enlarged(text));
    expect(none.inJson(fact)).toEqual([[]]);
    expect(all.inJson(fact)).toEqual([texts]);
  }
});

/** JSON whose keys are those that are asked for. */
const shaped: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.integer(),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom("a", "b", "__proto__", "length"), tie("value")),
  ),
})).value;

function search(value: unknown, [first, ...rest]: SummaryPath): unknown[] {
  if (first === undefined) return [value];
  if (typeof value !== "object" || value === null) return [];
  if (first.kind === "items") {
    return Array.isArray(value) ? value.flatMap((one) => search(one, rest)) : [];
  }
  if (Array.isArray(value)) return [];
  return Object.entries(value)
    .filter(([name]) => first.kind === "values" || first.key === name)
    .flatMap(([, one]) => search(one, rest));
}
