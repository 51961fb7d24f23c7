import { readFileSync } from "node:fs";
import { basename } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Codec, CodecOptions, OpenCodec } from "../core/codec.js";
import type { Fact } from "../core/fact.js";
import { firstDifference } from "../measure/difference.js";
import { someFields } from "../measure/pool.js";
import { Slab } from "../pipeline/slab.js";
import { loadPlugin, pluginNames } from "../plugins/catalog.js";
import { generatorSource } from "../sources/generator.js";
import { realDocuments } from "../testing/shared-data.js";

const source = generatorSource({ seed: 7, from: 1000 });
const schema = source.schema as NonNullable<typeof source.schema>;
const generated: Fact[] = [];
for (const fact of source.facts() as Iterable<Fact>) {
  generated.push(fact);
  if (generated.length === 40) break;
}

const codecs = new Map<string, Codec>();
for (const name of pluginNames("codecs")) codecs.set(name, await loadPlugin("codecs", name));

/** The codec that writes what `codec` reads. */
function writerOf(codec: Codec): Codec {
  return codec.writtenBy === undefined ? codec : (codecs.get(codec.writtenBy) as Codec);
}

function encoded(open: OpenCodec, fact: Fact): Buffer {
  const slab = new Slab(16); // too small on purpose: codecs must make room
  if (open.encodeBatch === undefined) open.encode?.(fact, slab);
  else open.encodeBatch([fact], slab);
  return Buffer.from(slab.buffer.subarray(0, slab.position));
}

/** Encodes facts, and decodes them with a codec opened anew from what lies beside the file. */
function roundTrip(codec: Codec, facts: readonly Fact[], options: CodecOptions): unknown[] {
  const writer = writerOf(codec).open(options);
  const bytes = facts.map((fact) => encoded(writer, fact));
  const sidecar = writer.sidecar?.();
  const reader = codec.open(sidecar === undefined ? options : { ...options, sidecar });
  return bytes.map((one) => {
    const fact =
      reader.decodeBatch === undefined ? reader.decode?.(one) : reader.decodeBatch(one)[0];
    one.fill(0xff); // the pipeline reuses these bytes
    return fact;
  });
}

function expectSame(codec: Codec, facts: readonly Fact[], decoded: readonly unknown[]): void {
  const losses = [...codec.losses, ...writerOf(codec).losses];
  const differences = facts.map((fact, index) => firstDifference(fact, decoded[index], losses));
  expect(differences).toEqual(facts.map(() => undefined));
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

/** Whether a fact holds a value that a codec is known to refuse. */
function isRefused({ refuses = [] }: Codec, fact: Fact): boolean {
  const leaves: unknown[] = [];
  JSON.stringify(fact, (_, value: unknown) => {
    leaves.push(value);
    return value;
  });
  const beyond64Bits = (value: unknown) =>
    typeof value === "number" &&
    Number.isInteger(value) &&
    (value < -(2 ** 63) || value >= 2 ** 64);
  return (
    (refuses.includes("integer-beyond-64-bits") && leaves.some(beyond64Bits)) ||
    (refuses.includes("lone-surrogate") && !JSON.stringify(fact).isWellFormed())
  );
}

describe.each([...codecs])("%s", (name, codec) => {
  test("is called as its file is, and declares what it can do", () => {
    expect(codec.name).toBe(name);
    expect(codec.mode).not.toBe("");
    const open = codec.open({ schema });
    const can = (["encode", "decode", "project", "validate"] as const).filter(
      (ability) =>
        open[ability] !== undefined ||
        (ability === "encode" && open.encodeBatch !== undefined) ||
        (ability === "decode" && open.decodeBatch !== undefined),
    );
    expect([...can].toSorted()).toEqual([...codec.abilities].toSorted());
    expect(open.sidecar !== undefined).toBe(codec.sidecarExtension !== undefined);
    expect(open.encodeBatch !== undefined).toBe(codec.layout === "columnar");
  });

  test("writes something that a known codec reads, if it cannot write itself", () => {
    const writer = writerOf(codec);
    expect(writer.abilities).toContain("encode");
    expect(writer.format).toBe(codec.format);
    expect(writer.fileExtension).toBe(codec.fileExtension);
    expect(writer.framing).toBe(codec.framing);
  });

  test("gives generated facts back as they were, from its bytes and its sidecar alone", () => {
    expectSame(codec, generated, roundTrip(codec, generated, { schema }));
  });

  test.runIf(codec.layout === "columnar")("gives whole batches back, one after the other", () => {
    const writer = codec.open({ schema });
    const reader = codec.open({ schema });
    for (const facts of [generated, generated.slice(0, 3), generated.slice(20)]) {
      const slab = new Slab(16);
      slab.utf8("x"); // no batch begins where numbers are aligned
      writer.encodeBatch?.(facts, slab);
      const bytes = Buffer.from(slab.buffer.subarray(1, slab.position));
      expectSame(codec, facts, [...(reader.decodeBatch?.(bytes) ?? [])]);
    }
  });

  test("does not change the facts it is given", () => {
    const before = structuredClone(generated);
    roundTrip(codec, generated, { schema });
    expect(generated).toEqual(before);
  });

  test("writes the same bytes for the same fact", () => {
    const open = writerOf(codec).open({ schema });
    const [fact] = generated as [Fact];
    encoded(open, fact); // the first may define structures that later ones refer to
    expect(encoded(open, fact)).toEqual(encoded(open, fact));
  });

  test.runIf(codec.needsSchema)("refuses to open without a schema", () => {
    expect(() => codec.open({})).toThrow("needs a schema");
  });

  test.skipIf(codec.needsSchema)("gives facts of any shape back as they were", () => {
    fc.assert(
      fc.property(fc.array(anyFact, { minLength: 1, maxLength: 8 }), (facts) => {
        fc.pre(!facts.some((fact) => isRefused(codec, fact)));
        expectSame(codec, facts, roundTrip(codec, facts, {}));
      }),
      { numRuns: 300 },
    );
  });

  test
    .skipIf(codec.needsSchema || realDocuments.length === 0)
    .each(realDocuments.map((path) => [basename(path), path]))(
    "gives %s back as it was",
    (_, path) => {
      const value = JSON.parse(readFileSync(path, "utf8")) as Fact | Fact[];
      const facts = Array.isArray(value) ? value : [value];
      expectSame(codec, facts, roundTrip(codec, facts, {}));
    },
  );

  test.runIf(codec.abilities.includes("project"))("projects what decoding would give", () => {
    const open = codec.open({ schema });
    const writer = writerOf(codec).open({ schema });
    for (const fact of generated) {
      const fields = [...(source.fields ?? []), ...someFields(fact), ["no", "such", 3]];
      const expected = fields.map((path) =>
        path.reduce<unknown>(
          (value, step) => (value as Record<string | number, unknown> | undefined)?.[step],
          fact,
        ),
      );
      expect(open.project?.(encoded(writer, fact), fields)).toEqual(expected);
    }
  });

  test.runIf(codec.abilities.includes("validate"))("tells well-formed from broken", () => {
    const open = codec.open({ schema });
    const bytes = encoded(writerOf(codec).open({ schema }), generated[0] as Fact);
    expect(open.validate?.(bytes)).toBe(true);
    expect(open.validate?.(bytes.subarray(0, -1))).toBe(false);
  });
});
