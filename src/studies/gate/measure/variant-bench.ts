import { createHash } from "node:crypto";
import type { CodecOptions } from "../../../core/codec.js";
import { HellfactError } from "../../../core/errors.js";
import { firstDifference } from "../../../payload/difference.js";
import type { Pool } from "../../../payload/pool.js";
import { processorSeconds, threadWaitSeconds } from "../../../trial/clock.js";
import { heapBytesPerCall } from "./allocations.js";
import { openWork, type Work } from "./variant-work.js";
import { loadPlace } from "./load-place.js";
import type { VariantPlan, VariantReady, Turn } from "./plan.js";
import { runReferenceWorkload } from "./reference-workload.js";
import { slowedBy } from "./slowdown.js";
import { collectYoung } from "./young-garbage.js";

/** Facts that are worked on before the clock starts, so that caches know the variant again. */
const PRELUDE_FACTS = 8;

/** What variants work on, and what codecs are told of it. */
export interface VariantFacts {
  readonly pool: Pool;
  readonly options: CodecOptions;
}

/** One variant at work in this process. */
export class VariantBench {
  private next = 0;

  private constructor(
    private readonly work: Work,
    private readonly passSeconds: number,
    private readonly allocatedBytesPerFact: number | null,
    private readonly isShared: boolean,
  ) {}

  /**
   * Loads the codec, checks that facts come back as they went, and warms up. Rejects with a
   * `HellfactError` if they do not.
   *
   * @param isShared whether the other variant is opened in the same process
   */
  static async open(
    plan: VariantPlan,
    { pool, options }: VariantFacts,
    isShared: boolean,
  ): Promise<VariantBench> {
    const codec = await loadPlace(plan.place);
    const work = await openWork(codec, options, pool, plan.direction);
    if (plan.checks) check(work, pool, codec.losses);
    const slowed = slowedBy(work, plan.place.slowdown);
    for (let pass = 0; pass < plan.warmUpPasses; pass++) walkOver(slowed);
    const allocated = heapBytesPerCall((index) => slowed.step(index), slowed.facts);
    const passSeconds = busySeconds(() => walkOver(slowed));
    return new VariantBench(slowed, passSeconds, allocated, isShared);
  }

  ready(): VariantReady {
    const { encoded } = this.work;
    return {
      digest: createHash("sha256").update(encoded).digest("hex"),
      encodedBytesPerFact: encoded.length / this.work.facts,
      allocatedBytesPerFact: this.allocatedBytesPerFact,
      passSeconds: this.passSeconds,
    };
  }

  /**
   * Works on so many facts, from where the turn before stopped; both variants get the same ones. Beside the
   * other variant it begins without young garbage, and its own is collected before the clock stops: so
   * each pays for what it makes, and for nothing that the other made.
   */
  turn(facts: number): Turn {
    runReferenceWorkload(1);
    this.workOn(this.next, PRELUDE_FACTS);
    if (this.isShared) collectYoung();
    const waitBefore = threadWaitSeconds();
    const cpuBefore = processorSeconds();
    const start = performance.now();
    this.workOn(this.next, facts);
    if (this.isShared) collectYoung();
    const wallSeconds = (performance.now() - start) / 1000;
    const cpuSeconds = processorSeconds() - cpuBefore;
    const waitSeconds = threadWaitSeconds() - waitBefore;
    this.next = (this.next + facts) % this.work.facts;
    return { wallSeconds, cpuSeconds, waitSeconds, referenceSeconds: referenceSeconds() };
  }

  private workOn(from: number, facts: number): void {
    for (let done = 0; done < facts; done++) this.work.step((from + done) % this.work.facts);
  }
}

/** Under so much more by the clock than of the processor, a codec is taken to sleep. */
const MOST_WAITING = 20;

/**
 * Processor time of some work, so that turns do not become shorter where others take the processor away; by the
 * clock, in part, for a codec that sleeps.
 */
function busySeconds(work: () => void): number {
  const cpuBefore = processorSeconds();
  const start = performance.now();
  work();
  const wallSeconds = (performance.now() - start) / 1000;
  return Math.max(processorSeconds() - cpuBefore, wallSeconds / MOST_WAITING);
}

function walkOver(work: Work): void {
  for (let index = 0; index < work.facts; index++) work.step(index);
}

function referenceSeconds(): number {
  const before = processorSeconds();
  runReferenceWorkload(2);
  return processorSeconds() - before;
}

function check(work: Work, { facts }: Pool, losses: Parameters<typeof firstDifference>[2]): void {
  for (const [index, fact] of facts.entries()) {
    const path = firstDifference(fact, work.decoded(index), losses);
    if (path !== undefined) {
      throw new HellfactError(`fact ${index} does not come back as it was: ${path} differs`);
    }
  }
}
