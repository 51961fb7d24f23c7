import { rmSync } from "node:fs";
import { join } from "node:path";
import type { Fact } from "../../core/fact.js";
import { nullSink } from "../../sinks/null.js";
import type { Slowing } from "../../sinks/slowed.js";
import { FactWriter, type Encoder } from "../fact-writer.js";
import { uncompressed, type Parts } from "../parts.js";
import { openSource } from "./open-source.js";
import { partName, partSink } from "./part.js";
import type { RunPlan } from "./plan.js";

/** A part of the pipeline that is measured alone. `wideSink` writes several batches as one. */
export const PROBES = ["generator", "codec", "encode", "sink", "wideSink"] as const;
export type Probe = (typeof PROBES)[number];

export interface Probed {
  readonly facts: number;
  readonly seconds: number;
  readonly batches: number;
}

export interface ProbeOptions {
  readonly plan: RunPlan;
  readonly parts: Parts;
  /** Encoding by a codec of its own: what it learns is no part's business. */
  readonly encoder: Encoder;
  /** Facts that the worker has seen. */
  readonly facts: readonly Fact[];
  readonly slowing: Slowing;
  /** What the sink takes longer for each fact, on purpose. */
  readonly sinkSecondsPerFact: number;
}

const SECONDS = 0.15;
const WIDE = 4;
/** Where the sink's probe writes; named as parts are, so that it is cleared away as they are. */
const PROBE_POSITION = 999_999_999_999;

/** Does one part of a worker's pipeline alone for a while, in the worker's own process. */
export class Prober {
  /** Batches as the pipeline makes them, once they are made. */
  private made: Batch[] | undefined;

  constructor(private readonly options: ProbeOptions) {}

  /** `null` where the pipeline has no such part, or it cannot be measured alone. */
  async run(probe: Probe): Promise<Probed | null> {
    const { plan, slowing } = this.options;
    const isSlowed = slowing.bytesPerSecond !== null || slowing.latencySeconds > 0;
    switch (probe) {
      case "generator":
        return this.generator();
      case "codec":
        return this.encodeFor(this.options.parts);
      case "encode":
        return plan.compressor === "none" ? null : this.encodeFor(uncompressed(this.options.parts));
      case "sink":
        return plan.folder === null && !isSlowed ? null : this.sink(this.ownBatches());
      case "wideSink":
        return plan.folder === null && !isSlowed ? null : this.sink(widened(this.ownBatches()));
    }
  }

  private async generator(): Promise<Probed | null> {
    const { source: from, start, end } = this.options.plan;
    if (from.kind === "stream" && from.path === "-") return null;
    const source = await openSource(from, () => undefined);
    const startedAt = performance.now();
    let facts = 0;
    let seconds = 0;
    for await (const fact of source.facts(start, end)) {
      if (fact !== undefined) facts += 1;
      seconds = (performance.now() - startedAt) / 1000;
      if (seconds >= SECONDS) break;
    }
    return facts === 0 ? null : { facts, seconds, batches: 0 };
  }

  private encodeFor(parts: Parts): Probed {
    const { facts, encoder } = this.options;
    const writer = new FactWriter({ ...parts, ...encoder }, nullSink());
    const startedAt = performance.now();
    let done = 0;
    let seconds = 0;
    while (seconds < SECONDS) {
      // Whole batches only: what is half full has not been compressed.
      while (!writer.add(facts[done++ % facts.length] as Fact));
      seconds = (performance.now() - startedAt) / 1000;
    }
    return { facts: done, seconds, batches: 0 };
  }

  private async sink(batches: readonly Batch[]): Promise<Probed> {
    const { plan, slowing, sinkSecondsPerFact } = this.options;
    const path =
      plan.folder === null ? null : join(plan.folder, `${partName(PROBE_POSITION)}.${process.pid}`);
    let waiting = 0;
    const sink = partSink(path, plan.sync, slowing, () => waiting * sinkSecondsPerFact);
    const startedAt = performance.now();
    let facts = 0;
    let written = 0;
    while (performance.now() - startedAt < SECONDS * 1000) {
      const batch = batches[written++ % batches.length] as Batch;
      waiting = batch.facts;
      sink.write(batch.bytes);
      facts += batch.facts;
    }
    await sink.close(() => true);
    const seconds = (performance.now() - startedAt) / 1000;
    if (path !== null) rmSync(path, { force: true });
    return { facts, seconds, batches: written };
  }

  /** Batches as the pipeline makes them, made beforehand. */
  private ownBatches(): Batch[] {
    const { parts, facts, encoder } = this.options;
    if (this.made !== undefined) return this.made;
    const made: Batch[] = [];
    let since = 0;
    const keep = (bytes: Uint8Array) => {
      made.push({ bytes: Buffer.from(bytes), facts: since });
      since = 0;
    };
    const writer = new FactWriter({ ...parts, ...encoder }, { ...nullSink(), write: keep });
    for (let index = 0; index < facts.length || made.length < WIDE; index++) {
      since += 1;
      writer.add(facts[index % facts.length] as Fact);
    }
    this.made = made;
    return made;
  }
}

interface Batch {
  readonly bytes: Uint8Array;
  readonly facts: number;
}

function widened(batches: readonly Batch[]): Batch[] {
  return Array.from({ length: Math.floor(batches.length / WIDE) }, (_, index) => {
    const group = batches.slice(index * WIDE, (index + 1) * WIDE);
    return {
      bytes: Buffer.concat(group.map(({ bytes }) => bytes)),
      facts: group.reduce((sum, { facts }) => sum + facts, 0),
    };
  });
}
