/** Files that are more than records behind one another: cut short or damaged, they say so, and where. */
import { describe, expect, test } from "vitest";
import type { Fact } from "../core/fact.js";
import { factsIn } from "../pipeline/fact-reader.js";
import { encoderOf, FactWriter } from "../pipeline/fact-writer.js";
import { loadParts } from "../pipeline/parts.js";
import { memorySink } from "../sinks/memory.js";
import { loadedPlugins } from "../testing/loaded-plugins.js";

const schema = {
  type: "object",
  properties: { id: { type: "integer" }, name: { type: "string" }, at: { type: "number" } },
  required: ["id", "name", "at"],
  additionalProperties: false,
} as const;
const facts: Fact[] = Array.from({ length: 700 }, (_, id) => ({
  id,
  name: `fact ${id}`,
  at: id / 3,
}));

async function open(codec: string, compressor: string) {
  const parts = await loadParts(codec, compressor);
  const opened = parts.codec.open({ schema });
  const sink = memorySink();
  const writer = new FactWriter(
    { ...parts, ...encoderOf(parts.codec, opened), batchBytes: 5_000 },
    sink,
  );
  const write = (some: readonly Fact[]) => {
    const before = sink.content().length;
    for (const fact of some) writer.add(fact);
    writer.endFile();
    return Buffer.from(sink.content().subarray(before));
  };
  const read = (bytes: Uint8Array) => [...factsIn(bytes, parts, opened)];
  return { write, read };
}

const CODECS = [
  ...(await loadedPlugins("codecs", ["arrow", "avro", "parquet", "msgpackr"])).keys(),
];

describe.each(CODECS)("%s", (codec) => {
  test.each(["none", "gzip", "snappy", "brotli"])(
    "with %s: files of any number of facts",
    async (compressor) => {
      const { write, read } = await open(codec, compressor);
      for (const length of [0, 1, 255, 256, 257, 700]) {
        const some = facts.slice(0, length);
        const file = write(some);
        expect(file.length > 0).toBe(length > 0);
        expect(read(file)).toEqual(some);
        // The next file of the same writer knows nothing of the one before.
        expect(write(some).equals(file)).toBe(true);
      }
    },
  );

  test("a file that is cut short anywhere says so, or has but whole batches left", async () => {
    const { write, read } = await open(codec, "none");
    const file = write(facts);
    const outcomes: (number | string)[] = [];
    for (let end = 1; end < file.length; end += 1 + (end >> 6)) {
      outcomes.push(outcomeOf(() => read(file.subarray(0, end))));
    }
    const silent = outcomes.filter((outcome) => typeof outcome === "number").length;
    const vague = outcomes.filter((outcome) => !/^\d+$|at byte \d+$/.test(String(outcome)));
    expect(vague).toEqual([]);
    // Of Avro and MessagePack, what ends between two blocks or facts is a whole file, too.
    expect(silent).toBeLessThan(codec === "avro" || codec === "msgpackr" ? 40 : 1);
  });

  test("damage is told, or changes values; it neither hangs nor makes up facts", async () => {
    const { write, read } = await open(codec, "none");
    const file = write(facts);
    const outcomes: (number | string)[] = [];
    for (let at = 0; at < file.length; at += 1 + Math.floor(file.length / 400)) {
      const damaged = Buffer.from(file);
      damaged[at] = (damaged[at] ?? 0) ^ 0xff;
      outcomes.push(outcomeOf(() => read(damaged)));
    }
    const silent = outcomes.filter((outcome) => typeof outcome === "number");
    expect(silent.length).toBeLessThan(outcomes.length);
    expect(Math.max(...silent)).toBeLessThan(facts.length * 2);
  });

  test("bytes of another format are refused", async () => {
    const { read } = await open(codec, "none");
    const other =
      codec === "msgpackr"
        ? Buffer.from([0xc1, 1, 2])
        : Buffer.from('{"id":1,"name":"x","at":0}\n');
    expect(() => read(other)).toThrow(expect.objectContaining({ name: "DataError" }));
  });
});

test("Avro of another schema is refused", async () => {
  const { write } = await open("avro", "none");
  const parts = await loadParts("avro", "none");
  const properties = { ...schema.properties, at: { type: "string" as const } };
  const other = parts.codec.open({ schema: { ...schema, properties } });
  expect(() => [...factsIn(write(facts), parts, other)]).toThrow("another schema");
});

/** The number of facts, or what was said instead. */
function outcomeOf(work: () => readonly unknown[]): number | string {
  try {
    return work().length;
  } catch (error) {
    return String(error);
  }
}
