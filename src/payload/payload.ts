import type { Profile } from "../../generators/profile.js";
import type { Source } from "../core/source.js";
import type { JsonSchema } from "../core/json-schema.js";

/** Where measured facts come from; every process makes or reads the same ones. */
export type PayloadPlan =
  | { readonly kind: "generator"; readonly seed: number; readonly profile: Profile }
  | { readonly kind: "file"; readonly path: string; readonly schema: JsonSchema };

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
