import type { Source } from "../core/source.js";
import type { PayloadPlan } from "./trial.js";

/** The source that a plan names. Only that one is loaded: a trial has no time for the others. */
export async function openPayload(plan: PayloadPlan): Promise<Source> {
  switch (plan.kind) {
    case "generator":
      return (await import("../sources/generator.js")).generatorSource({
        seed: plan.seed,
        from: 0,
        profile: plan.profile,
      });
    case "file":
      return {
        ...(await import("../sources/file.js")).fileSource(plan.path),
        schema: plan.schema,
      };
  }
}
