/** One decoder's process: gives it bytes that no codec wrote, and counts what comes of it. */
import type { Fact } from "../src/core/fact.js";
import type { JsonSchema } from "../src/core/json-schema.js";
import { generatorSource } from "../src/sources/generator.js";
import { DEFAULT_PROFILE } from "../generators/profile.js";
import { memorySink } from "../src/sinks/memory.js";
import { encoderOf, FactWriter } from "../src/pipeline/fact-writer.js";
import { batchesIn } from "../src/pipeline/fact-reader.js";
import { loadParts } from "../src/pipeline/parts.js";
import { collectPool } from "../src/payload/pool.js";
import { seededUniform } from "../src/stats/random.js";

export interface HostileTask {
  readonly codec: string;
  readonly kind: "truncated" | "flipped" | "random";
  readonly cases: number;
}

export interface HostileResult {
  readonly values: number;
  readonly errors: number;
  readonly polluted: boolean;
  readonly peakMemoryBytes: number;
}

const PROGRESS_MILLISECONDS = 500;

process.once("message", (task: HostileTask) => {
  void attack(task).then((result) => process.send?.(result, () => process.exit()));
});

async function attack({ codec: name, kind, cases }: HostileTask): Promise<HostileResult> {
  const source = generatorSource({
    ...{ seed: 42, from: 0 },
    profile: { ...DEFAULT_PROFILE, factBytes: 4000 },
  });
  const { facts } = await collectPool(source, 8);
  const { records, open } = await written(name, facts, source.schema);
  const { decode, decodeBatch } = open;
  const uniform = seededUniform(1);
  const upTo = (count: number) => Math.floor(uniform() * count);
  const counts = { values: 0, errors: 0 };
  let told = performance.now();
  for (let done = 0; done < cases; done++) {
    const whole = records[upTo(records.length)] as Buffer;
    const bytes = hostile(whole, kind, upTo);
    try {
      if (decodeBatch === undefined) decode?.(bytes);
      else for (const _ of decodeBatch(bytes));
      counts.values += 1;
    } catch {
      counts.errors += 1;
    }
    if (performance.now() - told > PROGRESS_MILLISECONDS) {
      process.send?.(done);
      told = performance.now();
      // Lets the message out, and what a library may have left for later.
      await new Promise((next) => setImmediate(next));
    }
  }
  const polluted = Object.keys(Object.prototype).length + Object.keys(Array.prototype).length > 0;
  return { ...counts, polluted, peakMemoryBytes: process.resourceUsage().maxRSS * 1024 };
}

/** The bytes of each fact or batch as the codec writes them, and the codec opened to read them. */
async function written(name: string, facts: readonly Fact[], schema: JsonSchema | undefined) {
  const reading = await loadParts({ codec: name }, "none");
  const writing = await loadParts({ codec: reading.codec.writtenBy ?? name }, "none");
  const options = schema === undefined ? {} : { schema };
  const codec = writing.codec.open(options);
  const memory = memorySink();
  const writer = new FactWriter({ ...writing, ...encoderOf(writing.codec, codec) }, memory);
  for (const fact of facts) writer.add(fact);
  writer.endFile();
  const sidecar = codec.sidecar?.();
  const open = reading.codec.open({ ...options, ...(sidecar !== undefined && { sidecar }) });
  const records = [...batchesIn(memory.content(), reading, open)].flatMap((batch) =>
    [...batch.records].map((bytes) => Buffer.from(bytes)),
  );
  return { records, open };
}

/** Bytes like those that were written, and yet not. */
function hostile(
  whole: Buffer,
  kind: HostileTask["kind"],
  upTo: (count: number) => number,
): Buffer {
  switch (kind) {
    case "truncated":
      return Buffer.from(whole.subarray(0, upTo(whole.length)));
    case "flipped": {
      const bytes = Buffer.from(whole);
      for (let flips = 1 + upTo(8); flips > 0; flips--) {
        const at = upTo(bytes.length);
        bytes[at] = (bytes[at] ?? 0) ^ (1 << upTo(8));
      }
      return bytes;
    }
    case "random":
      return Buffer.from(Array.from({ length: upTo(200) }, () => upTo(256)));
  }
}
