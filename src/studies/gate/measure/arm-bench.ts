import { createHash } from "node:crypto";
import { HellfactError } from "../../../core/errors.js";
import { firstDifference } from "../../../payload/difference.js";
import { openPayload } from "../../../payload/payload.js";
import { takePool, type Pool } from "../../../payload/pool.js";
import { heapBytesPerCall } from "./allocations.js";
import { openWork, type Work } from "./arm-work.js";
import { mainThreadWaitSeconds, processorSeconds } from "./clocks.js";
import { loadPlace } from "./load-place.js";
import type { ArmPlan, ArmReady, Turn } from "./plan.js";
import { slowedBy } from "./slowdown.js";
import { runSentinel } from "./sentinel.js";

/** Facts that are worked on before the clock starts, so that caches know the arm again. */
const PRELUDE_FACTS = 8;

/** One arm at work in this process. */
export class ArmBench {
  private next = 0;

  private constructor(
    private readonly work: Work,
    private readonly walkSeconds: number,
    private readonly allocatedBytesPerFact: number | null,
  ) {}

  /**
   * Loads the codec, checks that facts come back as they went, and warms up. Rejects with a
   * `HellfactError` if they do not.
   */
  static async open(plan: ArmPlan): Promise<ArmBench> {
    const source = await openPayload(plan.payload);
    const pool = await takePool(source, plan.poolSize);
    const codec = await loadPlace(plan.place);
    const schema = source.schema === undefined ? {} : { schema: source.schema };
    const work = await openWork(codec, schema, pool, plan.direction);
    if (plan.checks) check(work, pool, codec.losses);
    const slowed = slowedBy(work, plan.place.slowdown);
    for (let walk = 0; walk < plan.warmUpWalks; walk++) walkOver(slowed);
    const allocated = heapBytesPerCall((index) => slowed.step(index), slowed.facts);
    const start = performance.now();
    walkOver(slowed);
    return new ArmBench(slowed, (performance.now() - start) / 1000, allocated);
  }

  ready(): ArmReady {
    const { encoded } = this.work;
    return {
      kind: "ready",
      digest: createHash("sha256").update(encoded).digest("hex"),
      encodedBytesPerFact: encoded.length / this.work.facts,
      allocatedBytesPerFact: this.allocatedBytesPerFact,
      walkSeconds: this.walkSeconds,
    };
  }

  /** Works on so many facts, from where the turn before stopped; both arms get the same ones. */
  turn(facts: number): Turn {
    runSentinel(1);
    this.workOn(this.next, PRELUDE_FACTS);
    const waitBefore = mainThreadWaitSeconds();
    const cpuBefore = processorSeconds();
    const start = performance.now();
    this.workOn(this.next, facts);
    const wallSeconds = (performance.now() - start) / 1000;
    const cpuSeconds = processorSeconds() - cpuBefore;
    const waitSeconds = mainThreadWaitSeconds() - waitBefore;
    this.next = (this.next + facts) % this.work.facts;
    return { wallSeconds, cpuSeconds, waitSeconds, sentinelSeconds: sentinelSeconds() };
  }

  private workOn(from: number, facts: number): void {
    for (let done = 0; done < facts; done++) this.work.step((from + done) % this.work.facts);
  }
}

function walkOver(work: Work): void {
  for (let index = 0; index < work.facts; index++) work.step(index);
}

function sentinelSeconds(): number {
  const before = processorSeconds();
  runSentinel(4);
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
