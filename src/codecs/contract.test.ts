import { readFileSync } from "node:fs";
import { basename } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Codec } from "../core/codec.js";
import type { Fact } from "../core/fact.js";
import type { JsonSchema } from "../core/json-schema.js";
import { changedFact, isRefused } from "../contracts/codec/round-trip.js";
import { CONTRACT } from "../contracts/codec/contract.js";
import { SchemaInference } from "../schema/infer.js";
import { loadedPlugins } from "../testing/loaded-plugins.js";
import { realDocuments } from "../testing/shared-data.js";

const codecs = await loadedPlugins("codecs");

/** The codec that writes what `codec` reads. */
function writerOf(codec: Codec): Codec {
  return codec.writtenBy === undefined ? codec : (codecs.get(codec.writtenBy) as Codec);
}

function inferred(facts: readonly Fact[]): JsonSchema {
  const inference = new SchemaInference();
  for (const fact of facts) inference.observe(fact);
  return inference.result().schema;
}

/** Where facts come back changed, with no schema where the codec can do without. */
function changed(codec: Codec, facts: readonly Fact[]): string | undefined {
  const options = codec.needsSchema ? { schema: inferred(facts) } : {};
  return changedFact({ codec, writer: writerOf(codec) }, facts, options);
}

/** Facts of any shape that JSON can hold, without what codecs are known to differ in. */
const anyFact = fc
  .dictionary(
    fc.string({ maxLength: 12 }).filter((key) => key !== "__proto__"),
    fc.jsonValue({ maxDepth: 4 }),
    { maxKeys: 12 },
  )
  .filter((fact) => !JSON.stringify(fact).includes('"__proto__"'))
  .map((fact) => JSON.parse(JSON.stringify(fact)) as Fact);

describe.each([...codecs])("%s", (name, codec) => {
  const rules = CONTRACT.filter(
    ({ isFor }) => isFor?.({ codec, writer: writerOf(codec), name }) !== false,
  );
  test.each(rules.map(({ rule, breach }) => ({ rule, breach })))("$rule", ({ breach }) => {
    expect(breach({ codec, writer: writerOf(codec), name })).toBe(undefined);
  });

  test("gives facts of any shape back as they were", () => {
    fc.assert(
      fc.property(fc.array(anyFact, { minLength: 1, maxLength: 8 }), (facts) => {
        fc.pre(!facts.some((fact) => isRefused(codec, fact)));
        expect(changed(codec, facts)).toBe(undefined);
      }),
      // Compiling a schema anew each time takes longer.
      { numRuns: codec.needsSchema ? 40 : 300 },
    );
  });

  test.skipIf(realDocuments.length === 0).each(realDocuments.map((path) => [basename(path), path]))(
    "gives %s back as it was",
    (_, path) => {
      const value = JSON.parse(readFileSync(path, "utf8")) as Fact | Fact[];
      expect(changed(codec, Array.isArray(value) ? value : [value])).toBe(undefined);
    },
  );
});
