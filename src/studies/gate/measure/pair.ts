import type { Uniform } from "../../../stats/random.js";
import { VariantProcess } from "./variant.js";
import type { VariantName, VariantPlan, VariantReady, Turn } from "./plan.js";

/** What one variant did in a pair. */
export interface VariantReading {
  readonly ready: VariantReady;
  readonly turns: readonly Turn[];
}

export type PairReading = Readonly<Record<VariantName, VariantReading>>;

/** How the turns of a pair are made. */
export interface PairShape {
  /** Turns of each variant; even, because turns come in blocks of ABBA or BAAB. */
  readonly turns: number;
  readonly turnSeconds: number;
}

/**
 * One pair: a fresh process for each variant, only one of them working at a time, by turns in blocks of
 * ABBA or BAAB that are drawn at random. Both processes end with the pair.
 */
export async function runPair(
  plans: Readonly<Record<VariantName, VariantPlan>>,
  shape: PairShape,
  uniform: Uniform,
  signal: AbortSignal,
): Promise<PairReading> {
  const variants = { baseline: new VariantProcess(signal), candidate: new VariantProcess(signal) };
  try {
    const [first, second] = inRandomOrder(uniform);
    const ready = {} as Record<VariantName, VariantReady>;
    for (const name of [first, second]) ready[name] = await variants[name].open(plans[name]);
    // Both do the same work in a turn, as long as the slower of them takes.
    const passSeconds = Math.max(ready.baseline.passSeconds, ready.candidate.passSeconds);
    const pool = plans.baseline.poolSize.facts;
    const facts = Math.max(1, Math.round((pool * shape.turnSeconds) / passSeconds));
    const turns: Record<VariantName, Turn[]> = { baseline: [], candidate: [] };
    for (let block = 0; block < shape.turns / 2; block++) {
      const [outer, inner] = inRandomOrder(uniform);
      for (const name of [outer, inner, inner, outer])
        turns[name].push(await variants[name].turn(facts));
    }
    return {
      baseline: { ready: ready.baseline, turns: turns.baseline },
      candidate: { ready: ready.candidate, turns: turns.candidate },
    };
  } finally {
    variants.baseline.close();
    variants.candidate.close();
  }
}

export function inRandomOrder(uniform: Uniform): [VariantName, VariantName] {
  return uniform() < 0.5 ? ["baseline", "candidate"] : ["candidate", "baseline"];
}
