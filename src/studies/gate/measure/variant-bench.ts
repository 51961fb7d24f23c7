import { createHash } from "node:crypto";
import { HellfactError } from "../../../core/errors.js";
import { firstDifference } from "../../../payload/difference.js";
import { openPayload } from "../../../payload/payload.js";
import { takePool, type Pool } from "../../../payload/pool.js";
import { heapBytesPerCall } from "./allocations.js";
import { openWork, type Work } from "./variant-work.js";
import { mainThreadWaitSeconds, processorSeconds } from "./clocks.js";
import { loadPlace } from "./load-place.js";
import type { VariantPlan, VariantReady, Turn } from "./plan.js";
import { slowedBy } from "./slowdown.js";
import { runReferenceWorkload } from "./reference-workload.js";

/** Facts that are worked on before the clock starts, so that caches know the variant again. */
const PRELUDE_FACTS = 8;

/** One variant at work in this process. */
export class VariantBench {
  private next = 0;

  private constructor(
    private readonly work: Work,
    private readonly passSeconds: number,
    private readonly allocatedBytesPerFact: number | null,
  ) {}

  /**
   * Loads the codec, checks that facts come back as they went, and warms up. Rejects with a
   * `HellfactError` if they do not.
   */
  static async open(plan: VariantPlan): Promise<VariantBench> {
    const source = await openPayload(plan.payload);
    const pool = await takePool(source, plan.poolSize);
    const codec = await loadPlace(plan.place);
    const schema = source.schema === undefined ? {} : { schema: source.schema };
    const work = await openWork(codec, schema, pool, plan.direction);
    if (plan.checks) check(work, pool, codec.losses);
    const slowed = slowedBy(work, plan.place.slowdown);
    for (let pass = 0; pass < plan.warmUpPasses; pass++) walkOver(slowed);
    const allocated = heapBytesPerCall((index) => slowed.step(index), slowed.facts);
    const start = performance.now();
    walkOver(slowed);
    return new VariantBench(slowed, (performance.now() - start) / 1000, allocated);
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

  /** Works on so many facts, from where the turn before stopped; both variants get the same ones. */
  turn(facts: number): Turn {
    runReferenceWorkload(1);
    this.workOn(this.next, PRELUDE_FACTS);
    const waitBefore = mainThreadWaitSeconds();
    const cpuBefore = processorSeconds();
    const start = performance.now();
    this.workOn(this.next, facts);
    const wallSeconds = (performance.now() - start) / 1000;
    const cpuSeconds = processorSeconds() - cpuBefore;
    const waitSeconds = mainThreadWaitSeconds() - waitBefore;
    this.next = (this.next + facts) % this.work.facts;
    return { wallSeconds, cpuSeconds, waitSeconds, referenceSeconds: referenceSeconds() };
  }

  private workOn(from: number, facts: number): void {
    for (let done = 0; done < facts; done++) this.work.step((from + done) % this.work.facts);
  }
}

function walkOver(work: Work): void {
  for (let index = 0; index < work.facts; index++) work.step(index);
}

function referenceSeconds(): number {
  const before = processorSeconds();
  runReferenceWorkload(4);
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
