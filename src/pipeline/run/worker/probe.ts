import { rmSync } from "node:fs";
import { join } from "node:path";
import type { Fact } from "../../../core/fact.js";
import { factsOf, type RangedSource } from "../../../core/ranged-source.js";
import { WIDE } from "../../../core/sink.js";
import { nullSink } from "../../../sinks/null.js";
import { isSlowed, type Slowing } from "../../../sinks/slowed.js";
import { FactWriter, type Encoder } from "../../fact-writer.js";
import { uncompressed, type Parts } from "../../parts.js";
import { openSource } from "./open-source.js";
import { openPart } from "./part.js";
import { partName } from "./part-name.js";
import type { RunPlan } from "../plan.js";

/** Stages that are measured alone, or two together. `wideWrite` writes several batches as one. */
export const PROBES = ["source", "encodeAndCompress", "encode", "write", "wideWrite"] as const;
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
/** A probe writes no more than a part has by default, so that it needs no room of its own. */
const MAX_BYTES = 64e6;
/** Where the probe of writing writes; named as parts are, so that it is cleared away as they are. */
const PROBE_POSITION = 999_999_999_999;

/** Does one stage of a worker's pipeline alone for a while, in the worker's own process. */
export class Prober {
  /** Batches as the pipeline makes them, once they are made. */
  private made: Batch[] | undefined;
  private source: RangedSource | undefined;

  constructor(private readonly options: ProbeOptions) {}

  /** `null` where the pipeline has no such part, or it cannot be measured alone. */
  async run(probe: Probe): Promise<Probed | null> {
    const { plan, parts } = this.options;
    switch (probe) {
      case "source":
        return this.takeFacts();
      case "encodeAndCompress":
        return this.encodeFor(parts);
      case "encode":
        return plan.compressor === "none" ? null : this.encodeFor(uncompressed(parts));
      case "write":
        return this.write(this.ownBatches());
      case "wideWrite":
        return this.write(widened(this.ownBatches()));
    }
  }

  private async takeFacts(): Promise<Probed | null> {
    const { source: from, start, end } = this.options.plan;
    if (from.kind === "events" || (from.kind !== "generator" && from.path === "-")) return null;
    this.source ??= await openSource(from, () => undefined);
    const startedAt = performance.now();
    let facts = 0;
    let seconds = 0;
    for await (const fact of factsOf(this.source, start, end)) {
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
      const isLast = done % facts.length === facts.length - 1;
      const endedBatch = writer.add(facts[done++ % facts.length] as Fact);
      // A batch never holds a fact twice: that would flatter compression.
      if (isLast) writer.endBatch();
      // Whole batches only: what is half full has not been compressed.
      if (endedBatch || isLast) seconds = (performance.now() - startedAt) / 1000;
    }
    return { facts: done, seconds, batches: 0 };
  }

  private async write(batches: readonly Batch[]): Promise<Probed | null> {
    const { plan, slowing, sinkSecondsPerFact } = this.options;
    const isNowhere = plan.folder === null && !isSlowed(slowing) && sinkSecondsPerFact === 0;
    if (isNowhere || batches.length === 0) return null;
    const path =
      plan.folder === null ? null : join(plan.folder, `${partName(PROBE_POSITION)}.${process.pid}`);
    let waiting = 0;
    const sink = openPart({
      ...{ path, sync: plan.sync, slowing },
      extraSeconds: () => waiting * sinkSecondsPerFact,
    });
    try {
      const startedAt = performance.now();
      const done = { facts: 0, bytes: 0, batches: 0 };
      while (performance.now() - startedAt < SECONDS * 1000 && done.bytes < MAX_BYTES) {
        const batch = batches[done.batches++ % batches.length] as Batch;
        waiting = batch.facts;
        sink.write(batch.bytes);
        done.facts += batch.facts;
        done.bytes += batch.bytes.length;
      }
      await sink.close(() => true);
      const seconds = (performance.now() - startedAt) / 1000;
      return { facts: done.facts, seconds, batches: done.batches };
    } catch {
      // No room to measure in is no reason to end a run that may still have enough for itself.
      sink.discard();
      return null;
    } finally {
      if (path !== null) rmSync(path, { force: true });
    }
  }

  /** Batches as the pipeline makes them, made beforehand. */
  private ownBatches(): Batch[] {
    if (this.made !== undefined) return this.made;
    const { parts, facts, encoder } = this.options;
    const made: Batch[] = [];
    let since = 0;
    const keep = (bytes: Uint8Array) => {
      made.push({ bytes: Buffer.from(bytes), facts: since });
      since = 0;
    };
    const writer = new FactWriter({ ...parts, ...encoder }, { ...nullSink(), write: keep });
    for (const fact of facts) {
      since += 1;
      writer.add(fact);
    }
    writer.endBatch();
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
