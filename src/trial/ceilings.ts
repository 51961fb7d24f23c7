import { WIDE } from "../core/sink.js";
import type { Source } from "../core/source.js";
import { FactWriter } from "../pipeline/fact-writer.js";
import { uncompressed } from "../pipeline/parts.js";
import type { Ceilings } from "../verdict/result.js";
import { nullSink } from "../sinks/null.js";
import { clockTickSeconds, phaseSeconds, secondsSinceStart } from "./clock.js";
import type { Pool } from "../payload/pool.js";
import type { Writing } from "./writing.js";

/** Each part is repeated until it took so long, so that a quick one can be told from the clock. */
const MIN_SECONDS = phaseSeconds(0.03, clockTickSeconds());
/** A sink that is so many times as fast as the codec binds nothing, not on twice the cores or half the disk either. */
const MUCH_FASTER = 16;
/** How many facts the source gives between two readings of the clock. */
const CLOCK_FACTS = 16;

/**
 * What each part of a write can do alone, measured in the process that has just written, on the same
 * facts: the source, encoding, encoding with compression, and the sink with bytes made beforehand.
 */
export async function measureCeilings(writing: Writing, source: Source): Promise<Ceilings> {
  const { factsPerRepetition } = writing;
  const lengths: number[] = [];
  const codec = secondsPerRepetition(() => {
    lengths.length = 0;
    exhaust(
      writing.repetitionInto({ ...nullSink(), write: ({ length }) => void lengths.push(length) }),
    );
  });
  const batches = cut(writing.lastRepetition(), lengths);
  const sink = writing.hasSink ? timesPerRepetition(() => replay(writing, batches)) : null;
  // What a sink waits for is asked only of one that may ever bind.
  const wide = sink !== null && sink.wall * MUCH_FASTER > codec ? widened(batches) : [];
  const wideFacts = (factsPerRepetition * bytesOf(wide)) / bytesOf(batches);
  const wideWrite = wide.length > 0 ? secondsPerRepetition(() => replay(writing, wide)) : null;
  const encode = encodeAlone(writing);
  const rate = (seconds: number | null) => (seconds === null ? null : factsPerRepetition / seconds);
  return {
    source: await sourceRate(source, writing.options.pool),
    encode: rate(encode),
    codec: factsPerRepetition / codec,
    write: rate(sink?.wall ?? null),
    writeCpuSecondsPerFact: sink === null ? null : sink.cpu / factsPerRepetition,
    wideWrite: wideWrite === null ? null : wideFacts / wideWrite,
    factsPerBatch: factsPerRepetition / batches.length,
    shortestSeconds: Math.min(
      codec,
      sink?.wall ?? Infinity,
      wideWrite ?? Infinity,
      encode ?? Infinity,
    ),
  };
}

/** Encode and frame alone, where the pipeline also compresses. */
function encodeAlone({ encoder, options, factsPerRepetition }: Writing): number | null {
  const { parts, pool, compresses = false } = options;
  if (!compresses) return null;
  const writer = new FactWriter({ ...uncompressed(parts), ...encoder }, nullSink());
  return secondsPerRepetition(() => {
    for (let pass = 0; pass < factsPerRepetition / pool.facts.length; pass++) {
      for (const fact of pool.facts) writer.add(fact);
      writer.endBatch();
    }
  });
}

/** Bytes made beforehand, through a sink like the pipeline's own. */
function replay(writing: Writing, batches: readonly Uint8Array[]): void {
  const repetitionBytes = writing.lastRepetitionBytes;
  const sink = writing.openSink();
  for (const batch of batches) {
    writing.injection.count((writing.factsPerRepetition * batch.length) / repetitionBytes);
    sink.write(batch);
  }
  sink.close();
}

/** Facts per second that the source gives again, as many as tell it from the clock; `null` if it is too quick. */
async function sourceRate(source: Source, pool: Pool): Promise<number | null> {
  let start: number | undefined;
  let facts = -1; // the first one opens the source, and is not counted
  let seconds = 0;
  for await (const _ of source.facts()) {
    start ??= secondsSinceStart();
    facts += 1;
    const isLast = facts >= pool.facts.length - 1;
    if (!isLast && facts % CLOCK_FACTS !== 0) continue;
    seconds = secondsSinceStart() - start;
    if (isLast || seconds >= MIN_SECONDS) break;
  }
  return seconds === 0 ? null : facts / seconds;
}

function secondsPerRepetition(repetition: () => void): number {
  return timesPerRepetition(repetition).wall;
}

/** Seconds by the clock, and of this process's processor time. */
function timesPerRepetition(repetition: () => void): { wall: number; cpu: number } {
  const start = secondsSinceStart();
  const cpuStart = process.cpuUsage();
  let repetitions = 0;
  let wall = 0;
  while (wall < MIN_SECONDS) {
    repetition();
    repetitions += 1;
    wall = secondsSinceStart() - start;
  }
  const { user, system } = process.cpuUsage(cpuStart);
  return { wall: wall / repetitions, cpu: (user + system) / 1e6 / repetitions };
}

function exhaust(steps: Iterable<unknown>): void {
  for (const _ of steps);
}

/** The bytes of a repetition, cut where its batches ended. */
function cut(bytes: Uint8Array, lengths: readonly number[]): Uint8Array[] {
  let from = 0;
  return lengths.map((length) => bytes.subarray(from, (from += length)));
}

function bytesOf(batches: readonly Uint8Array[]): number {
  return batches.reduce((sum, { length }) => sum + length, 0);
}

/** Batches that are several of the given ones in a row; what is left over is left out. */
function widened(batches: readonly Uint8Array[]): Uint8Array[] {
  return Array.from({ length: Math.floor(batches.length / WIDE) }, (_, index) =>
    Buffer.concat(batches.slice(index * WIDE, (index + 1) * WIDE)),
  );
}
