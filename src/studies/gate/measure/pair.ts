import type { Uniform } from "../../../stats/random.js";
import { Arm } from "./arm.js";
import type { ArmName, ArmPlan, ArmReady, Turn } from "./plan.js";

/** What one arm did in a pair. */
export interface ArmReading {
  readonly ready: ArmReady;
  readonly turns: readonly Turn[];
}

export type PairReading = Readonly<Record<ArmName, ArmReading>>;

/** How the turns of a pair are made. */
export interface PairShape {
  /** Turns of each arm; even, because turns come in blocks of ABBA or BAAB. */
  readonly turns: number;
  readonly turnSeconds: number;
}

/**
 * One pair: a fresh process for each arm, only one of them working at a time, by turns in blocks of
 * ABBA or BAAB that are drawn at random. Both processes end with the pair.
 */
export async function runPair(
  plans: Readonly<Record<ArmName, ArmPlan>>,
  shape: PairShape,
  uniform: Uniform,
  signal: AbortSignal,
): Promise<PairReading> {
  const arms = { baseline: new Arm(signal), candidate: new Arm(signal) };
  try {
    const [first, second] = inRandomOrder(uniform);
    const ready = {} as Record<ArmName, ArmReady>;
    for (const name of [first, second]) ready[name] = await arms[name].open(plans[name]);
    // Both do the same work in a turn, as long as the slower of them takes.
    const walkSeconds = Math.max(ready.baseline.walkSeconds, ready.candidate.walkSeconds);
    const pool = plans.baseline.poolSize.facts;
    const facts = Math.max(1, Math.round((pool * shape.turnSeconds) / walkSeconds));
    const turns: Record<ArmName, Turn[]> = { baseline: [], candidate: [] };
    for (let block = 0; block < shape.turns / 2; block++) {
      const [outer, inner] = inRandomOrder(uniform);
      for (const name of [outer, inner, inner, outer])
        turns[name].push(await arms[name].turn(facts));
    }
    return {
      baseline: { ready: ready.baseline, turns: turns.baseline },
      candidate: { ready: ready.candidate, turns: turns.candidate },
    };
  } finally {
    arms.baseline.close();
    arms.candidate.close();
  }
}

export function inRandomOrder(uniform: Uniform): [ArmName, ArmName] {
  return uniform() < 0.5 ? ["baseline", "candidate"] : ["candidate", "baseline"];
}
