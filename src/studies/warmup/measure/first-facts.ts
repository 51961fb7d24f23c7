import { createHash } from "node:crypto";
import type { OpenCodec } from "../../../core/codec.js";
import { HellfactError, UnavailableError } from "../../../core/errors.js";
import { FileReader, loadSidecar } from "../../../pipeline/data-file.js";
import { factsIn } from "../../../pipeline/fact-reader.js";
import { encoderOf, FactWriter, type FactWriterParts } from "../../../pipeline/fact-writer.js";
import { loadParts, type Parts } from "../../../pipeline/parts.js";
import type { CodecChoice } from "../../../plugins/load-codec.js";
import type { WatchedBlock, WatchedProcess } from "../document.js";
import { nullSink } from "../../../sinks/null.js";
import { openPayload } from "../../../payload/payload.js";
import { takePool, type Pool, type PoolSize } from "../../../payload/pool.js";
import { shareCallSites } from "../../../trial/share-call-sites.js";
import type { PayloadPlan } from "../../../payload/payload.js";

/** What a fresh process is to be watched doing, from its first fact. */
export interface WatchPlan {
  readonly codec: string;
  /** Where it is, if it is not one of this tool's. */
  readonly codecFile?: string;
  readonly compressor: string;
  /** Where that is, if it is not one of this tool's. */
  readonly compressorFile?: string | undefined;
  /** The file that is read, or `null` for writing to nowhere. */
  readonly file: string | null;
  readonly payload: PayloadPlan;
  readonly poolSize: PoolSize;
  /** Ends after so many facts, or so many seconds of processor time, whichever comes first. */
  readonly facts: number | null;
  readonly cpuSeconds: number;
  /** Processor time that goes into the same work before the first fact that counts. */
  readonly prewarmSeconds: number;
  readonly sharedWith: readonly CodecChoice[];
}

export type WatchOutcome =
  | { readonly status: "ok"; readonly watched: Omit<WatchedProcess, "round"> }
  | { readonly status: "failed" | "unavailable" | "unsupported"; readonly reason: string };

/** So many facts are each a block of their own: that is where a process is coldest. */
const SINGLE_FACTS = 16;
const BLOCK_SECONDS = 0.004;
/** Processor time between two readings of the clock, which itself takes a microsecond or two. */
const LOOK_SECONDS = 0.0004;
const REFERENCE_BYTES = 1 << 16;

/**
 * Watches this process, which should be fresh, from its start: what starting and loading took, and
 * what the facts took, block after block, in processor time. Making the facts is left out.
 */
export async function watchFirstFacts(plan: WatchPlan): Promise<WatchOutcome> {
  const startCpuSeconds = cpuSeconds();
  try {
    const source = await openPayload(plan.payload);
    const loadStart = cpuSeconds();
    const parts = await loadParts(plan, plan);
    const sidecar = plan.file === null ? undefined : loadSidecar(parts.codec, plan.file);
    if (parts.codec.needsSchema && source.schema === undefined) {
      return { status: "unsupported", reason: "needs a schema" };
    }
    const codec = parts.codec.open({
      ...(source.schema !== undefined && { schema: source.schema }),
      ...(sidecar !== undefined && { sidecar }),
    });
    const loadCpuSeconds = cpuSeconds() - loadStart;
    const pool = await takePool(source, plan.poolSize);
    await shareCallSites(plan.sharedWith, pool, source.schema);
    if (!parts.codec.abilities.includes(plan.file === null ? "encode" : "decode")) {
      const verb = plan.file === null ? "write" : "read";
      return { status: "unsupported", reason: `${plan.codec} cannot ${verb}` };
    }
    const work =
      plan.file === null
        ? writing({ ...parts, ...encoderOf(parts.codec, codec) }, pool)
        : reading(parts, codec, plan.file);
    const prewarmStart = cpuSeconds();
    while (cpuSeconds() - prewarmStart < plan.prewarmSeconds) work.next();
    const prewarmCpuSeconds = plan.prewarmSeconds === 0 ? 0 : cpuSeconds() - prewarmStart;
    const blocks = watch(work, plan);
    return {
      status: "ok",
      watched: { startCpuSeconds, loadCpuSeconds, prewarmCpuSeconds, blocks },
    };
  } catch (error) {
    if (error instanceof UnavailableError) return { status: "unavailable", reason: error.message };
    throw error;
  }
}

/** Facts into nowhere, one each time it is asked, without end. */
function* writing(parts: FactWriterParts, pool: Pool): Generator<unknown, never> {
  const writer = new FactWriter(parts, nullSink());
  for (;;) for (const fact of pool.facts) yield writer.add(fact);
}

/** Facts out of a file, one each time it is asked, without end. */
function* reading(parts: Parts, codec: OpenCodec, file: string): Generator<unknown, never> {
  const reader = new FileReader();
  for (;;) {
    let facts = 0;
    for (const fact of factsIn(reader.read(file), parts, codec)) {
      facts += 1;
      yield fact;
    }
    if (facts === 0) throw new HellfactError(`${file} holds no facts`);
  }
}

/** Blocks of facts, each with a reading of a reference workload: work that no compiler of JavaScript changes. */
function watch(work: Generator<unknown, never>, plan: WatchPlan): WatchedBlock[] {
  const reference = Buffer.alloc(REFERENCE_BYTES, "ruler");
  const measure = () => createHash("sha256").update(reference).digest();
  measure();
  const blocks: WatchedBlock[] = [];
  const most = plan.facts ?? Infinity;
  let done = 0;
  let spent = 0;
  while (done < most && spent < plan.cpuSeconds) {
    const single = blocks.length < SINGLE_FACTS;
    const previous = blocks.at(-1);
    const perFact = previous === undefined ? 1 : previous.cpuSeconds / previous.facts;
    const stride = single ? 1 : Math.max(1, Math.floor(LOOK_SECONDS / perFact));
    let facts = 0;
    const least = single ? 0 : BLOCK_SECONDS;
    const wallStart = performance.now();
    const start = cpuSeconds();
    let now = start;
    do {
      const end = Math.min(facts + stride, most - done);
      for (; facts < end; facts++) work.next();
      now = cpuSeconds();
    } while (now - start < least && done + facts < most);
    const wallSeconds = (performance.now() - wallStart) / 1000;
    measure();
    const referenceSeconds = cpuSeconds() - now;
    blocks.push({ facts, cpuSeconds: now - start, wallSeconds, referenceSeconds });
    done += facts;
    spent += now - start;
  }
  return blocks;
}

/** Processor time of this process, all its threads included, since it started. */
function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}
