import { join } from "node:path";
import type { Sync } from "../../../core/sink.js";
import { NO_DELAYS } from "../../../pipeline/injection.js";
import { NOT_SLOWED } from "../../../sinks/slowed.js";
import { dataFileName } from "../../../pipeline/data-file.js";
import type { CompressorChoice } from "../../../plugins/load-compressor.js";
import type { PlannedScenario } from "./matrix.js";
import type { PlannableCodec } from "../../../plugins/known-codec.js";
import type { Scenario } from "../../../trial/scenario.js";
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

/** What is found out about writes beside their rates; `json`: what binds, of uncompressed JSON's write alone. */
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
    const { engine } = scenario;
    const readsAsChecked = engine === null || engine === choice?.compressor.engines[0];
    return { scenario, ...common, study: studyOf(scenario, common), readsAsChecked, file };
  });
}

function studyOf(
  { codec, direction, runtime, sweepValue, compressor }: Scenario,
  { study }: CommonPlan,
): Study {
  if (study !== "json") return study;
  const isOne = runtime === undefined && sweepValue === undefined && compressor === "none";
  return codec === "json" && direction === "write" && isOne ? "ceilings" : "none";
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
