/**
 * TypeBox in one file, without what no schema of documents has: checks of formats such as `email`, and the
 * keywords below. A schema that has one of them is refused as soon as it is compiled.
 */
const NO_FORMATS =
  "export const Format = { Has: () => false, Get: () => undefined, Test: () => true };";

const KEYWORDS_LEFT_OUT = [
  ...["AllOf", "Contains", "Dependencies", "DependentRequired", "DependentSchemas", "DynamicRef"],
  ...["Format", "If", "MaxContains", "MaxProperties", "MinContains", "MinProperties", "MultipleOf"],
  ...["Not", "OneOf", "PatternProperties", "PrefixItems", "PropertyNames", "RecursiveRef", "Ref"],
  ...["UnevaluatedItems", "UnevaluatedProperties", "UniqueItems"],
];

/** What checks a keyword, for one that is left out. */
function refusing(keyword) {
  const names = ["Build", "Check", "Error"].map((verb) => `refuse as ${verb}${keyword}`);
  return `function refuse() { throw new Error("${keyword} is left out: packaging/typebox.config.mjs"); }
    export { ${names.join()} };`;
}

const leftOut = new Map(
  KEYWORDS_LEFT_OUT.map((keyword) => [
    `/schema/engine/${keyword[0].toLowerCase()}${keyword.slice(1)}.mjs`,
    refusing(keyword),
  ]),
);

export default {
  input: "src/core/typebox.ts",
  output: { file: "dist/src/core/typebox.js", format: "esm", minify: true },
  plugins: [
    {
      name: "without formats, and keywords that are not used",
      load(id) {
        if (id.endsWith("/typebox/build/format/index.mjs")) return NO_FORMATS;
        return [...leftOut].find(([file]) => id.endsWith(file))?.[1] ?? null;
      },
    },
  ],
};
