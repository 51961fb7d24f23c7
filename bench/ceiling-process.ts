/** One process that does one stage alone for a while, and says how many facts a second went through. */
import { World } from "../generators/world.js";
import type { Fact } from "../src/core/fact.js";
import { encoderOf, FactWriter } from "../src/pipeline/fact-writer.js";
import { loadParts } from "../src/pipeline/parts.js";
import { fileSink } from "../src/sinks/file.js";
import { memorySink } from "../src/sinks/memory.js";
import { nullSink } from "../src/sinks/null.js";
import { generatorSource } from "../src/sources/generator.js";

export interface CeilingTask {
  readonly stage: "source" | "codec" | "sink";
  readonly codec: string;
  readonly compressor: string;
  readonly seconds: number;
  /** Where the sink's file goes. */
  readonly path: string;
}

const POOL_FACTS = 256;
const WARM_UP = 0.4;

process.once("message", (task: CeilingTask) => {
  void measure(task).then((rate) => process.send?.(rate, () => process.exit()));
});

async function measure({ stage, codec, compressor, seconds, path }: CeilingTask): Promise<number> {
  const world = new World(42);
  const ring: unknown[] = [null, null, null, null];
  if (stage === "source") {
    return rateOf(seconds, (index) => {
      ring[index & 3] = world.fact(index);
    });
  }
  const pool = Array.from({ length: POOL_FACTS }, (_, index) => world.fact(index));
  const parts = await loadParts(codec, compressor);
  const { schema } = generatorSource({ seed: 42, from: 0 });
  const encoder = encoderOf(parts.codec, parts.codec.open(schema === undefined ? {} : { schema }));
  if (stage === "codec") {
    const writer = new FactWriter({ ...parts, ...encoder }, nullSink());
    return rateOf(seconds, (index) => void writer.add(pool[index % POOL_FACTS] as Fact));
  }
  const batches: Buffer[] = [];
  const writer = new FactWriter(
    { ...parts, ...encoder },
    { ...memorySink(), write: (batch) => void batches.push(Buffer.from(batch)) },
  );
  for (const fact of pool) writer.add(fact);
  writer.endBatch();
  const factsPerBatch = POOL_FACTS / batches.length;
  let sink = fileSink(path, "none");
  let written = 0;
  const rate = rateOf(seconds, (index) => {
    const batch = batches[index % batches.length] as Buffer;
    sink.write(batch);
    written += batch.length;
    if (written < 64e6) return;
    sink.close();
    sink = fileSink(path, "none");
    written = 0;
  });
  sink.discard();
  return rate * factsPerBatch;
}

/** Steps a second, after a warm-up. */
function rateOf(seconds: number, step: (index: number) => void): number {
  let index = 0;
  const during = (limit: number) => {
    const start = performance.now();
    const first = index;
    while (performance.now() - start < limit * 1000) for (let n = 0; n < 4; n++) step(index++);
    return ((index - first) / (performance.now() - start)) * 1000;
  };
  during(seconds * WARM_UP);
  return during(seconds);
}
