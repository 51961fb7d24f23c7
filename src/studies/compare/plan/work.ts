import { secondsSinceStart } from "../../../trial/clock.js";
import type { PlannedScenario } from "./matrix.js";
import { settled } from "./settled.js";
import { processesByTurns, processesSideBySide } from "./side-by-side.js";
import { preparationPlans, scenarioPlans, type CommonPlan } from "./plans.js";
import { runSchedule } from "../../../trial/schedule/schedule.js";
import type {
  ScenarioPlan,
  ScheduleOptions,
  ScheduleResult,
} from "../../../trial/schedule/options.js";
import { beginTrials } from "../../../trial/spawn-trial.js";
import { withoutFigures } from "../../../trial/summarise.js";
import { clearUnfinished } from "../../../trial/writing.js";
import type { CompressorChoice } from "../../../plugins/load-compressor.js";
import type { Sync } from "../../../core/sink.js";

/** Scenarios, and the trials' plans for those of them that can be measured. */
export interface Work {
  readonly planned: readonly PlannedScenario[];
  readonly plans: readonly ScenarioPlan[];
  /** Writes for the files that will be read and that none of the plans writes. */
  readonly preparations: readonly ScenarioPlan[];
}

/** What is planned for one payload. */
interface Planned {
  readonly planned: readonly PlannedScenario[];
  readonly compressors: readonly CompressorChoice[];
  readonly common: CommonPlan;
  readonly options: { readonly sync: Sync };
}

/** Plans trials whose data files lie in a folder, which must exist. */
export function workIn(folder: string, { planned, compressors, common, options }: Planned): Work {
  const measurable = planned.filter((entry) => "codec" in entry);
  const plans = scenarioPlans(measurable, compressors, common, folder);
  return { planned, plans, preparations: preparationPlans(measurable, plans, options.sync) };
}

type Wishes = Pick<ScheduleOptions, "budgetSeconds" | "precision" | "seed" | "signal" | "spare"> & {
  readonly trials: number;
  readonly budgetBegan?: number;
  readonly wholeRound?: boolean;
  readonly onProgress: ScheduleOptions["onProgress"];
};

/**
 * Measures all of the work in common rounds, so that whatever the machine does meanwhile, it does
 * to all scenarios. Their results are in the order in which they were planned.
 */
export async function measureWork(work: readonly Work[], wishes: Wishes): Promise<ScheduleResult> {
  const plans = work.flatMap((each) => each.plans);
  // Where trials of each were asked for by number, each has them.
  const keepsBudget = wishes.budgetBegan !== undefined && wishes.wholeRound !== true;
  const result = await runSchedule({
    ...wishes,
    plans,
    preparations: work.flatMap(({ preparations }) => preparations),
    rounds: wishes.trials,
    // Payloads are not compared with each other.
    ...(keepsBudget && work.length === 1 && { isSettled: settled }),
    leavesOut: keepsBudget,
    beginTrials,
    processes: processesSideBySide(),
    turns: processesByTurns(Math.max(0, ...plans.map(({ poolSize }) => poolSize.jsonBytes))),
    now: secondsSinceStart,
  });
  for (const { file } of plans) if (file !== null) clearUnfinished(file);
  const measured = new Map(plans.map(({ scenario }, index) => [scenario, result.scenarios[index]]));
  const scenarios = work.flatMap(({ planned }) =>
    planned
      .filter(({ scenario }) => !result.left.some(({ isOne }) => isOne(scenario)))
      .flatMap((entry) =>
        "without" in entry
          ? [withoutFigures(entry.scenario, entry.without)]
          : (measured.get(entry.scenario) ?? []),
      ),
  );
  return { ...result, scenarios };
}
