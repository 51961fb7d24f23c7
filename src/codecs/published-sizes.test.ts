/**
 * The sizes that a public benchmark found for one document: "A Benchmark of JSON-compatible Binary Serialization
 * Specifications" (Viotti and Kinderkhedia, 2022, github.com/jviotti/binary-json-size-benchmark), `jsonresume`. Other
 * libraries wrote them, in other languages, by schemas that people wrote.
 */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import type { Fact } from "../core/fact.js";
import { Slab } from "../core/slab.js";
import { SchemaInference } from "../schema/infer.js";
import { loadedPlugins } from "../testing/loaded-plugins.js";

const path = resolve(import.meta.dirname, "../testing/documents/jsonresume.json");
const fact = JSON.parse(readFileSync(path, "utf8")) as Fact;

/** Bytes of the document alone, without what tells facts apart in a file. */
const SIZES: Readonly<Record<string, number>> = {
  avro: 2162,
  bson: 3283,
  "cbor-x-variable-maps": 2754,
  flatbuffers: 3116,
  // Published with the end of the line: 3,048.
  json: 3047,
  msgpack: 2749,
  "msgpackr-variable-maps": 2749,
  // Published 2,225, without the two empty strings: ours come back as they were, which takes two bytes each.
  protobuf: 2229,
  "protobuf-es": 2229,
  thrift: 2230,
};

const codecs = await loadedPlugins("codecs", Object.keys(SIZES));

test.each([...codecs])("%s writes as many bytes as were published", (name, codec) => {
  const inference = new SchemaInference();
  inference.observe(fact);
  const slab = new Slab(16);
  codec.open({ schema: inference.result().schema }).encode?.(fact, slab);
  expect(slab.position).toBe(SIZES[name]);
});
