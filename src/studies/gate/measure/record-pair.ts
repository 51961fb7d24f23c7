import { InputError } from "../../../core/errors.js";
import { CounterInterval } from "../../../machine/counters.js";
import type { Uniform } from "../../../stats/random.js";
import type { GatePair } from "../document.js";
import type { PlannedCell } from "./gate-run.js";
import { allowedCores } from "./pinned.js";
import { runPair, type VariantReading } from "./pair.js";
import type { VariantName, VariantPlan, Way } from "./plan.js";

/** A choice from a handful of noisy pairs of `bench/gate-variants.ts`: to be settled by a longer study. */
const SHAPE = { turns: 16, turnSeconds: 0.05, cores: allowedCores() };

/** Makes a pair, and says what became of it and of the machine meanwhile. Rejects as `runPair` does. */
export async function recordPair(
  cell: number,
  plans: Readonly<Record<VariantName, VariantPlan>>,
  way: Way,
  uniform: Uniform,
  signal: AbortSignal,
): Promise<GatePair> {
  const start = performance.now();
  const counters = new CounterInterval();
  counters.start();
  const { baseline, candidate } = await runPair(plans, way, SHAPE, uniform, signal);
  counters.end();
  const { stolenSeconds } = await counters.differences();
  return {
    cell,
    way,
    seconds: (performance.now() - start) / 1000,
    stolenSeconds,
    baseline: recorded(baseline),
    candidate: recorded(candidate),
  };
}

function recorded({ ready, turns }: VariantReading): GatePair["baseline"] {
  const { digest, encodedBytesPerFact, allocatedBytesPerFact } = ready;
  return { digest, encodedBytesPerFact, allocatedBytesPerFact, turns: [...turns] };
}

/** Throws an `InputError` if the variants of a pair wrote different bytes. */
export function checkSameBytes(
  { name }: Pick<PlannedCell, "name">,
  { baseline, candidate }: GatePair,
): void {
  if (baseline.digest === candidate.digest) return;
  const [before, after] = [baseline, candidate].map((variant) =>
    Math.round(variant.encodedBytesPerFact),
  );
  throw new InputError(
    `${name}: the candidate writes other bytes than the baseline (${after} per fact, before ${before}): ` +
      "a change of format. If it is meant, --allow-changed-bytes compares the speed all the same.",
  );
}
