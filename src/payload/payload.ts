import type { Profile } from "../../generators/profile.js";
import type { Source } from "../core/source.js";
import type { JsonSchema } from "../core/json-schema.js";

/** Where measured facts come from; every process makes or reads the same ones. */
export type PayloadPlan =
  | { readonly kind: "generator"; readonly seed: number; readonly profile: Profile }
  | {
      readonly kind: "file";
      /** The first of `files`, or the only one. */
      readonly path: string;
      readonly schema: JsonSchema;
      /** Not there for one file alone. */
      readonly files?: readonly string[];
    };

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
      return { ...(await fileOf(plan)), schema: plan.schema };
  }
}

async function fileOf(plan: Extract<PayloadPlan, { kind: "file" }>): Promise<Source> {
  const { fileSource } = await import("../sources/file.js");
  const { path, files = [path] } = plan;
  return {
    name: path,
    async *facts() {
      for (const file of files) yield* fileSource(file).facts();
    },
  };
}
