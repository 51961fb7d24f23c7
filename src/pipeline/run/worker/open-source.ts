import type { FactCheck } from "../../../core/fact.js";
import type { OnReject, RangedSource } from "../../../core/ranged-source.js";
import type { Segment } from "../../../sources/line-segment.js";
import type { SourcePlan } from "../plan.js";

/**
 * Opens the source that a plan names. Only that one is loaded.
 *
 * @param segment what was put aside of a pipe; without it its beginning is looked at
 */
export async function openSource(
  plan: SourcePlan,
  onReject?: OnReject,
  check?: FactCheck,
  segment?: () => Segment,
): Promise<RangedSource & { readonly bytes?: number }> {
  switch (plan.kind) {
    case "generator":
      return (await import("../../../sources/generator.js")).generatorRange(
        plan.seed,
        plan.profile,
      );
    case "lines":
      return (await import("../../../sources/line-range.js")).lineRange(plan.path, onReject, check);
    case "pipe": {
      const { path, allowBombs } = plan;
      if (segment !== undefined) {
        const { lineSegments } = await import("../../../sources/line-segment.js");
        return lineSegments({ path, segment, onReject, check });
      }
      const { lineStream } = await import("../../../sources/line-stream.js");
      return lineStream(path, { onReject, check, allowBombs, looksOnly: true });
    }
    case "stream": {
      const { lineStream } = await import("../../../sources/line-stream.js");
      return lineStream(plan.path, { onReject, check, allowBombs: plan.allowBombs });
    }
  }
}
