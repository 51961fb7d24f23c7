import type { Uniform } from "../../../stats/random.js";
import type { VariantName, VariantPlan, VariantReady, Turn, Way } from "./plan.js";
import { VariantProcess } from "./variant.js";

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
  /** One of these is drawn for each pair, and both variants run on it alone; none for any core. */
  readonly cores: readonly number[];
}

/**
 * One pair: fresh processes, one for each variant or one for both, and only one variant works at a time, by turns
 * in blocks of ABBA or BAAB that are drawn at random. So is which of them is loaded first, and the core
 * that both work on: what a core has lost to its neighbours is the same for both. The processes end with the pair.
 */
export async function runPair(
  plans: Readonly<Record<VariantName, VariantPlan>>,
  way: Way,
  shape: PairShape,
  uniform: Uniform,
  signal: AbortSignal,
): Promise<PairReading> {
  const variants = openProcesses(way, oneOf(shape.cores, uniform), signal);
  try {
    const [first, second] = inRandomOrder(uniform);
    const ready = {} as Record<VariantName, VariantReady>;
    for (const name of [first, second]) ready[name] = await variants[name].open(name, plans[name]);
    // Both do the same work in a turn: what takes the slower of them so long of the processor.
    const passSeconds = Math.max(ready.baseline.passSeconds, ready.candidate.passSeconds);
    const pool = plans.baseline.poolSize.facts;
    const facts = Math.max(1, Math.round((pool * shape.turnSeconds) / passSeconds));
    const turns: Record<VariantName, Turn[]> = { baseline: [], candidate: [] };
    for (let block = 0; block < shape.turns / 2; block++) {
      const [outer, inner] = inRandomOrder(uniform);
      for (const name of [outer, inner, inner, outer])
        turns[name].push(await variants[name].turn(name, facts));
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

function openProcesses(
  way: Way,
  core: number | null,
  signal: AbortSignal,
): Readonly<Record<VariantName, VariantProcess>> {
  if (way === "one-process") {
    const both = new VariantProcess(true, core, signal);
    return { baseline: both, candidate: both };
  }
  return {
    baseline: new VariantProcess(false, core, signal),
    candidate: new VariantProcess(false, core, signal),
  };
}

function oneOf(cores: readonly number[], uniform: Uniform): number | null {
  return cores[Math.floor(uniform() * cores.length)] ?? null;
}

export function inRandomOrder(uniform: Uniform): [VariantName, VariantName] {
  return uniform() < 0.5 ? ["baseline", "candidate"] : ["candidate", "baseline"];
}
