import { expect, test } from "vitest";
import type { Codec, OpenRowCodec } from "../core/codec.js";
import { loadParts } from "../pipeline/parts.js";
import { collectPool } from "../payload/pool.js";
import { generatorSource } from "../sources/generator.js";
import { Sampler } from "./sampler.js";
import { Writing } from "./writing.js";

const source = generatorSource({ seed: 3, from: 0 });
const pool = await collectPool(source, 20);
const parts = await loadParts("json", "none");

/** json, but for what it does to one fact. */
function spoiled(change: (fact: Record<string, unknown>) => unknown): Codec {
  return {
    ...parts.codec,
    open: (options) => {
      const open = parts.codec.open(options) as OpenRowCodec;
      return {
        ...open,
        decode: (bytes) => {
          const fact = open.decode?.(bytes) as Record<string, unknown>;
          change(fact);
          return fact;
        },
      };
    },
  };
}

function writing(codec: Codec, verifiedDigest?: string): Writing {
  const schema = source.schema;
  const digest = verifiedDigest === undefined ? {} : { verifiedDigest };
  return new Writing({
    parts: { ...parts, codec },
    pool,
    schema,
    file: null,
    sync: "none",
    ...digest,
  });
}

test("a codec that changes a fact is found out before anything is measured", () => {
  const codec = spoiled((fact) => ((fact["player"] as { level: number }).level += 1));
  expect(() => writing(codec).check(new Sampler(1))).toThrow(
    "fact 0 comes back changed at player.level",
  );
});

test("bytes that were found right are not decoded again, and others are", () => {
  const honest = writing(parts.codec);
  honest.check(new Sampler(1));
  const digest = honest.confirm();
  const spoiledCodec = spoiled((fact) => (fact["gameDay"] = -1));
  expect(() => writing(spoiledCodec).check(new Sampler(1))).toThrow("gameDay");
  const again = writing(spoiledCodec, digest);
  again.check(new Sampler(1));
  expect(again.confirm()).toBe(digest);
  expect(() => writing(spoiledCodec, "of other bytes").confirm()).toThrow("gameDay");
});

test("a repetition is a whole number of passes, and its bytes are counted exactly", () => {
  const workload = writing(parts.codec);
  let facts = 0;
  for (const done of workload.repetition()) facts += done;
  expect(facts).toBe(workload.factsPerRepetition);
  expect(facts % 20).toBe(0);
  const json = pool.facts.reduce(
    (sum, fact) => sum + Buffer.byteLength(JSON.stringify(fact)) + 1,
    0,
  );
  expect(workload.sizes().encodedBytesPerFact).toBeCloseTo(json / 20, 9);
  expect(workload.sizes().framingBytesPerFact).toBeCloseTo(1, 9); // a newline
});
