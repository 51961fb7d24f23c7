/**
 * A fresh process in which harnesses measure the same work of one codec by turns: this tool's
 * window, benchmark.js and tinybench. In one process, because on a shared machine the speed of two processes
 * differs by more than two harnesses do.
 */
import Benchmark from "benchmark";
import { Bench } from "tinybench";
import { collectPool } from "../src/payload/pool.js";
import { Reading } from "../src/trial/reading.js";
import { Sampler, sustainedRate } from "../src/trial/sampler.js";
import { measureRepetitions } from "../src/trial/measurement.js";
import type { Workload } from "../src/trial/workload.js";
import { Writing } from "../src/trial/writing.js";
import { batchesIn } from "../src/pipeline/fact-reader.js";
import { encoderOf, FactWriter } from "../src/pipeline/fact-writer.js";
import { loadParts, type Parts } from "../src/pipeline/parts.js";
import { memorySink } from "../src/sinks/memory.js";
import { nullSink } from "../src/sinks/null.js";
import { generatorSource } from "../src/sources/generator.js";
import {
  OURS,
  THEIRS,
  type Harness,
  type RulerRates,
  type RulerTask,
} from "./second-harness-rulers.js";
import { seededUniform, shuffled } from "../src/stats/random.js";

/** One fact's worth of the work, and the same work as a trial would do it. */
interface Subject {
  readonly step: () => void;
  readonly workload: Workload;
}

const TURN_SECONDS = 0.3;
const WARM_UP_TURNS = 3;

process.once("message", (task: RulerTask) => {
  void measure(task).then((rates) => process.send?.(rates, () => process.exit()));
});

async function measure({ codec, operation, pairs }: RulerTask): Promise<RulerRates> {
  const { step, workload } = await (operation === "encode" ? encoding(codec) : decoding(codec));
  workload.check(new Sampler(1));
  const bench = new Benchmark(step, { maxTime: TURN_SECONDS });
  let repetitions = 1;
  const rateBy: Record<Harness, () => Promise<number>> = {
    [OURS]: async () => {
      const { samples } = await measureRepetitions(workload, (done) => done >= repetitions);
      const rate = sustainedRate(samples);
      repetitions = Math.max(1, Math.round((TURN_SECONDS * rate) / workload.factsPerRepetition));
      return rate;
    },
    "benchmark.js": () => Promise.resolve(bench.run().hz),
    tinybench: () => Promise.resolve(tinybenchRate(step)),
  };
  const harnesses: readonly Harness[] = [OURS, ...THEIRS];
  for (let turn = 0; turn < WARM_UP_TURNS; turn++)
    for (const harness of harnesses) await rateBy[harness]();
  const rates: RulerRates = { [OURS]: [], "benchmark.js": [], tinybench: [] };
  const uniform = seededUniform(pairs);
  for (let round = 0; round < pairs; round++) {
    for (const harness of shuffled(harnesses, uniform)) {
      rates[harness].push(await rateBy[harness]());
    }
  }
  return rates;
}

function tinybenchRate(step: () => void): number {
  const bench = new Bench({ time: TURN_SECONDS * 1000, warmup: false });
  bench.add("step", step);
  const [task] = bench.runSync();
  if (task?.result.state !== "completed") throw new Error("tinybench could not measure it");
  return 1000 / task.result.latency.mean;
}

const source = generatorSource({ seed: 42, from: 0 });
const { schema } = source;
const options = schema === undefined ? {} : { schema };

/** Encode and frame into the slab, which a null sink empties when it is full. */
async function encoding(name: string): Promise<Subject> {
  const pool = await collectPool(source, null);
  const parts = await loadParts(name, "none");
  const { encode } = parts.codec.open(options);
  if (encode === undefined) throw new Error(`${name} cannot write`);
  const writer = new FactWriter({ ...parts, encode }, nullSink());
  let next = 0;
  return {
    step: () => {
      writer.add(pool.facts[next] ?? {});
      next = next + 1 === pool.facts.length ? 0 : next + 1;
    },
    workload: new Writing({ parts, pool, schema, file: null, sync: "none" }),
  };
}

/** Split a fact off a file's content and decode it. */
async function decoding(name: string): Promise<Subject> {
  const pool = await collectPool(source, null);
  const parts = await loadParts(name, "none");
  const writing = await loadParts(parts.codec.writtenBy ?? name, "none");
  const codec = writing.codec.open(options);
  if (codec.encode === undefined) throw new Error(`${name} has no writer`);
  const memory = memorySink();
  const writer = new FactWriter({ ...writing, encode: codec.encode }, memory);
  for (const fact of pool.facts) writer.add(fact);
  writer.endBatch();
  const bytes = memory.content();
  // What the tool itself reads is a file as it writes it.
  const file = memorySink();
  const fileWriter = new FactWriter({ ...writing, ...encoderOf(writing.codec, codec) }, file);
  for (const fact of pool.facts) fileWriter.add(fact);
  fileWriter.endFile();
  const sidecar = codec.sidecar?.();

  const { decode } = parts.codec.open(sidecar === undefined ? options : { ...options, sidecar });
  const pass = () => records(bytes, parts)[Symbol.iterator]();
  let frames = pass();
  return {
    step: () => {
      let frame = frames.next();
      if (frame.done === true) {
        frames = pass();
        frame = frames.next();
      }
      decode?.(frame.value as Uint8Array);
    },
    workload: new Reading({
      parts,
      pool,
      schema,
      direction: "read",
      fields: [],
      content: { bytes: file.content(), sidecar },
    }),
  };
}

function* records(bytes: Uint8Array, parts: Parts): Iterable<Uint8Array> {
  for (const batch of batchesIn(bytes, parts, {})) yield* batch.records;
}
