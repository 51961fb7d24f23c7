import type { PayloadPlan } from "../../../payload/payload.js";
import { openPayload } from "../../../payload/payload.js";
import { collectPool, type PoolSize } from "../../../payload/pool.js";
import { describedPlace } from "./described-place.js";
import type { Matched } from "./variants/open.js";
import type { VariantPlan, CodecPlace, GateDirection } from "./plan.js";
import type { PlannedCell } from "./gate-run.js";

/** Facts to compare on. */
export interface GatePayload {
  readonly name: string;
  readonly plan: PayloadPlan;
}

/**
 * Passes over the pool before the clock starts. The figures of a pair say what they are after so much
 * work, and not what they would become in the end: both variants have done the same.
 */
const WARM_UP_PASSES = 4;

/** Every codec in every direction on every payload. */
export async function planCells(
  matched: readonly Matched[],
  directions: readonly GateDirection[],
  payloads: readonly GatePayload[],
): Promise<PlannedCell[]> {
  const cells: PlannedCell[] = [];
  for (const { name, plan } of payloads) {
    const { size: poolSize } = await collectPool(await openPayload(plan), null);
    for (const { codec, places } of matched) {
      for (const direction of await ableTo(places.candidate, directions)) {
        const on = payloads.length > 1 ? ` ${name}` : "";
        cells.push({
          name: `${codec} ${direction}${on}`,
          codec,
          direction,
          payload: name,
          plans: {
            baseline: variantPlan(places.baseline, direction, plan, poolSize),
            candidate: variantPlan(places.candidate, direction, plan, poolSize),
          },
        });
      }
    }
  }
  return cells;
}

const ABILITY = { write: "encode", read: "decode" } as const;

/** Of the directions, those that a codec has. One that does not load is told by its first pair. */
async function ableTo(
  place: CodecPlace,
  directions: readonly GateDirection[],
): Promise<readonly GateDirection[]> {
  try {
    const { abilities } = await describedPlace(place);
    return directions.filter((direction) => abilities.includes(ABILITY[direction]));
  } catch {
    return directions;
  }
}

function variantPlan(
  place: CodecPlace,
  direction: GateDirection,
  payload: PayloadPlan,
  poolSize: PoolSize,
): VariantPlan {
  return { place, direction, payload, poolSize, warmUpPasses: WARM_UP_PASSES, checks: true };
}
