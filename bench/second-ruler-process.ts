/** A fresh process in which benchmark.js measures one codec encoding or decoding the pool. */
import Benchmark from "benchmark";
import { collectPool } from "../src/measure/pool.js";
import { loadParts } from "../src/pipeline/parts.js";
import { Slab } from "../src/pipeline/slab.js";
import { generatorSource } from "../src/sources/generator.js";

export interface RulerTask {
  readonly codec: string;
  readonly operation: "encode" | "decode";
  readonly seconds: number;
}

process.once("message", (task: RulerTask) => {
  void measure(task).then((factsPerSecond) => process.send?.(factsPerSecond, () => process.exit()));
});

async function measure({ codec: name, operation, seconds }: RulerTask): Promise<number> {
  const source = generatorSource({ seed: 42, from: 0 });
  const { facts } = await collectPool(source, null);
  const options = source.schema === undefined ? {} : { schema: source.schema };
  const { codec } = await loadParts(name, "none");
  const writing = (await loadParts(codec.writtenBy ?? name, "none")).codec.open(options);
  const slab = new Slab(1 << 20);
  const encode = (index: number) => {
    slab.position = 0;
    writing.encode?.(facts[index] ?? {}, slab);
  };
  const encoded = facts.map((_, index) => {
    encode(index);
    return Buffer.from(slab.buffer.subarray(0, slab.position));
  });
  const sidecar = writing.sidecar?.();
  const reading = codec.open(sidecar === undefined ? options : { ...options, sidecar });
  const decode = (index: number) => reading.decode?.(encoded[index] ?? Buffer.alloc(0));

  const step = operation === "encode" ? encode : decode;
  let next = 0;
  const suite = new Benchmark(
    () => {
      step(next);
      next = next + 1 === facts.length ? 0 : next + 1;
    },
    { maxTime: seconds },
  );
  suite.run();
  return suite.hz;
}
