import { openPayload } from "../../../payload/payload.js";
import { takePool } from "../../../payload/pool.js";
import type { VariantPlan } from "./plan.js";
import type { VariantFacts } from "./variant-bench.js";

/** The facts of a cell: the first ones of its payload, as many as were planned. */
export async function variantFacts({ payload, poolSize }: VariantPlan): Promise<VariantFacts> {
  const source = await openPayload(payload);
  const pool = await takePool(source, poolSize);
  return { pool, options: source.schema === undefined ? {} : { schema: source.schema } };
}
