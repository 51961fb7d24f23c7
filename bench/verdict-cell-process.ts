/** One process of a cell of the truth matrix: a write whose ceilings are known beforehand, measured in rounds. */
import { readFileSync } from "node:fs";
import { performance } from "node:perf_hooks";
import { DEFAULT_PROFILE } from "../generators/profile.js";
import type { Sink } from "../src/core/sink.js";
import type { Source } from "../src/core/source.js";
import { CounterInterval } from "../src/machine/counters.js";
import { measureCeilings } from "../src/trial/ceilings.js";
import { usableCores } from "../src/machine/environment.js";
import { measureInjected } from "../src/trial/injected.js";
import { secondsPerFactInside } from "../src/trial/inside-repetition.js";
import { collectPool } from "../src/payload/pool.js";
import { othersCores } from "../src/verdict/others.js";
import { Writing } from "../src/trial/writing.js";
import { NO_DELAYS } from "../src/pipeline/injection.js";
import { loadParts } from "../src/pipeline/parts.js";
import type { InjectedDelay } from "../src/verdict/result.js";
import { fileSink } from "../src/sinks/file.js";
import { NOT_SLOWED } from "../src/sinks/slowed.js";
import { generatorSource } from "../src/sources/generator.js";
import type { Round } from "../src/verdict/evidence.js";
import { heldTo } from "./held-codec.js";

export interface Cell {
  readonly codec: "json" | "msgpackr" | "protobuf";
  readonly compressor: string;
  /** What the sink does beside the codec: a device with a rate, a writer that waits for each fact, or for each batch. */
  readonly sink: "device" | "in turn" | "latency" | "pipe";
  readonly sync: "none" | "close";
  /** How many times as fast the sink is as the codec. */
  readonly ratio: number;
  /** What the codec is held to, so that its speed is known whatever the machine does at the moment. */
  readonly factSeconds: number;
  readonly workers: number;
  readonly rounds: number;
  /** What is measured: ceilings, or what delays do. */
  readonly study: "ceilings" | "causal";
  /** Whether others on the machine count as a disturbance. */
  readonly seesOthers?: boolean;
  readonly file: string;
}

export interface CellOutcome {
  readonly rounds: Round[];
  readonly injected: InjectedDelay[];
  readonly storedBytesPerFact: number;
  readonly factsPerBatch: number;
  readonly shortestSeconds: number;
  /** What the rules in use would have looked at. */
  readonly symptoms: { cpu: number; ioWait: number; eventLoop: number; ioPressure: number };
}

/** They fill whole batches: a small one behind a large one would wait for the device, and the truth be lost. */
const POOL_FACTS = { json: 640, msgpackr: 640, protobuf: 780 };
const FACT_BYTES = 4000;

process.once("message", (cell: Cell) => {
  void measure(cell).then((outcome) => process.send?.(outcome, () => process.exit()));
});

async function measure(cell: Cell): Promise<CellOutcome> {
  const source = generatorSource({
    seed: 42,
    from: 0,
    profile: { ...DEFAULT_PROFILE, factBytes: FACT_BYTES },
  });
  const pool = await collectPool(source, POOL_FACTS[cell.codec]);
  const schema = source.schema;
  const parts = await loadParts(cell.codec, cell.compressor);
  const rehearsal = new Writing({ parts, pool, schema, file: null, sync: "none" });
  for (const _ of rehearsal.repetition());
  const { encodedBytesPerFact, storedBytesPerFact } = rehearsal.sizes();
  const perFact = cell.factSeconds / cell.ratio;
  const compresses = cell.compressor !== "none";
  const options = { pool, schema, compresses, file: cell.file, sync: cell.sync };
  const own = await ownWork(cell, new Writing({ parts, ...options }), source);
  const Kind = cell.sink === "pipe" ? PipeWriting : Writing;
  const writing = new Kind({
    parts: heldTo(cell.factSeconds, encodedBytesPerFact, parts, compresses),
    ...options,
    ...conditions(cell, perFact, storedBytesPerFact, own),
  });
  if (cell.sink === "pipe") process.send?.({ drainBytesPerSecond: storedBytesPerFact / perFact });
  for (const _ of writing.repetition()); // warms up
  const rounds: Round[] = [];
  const before = { loop: performance.eventLoopUtilization(), ...stat() };
  let shortestSeconds = Infinity;
  let factsPerBatch = 1;
  const injected: InjectedDelay[] = [];
  if (cell.study === "causal") injected.push(...measureInjected(writing));
  else {
    for (let round = 0; round < cell.rounds; round++) {
      const counters = new CounterInterval();
      counters.start();
      const start = performance.now();
      const factSeconds = secondsPerFactInside(writing.repetition());
      const seconds = (performance.now() - start) / 1000;
      counters.end();
      const counted = await counters.differences();
      const ceilings = await measureCeilings(writing, source);
      shortestSeconds = Math.min(shortestSeconds, ceilings.shortestSeconds);
      factsPerBatch = ceilings.factsPerBatch;
      rounds.push({
        ...{ encode: ceilings.encode, codec: ceilings.codec, source: null },
        ...{ write: ceilings.write, wideWrite: ceilings.wideWrite },
        pipeline: 1 / factSeconds,
        counters: {
          processes: 1,
          wallSeconds: seconds,
          cpuSeconds: counted.userSeconds + counted.systemSeconds,
          garbageCollectionSeconds: counted.garbageCollectionSeconds,
          runQueueSeconds: counted.runQueueSeconds,
          // What else runs here are other cells, each on a core of its own; a rival is told by `seesOthers`.
          othersCores: cell.seesOthers ? othersCores(counted, seconds) : null,
          stolenSeconds: counted.stolenSeconds,
          cores: usableCores(),
          ioPressureSeconds: counted.ioPressureSeconds,
          blockWrittenBytes: counted.blockWrittenBytes,
          facts: writing.factsPerRepetition,
        },
      });
    }
  }
  const symptoms = symptomsSince(rounds, before);
  if (cell.sink !== "pipe") writing.finish();
  return { rounds, injected, storedBytesPerFact, factsPerBatch, shortestSeconds, symptoms };
}

/** Writes into a pipe that somebody drains. */
class PipeWriting extends Writing {
  override get hasSink(): boolean {
    return true;
  }

  override openSink(): Sink {
    return fileSink(this.options.file ?? "", "none");
  }

  override lastRepetition(): Uint8Array {
    return Buffer.alloc(1 << 24);
  }
}

function symptomsSince(
  rounds: readonly Round[],
  before: {
    loop: ReturnType<typeof performance.eventLoopUtilization>;
    ioWait: number;
    all: number;
  },
): CellOutcome["symptoms"] {
  const after = stat();
  const total = (value: (round: Round) => number) =>
    rounds.reduce((sum, round) => sum + value(round), 0);
  const wall = total(({ counters }) => counters.wallSeconds);
  return {
    cpu: total(({ counters }) => counters.cpuSeconds) / wall,
    ioWait: (after.ioWait - before.ioWait) / (after.all - before.all),
    eventLoop: performance.eventLoopUtilization(before.loop).utilization,
    ioPressure: total(({ counters }) => counters.ioPressureSeconds ?? 0) / wall,
  };
}

/** Ticks that all cores waited for the disk, and all their ticks. */
function stat(): { ioWait: number; all: number } {
  const line = readFileSync("/proc/stat", "utf8").split("\n", 1)[0] ?? "";
  const ticks = line.split(/\s+/).slice(1).map(Number);
  return { ioWait: ticks[4] ?? 0, all: ticks.reduce((sum, value) => sum + value, 0) };
}

/** What the file takes for a fact without being held back, and how many facts are in a batch. */
async function ownWork(cell: Cell, writing: Writing, source: Source) {
  if (cell.sink === "pipe" || cell.sink === "device") return { seconds: 0, factsPerBatch: 1 };
  for (const _ of writing.repetition());
  const found = [await measureCeilings(writing, source), await measureCeilings(writing, source)];
  writing.finish();
  const seconds = Math.min(...found.map(({ write }) => 1 / (write ?? Infinity)));
  return { seconds, factsPerBatch: found[0]?.factsPerBatch ?? 1 };
}

/** What holds the sink back, so that it takes `perFact` seconds for a fact, its own work included. */
function conditions(
  cell: Cell,
  perFact: number,
  storedBytes: number,
  own: { readonly seconds: number; readonly factsPerBatch: number },
) {
  const waits = Math.max(0, perFact - own.seconds);
  switch (cell.sink) {
    case "device":
      return { slowing: { ...NOT_SLOWED, bytesPerSecond: storedBytes / perFact } };
    case "in turn":
      return { delays: { ...NO_DELAYS, writeSeconds: waits } };
    case "latency":
      return { slowing: { ...NOT_SLOWED, latencySeconds: waits * own.factsPerBatch } };
    case "pipe":
      return {};
  }
}
