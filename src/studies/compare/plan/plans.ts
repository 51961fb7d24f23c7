import { join } from "node:path";
import type { Sync } from "../../../core/sink.js";
import { NO_DELAYS } from "../../../pipeline/injection.js";
import { NOT_SLOWED } from "../../../sinks/slowed.js";
import { dataFileName } from "../../../pipeline/data-file.js";
import type { CompressorChoice } from "../../../plugins/load-compressor.js";
import type { PlannedScenario } from "./matrix.js";
import type { PlannableCodec } from "../../../plugins/known-codec.js";
import type { Scenario } from "../../../trial/scenario.js";
import { MIN_FOR_INTERVAL } from "../../../stats/median-interval.js";
import type { Study } from "../../../trial/trial.js";
import type { ScenarioPlan } from "../../../trial/schedule/options.js";

/** What all trials of a comparison have in common. */
export type CommonPlan = Pick<
  ScenarioPlan,
  | "payload"
  | "codecFiles"
  | "compressorFiles"
  | "poolSize"
  | "fields"
  | "batchBytes"
  | "slowing"
  | "delays"
  | "runtimes"
> & { readonly study: StudyChoice };

/** What is found out about writes beside their rates; `json`: what binds, of JSON's writes alone. */
export type StudyChoice = Study | "json";

type Measurable = Extract<PlannedScenario, { codec: PlannableCodec }>;

/** The trials' plans for the scenarios that will be measured, in the same order. */
export function scenarioPlans(
  measurable: readonly Measurable[],
  compressors: readonly CompressorChoice[],
  common: CommonPlan,
  runFolder: string,
): ScenarioPlan[] {
  return measurable.map(({ scenario, codec }) => {
    const choice = compressors.find(({ text }) => text === scenario.compressor);
    const writer = { name: codec.writtenBy ?? codec.name, fileExtension: codec.fileExtension };
    const needsFile = scenario.sink === "file" && choice !== undefined;
    const under = scenario.runtime === undefined ? "" : `${scenario.runtime.replaceAll(" ", "-")}.`;
    const file = needsFile
      ? join(runFolder, `${under}${dataFileName(writer, choice, scenario.unit ?? "batch")}`)
      : null;
    return { scenario, ...common, ...studyOf(scenario, common), file };
  });
}

/**
 * Of JSON's writes, what binds the plain one is the first screen's to say, and judged by all rounds; the others take
 * no more time for it than an interval does.
 */
function studyOf(
  { codec, direction, runtime, sweepValue, compressor }: Scenario,
  { study }: CommonPlan,
): Pick<ScenarioPlan, "study" | "studiedRounds"> {
  if (study !== "json") return { study };
  const isOne = runtime === undefined && sweepValue === undefined;
  if (codec !== "json" || direction !== "write" || !isOne) return { study: "none" };
  return compressor === "none"
    ? { study: "ceilings" }
    : { study: "ceilings", studiedRounds: MIN_FOR_INTERVAL };
}

/** Writes for the files that will be read and that none of the plans writes. */
export function preparationPlans(
  measurable: readonly Measurable[],
  plans: readonly ScenarioPlan[],
  sync: Sync,
): ScenarioPlan[] {
  const present = new Set<string | null>([null]);
  for (const { scenario, file } of plans) if (scenario.direction === "write") present.add(file);
  return plans.flatMap((plan, index): ScenarioPlan[] => {
    if (present.has(plan.file)) return [];
    present.add(plan.file);
    const codec = measurable[index]?.codec.writtenBy ?? plan.scenario.codec;
    const scenario = { ...plan.scenario, codec, engine: null, direction: "write", sync } as const;
    return [{ ...plan, scenario, slowing: NOT_SLOWED, delays: NO_DELAYS }];
  });
}
