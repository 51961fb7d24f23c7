import type { Case, Category } from "../case.js";
import { HOSTILE_TEXT, WRONG_VALUES } from "../hostile.js";

const KEYWORDS = [
  "$schema",
  "$id",
  "$ref",
  "$defs",
  "type",
  "properties",
  "required",
  "items",
  "anyOf",
  "oneOf",
]
  .concat([
    "allOf",
    "not",
    "if",
    "additionalProperties",
    "minProperties",
    "minItems",
    "minimum",
    "maximum",
  ])
  .concat([
    "enum",
    "const",
    "pattern",
    "patternProperties",
    "propertyNames",
    "dependentSchemas",
    "x-keys",
  ]);

function nested(levels: number, wrap: (inner: object) => object): object {
  let schema: object = { type: "string" };
  for (let level = 0; level < levels; level++) schema = wrap(schema);
  return schema;
}
const many = (count: number) => Array.from({ length: count }, (_, index) => index);

const SCHEMAS: readonly unknown[] = [
  ...KEYWORDS.flatMap((keyword) => WRONG_VALUES.map((value) => ({ [keyword]: value }))),
  ...[150, 400, 2000].flatMap((levels) => [
    nested(levels, (inner) => ({ properties: { a: inner } })),
    nested(levels, (inner) => ({ items: inner })),
    nested(levels, (inner) => ({ anyOf: [inner, { type: "null" }] })),
    nested(levels, (inner) => ({ not: inner })),
  ]),
  { properties: Object.fromEntries(many(20_000).map((index) => [`p${index}`, {}])) },
  { anyOf: many(30_000).map(() => ({})) },
  {
    anyOf: many(30).map(() => ({
      anyOf: many(30).map(() => ({ anyOf: many(30).map(() => ({})) })),
    })),
  },
  { $ref: "#" },
  { $ref: "#/$defs/none" },
  { $ref: "file:///etc/passwd" },
  { $ref: "http://127.0.0.1:9/x" },
  { $defs: { a: { $ref: "#/$defs/b" }, b: { $ref: "#/$defs/a" } }, $ref: "#/$defs/a" },
  { $defs: { a: { allOf: [{ $ref: "#/$defs/a" }] } }, properties: { a: { $ref: "#/$defs/a" } } },
  ...[
    "^(a+)+$",
    "(a|aa)+$",
    "^(([a-z])+.)+[A-Z]([a-z])+$",
    "(x+x+)+y",
    "(",
    "(?=a)",
    "(a)\\1",
    "a{99999}",
  ].flatMap((pattern) => [
    { properties: { a: { pattern } } },
    { patternProperties: { [pattern]: { type: "integer" } } },
    { propertyNames: { pattern } },
    { anyOf: [{ properties: { a: { type: "string", pattern } } }, { properties: { a: {} } }] },
  ]),
  { properties: { [HOSTILE_TEXT]: { type: "integer" } }, required: [HOSTILE_TEXT] },
  { properties: { "'];process.exit(0);//": { type: "string" } } },
  { properties: JSON.parse('{"__proto__":{"type":"string"}}') as unknown },
];
const long = "a".repeat(60);
const FACTS = [
  { a: `${long}!` },
  { [`${long}!`]: 1 },
  { [HOSTILE_TEXT]: HOSTILE_TEXT },
  { a: { a: { a: 1 } } },
];

/** Schemas that are wrong, endless, or slow, for the check of facts and for commands. */
const category: Category = {
  name: "schemas",
  cases: () => [
    ...SCHEMAS.map((schema): Case => ({ check: { schema, facts: FACTS }, exits: [0, 2] })),
    ...SCHEMAS.filter((_, index) => index % 3 === 0).map((schema): Case => ({
      ...{ words: ["compile", "s.json", "--print"], files: { "s.json": JSON.stringify(schema) } },
      exits: [0, 2],
    })),
    ...SCHEMAS.filter((_, index) => index % 20 === 0).flatMap((schema) =>
      ["fast-json-stringify", "protobuf", "avro"].map((codec): Case => ({
        words: [
          ...["run", "--input", "f.ndjson", "--schema", "s.json", "--codec", codec],
          ...["--sink", "null", "--workers", "1", "--quiet"],
        ],
        files: { "s.json": JSON.stringify(schema), "f.ndjson": '{"a":"x"}\n' },
        exits: [0, 1, 2],
      })),
    ),
    ...["[]", "5", "null", "true", '"x"', "", "{", "{}{}"]
      .map((text): Case => ({
        ...{ words: ["compile", "s.json", "--print"], files: { "s.json": text } },
        exits: [2],
      }))
      .slice(0, 7),
  ],
};
export default category;
