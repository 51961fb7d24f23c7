import type { FactCheck } from "../../../core/fact.js";
import type { OnReject, RangedSource } from "../../../core/ranged-source.js";
import type { SourcePlan } from "../plan.js";

/** Opens the source that a plan names. Only that one is loaded. */
export async function openSource(
  plan: SourcePlan,
  onReject?: OnReject,
  check?: FactCheck,
): Promise<RangedSource> {
  switch (plan.kind) {
    case "generator":
      return (await import("../../../sources/generator.js")).generatorRange(
        plan.seed,
        plan.profile,
      );
    case "lines":
      return (await import("../../../sources/line-range.js")).lineRange(plan.path, onReject, check);
    case "stream": {
      const { lineStream } = await import("../../../sources/line-stream.js");
      return lineStream(plan.path, { onReject, check, allowBombs: plan.allowBombs });
    }
  }
}
