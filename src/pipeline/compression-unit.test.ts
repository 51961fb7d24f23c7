import { expect, test } from "vitest";
import { COMPRESSION_UNITS } from "../core/compressor.js";
import type { Fact } from "../core/fact.js";
import { memorySink } from "../sinks/memory.js";
import { generatorSource } from "../sources/generator.js";
import { factsIn } from "./fact-reader.js";
import { encoderOf, FactWriter } from "./fact-writer.js";
import { loadParts } from "./parts.js";

const source = generatorSource({ seed: 5, from: 0 });
const facts: Fact[] = [];
for (const fact of source.facts() as Iterable<Fact>) {
  facts.push(fact);
  if (facts.length === 60) break;
}
const options = source.schema === undefined ? {} : { schema: source.schema };

async function written(
  codecName: string,
  compressor: string,
  unit: (typeof COMPRESSION_UNITS)[number],
) {
  const parts = await loadParts(codecName, compressor, null, unit);
  const codec = parts.codec.open(options);
  const sink = memorySink();
  const writer = new FactWriter({ ...parts, ...encoderOf(parts.codec, codec) }, sink);
  for (const fact of facts) writer.add(fact);
  writer.endFile();
  expect(writer.storedBytes).toBe(sink.content().length);
  expect(writer.pendingBytes).toBe(0);
  return { file: sink.content(), parts, codec, encodedBytes: writer.encodedBytes };
}

const choices = ["json", "protobuf"].flatMap((codec) =>
  ["none", "gzip", "gzip:1"].flatMap((compressor) =>
    COMPRESSION_UNITS.map((unit) => [codec, compressor, unit] as const),
  ),
);

test.each(choices)("%s, %s by %s: every fact comes back", async (name, compressor, unit) => {
  const { file, parts, codec } = await written(name, compressor, unit);
  expect([...factsIn(file, parts, codec)]).toEqual(facts);
});

test("what is compressed together is smaller than what is compressed apart", async () => {
  const sizes = await Promise.all(
    COMPRESSION_UNITS.map(async (unit) => (await written("json", "gzip", unit)).file.length),
  );
  expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
});

test("a damaged fact is told by its offset in the file", async () => {
  const { file, parts, codec } = await written("json", "gzip", "fact");
  const first = file.readUInt32BE(0) + 4;
  const damaged = Buffer.from(file);
  damaged[first + 4] = 0; // no member starts so
  expect(() => [...factsIn(damaged, parts, codec)]).toThrow(
    expect.objectContaining({ name: "DataError", offset: first + 4 }),
  );
  expect(() => [...factsIn(file.subarray(0, -1), parts, codec)]).toThrow("incomplete");
});

test("a compressor that cannot make one stream of a file says so", async () => {
  await expect(loadParts("json", "brotli", null, "file")).rejects.toThrow(
    "compression unit file: brotli cannot compress a file as one stream here; gzip can.",
  );
});
