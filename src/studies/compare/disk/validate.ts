import { HellfactError, InputError } from "../../../core/errors.js";
import type { ScenarioResult } from "../../../trial/result.js";
import { NOT_SLOWED } from "../../../sinks/slowed.js";
import { breakEven, rateAt, type Maker } from "../../../verdict/model.js";
import { secondsSinceStart } from "../../../trial/clock.js";
import type { ComparisonHooks, PreparedComparison } from "../comparison.js";
import { scenarioPlans } from "../plan/plans.js";
import { runSchedule } from "../../../trial/schedule/schedule.js";
import type { ScenarioPlan } from "../../../trial/schedule/options.js";
import { describe } from "../../../trial/scenario.js";
import { beginTrials } from "../../../trial/spawn-trial.js";

/** The same writes, plain and compressed, onto one disk. */
interface DiskRates {
  readonly bytesPerSecond: number;
  /** Facts per second as the formula said before, and as they were then measured. */
  readonly plain: Forecast;
  readonly compressed: Forecast;
}

interface Forecast {
  readonly predicted: number;
  readonly measured: ScenarioResult;
}

/** It was interrupted before it was told. */
export const INTERRUPTED_VALIDATION = "interrupted";

export interface Validation {
  /** What each makes if no disk holds it up. */
  readonly plain: Maker;
  readonly compressed: Maker;
  readonly breakEvenBytesPerSecond: number;
  /** On a disk slower than where compressing breaks even, and on a faster one. */
  readonly disks: readonly [DiskRates, DiskRates];
}

/** How far from the break-even the two disks are. */
const DISTANCE = 4;

/**
 * Measures what a codec makes with and without a compressor, says by the formula what that gives on a
 * slow and on a fast disk, and then measures it there: a device that is held to so many bytes a second.
 *
 * @param prepared writes of one codec into the null sink, plain and compressed
 */
export async function validateModel(
  prepared: PreparedComparison,
  hooks: ComparisonHooks,
  onPredicted: (
    makers: Pick<Validation, "plain" | "compressed" | "breakEvenBytesPerSecond">,
  ) => void,
): Promise<Validation | typeof INTERRUPTED_VALIDATION> {
  const measurable = prepared.planned.filter((entry) => "codec" in entry);
  const impossible = prepared.planned.find((entry) => "without" in entry);
  if (impossible !== undefined) {
    const { scenario, without } = impossible;
    throw new InputError(
      `it takes a write, uncompressed and compressed; ${describe(scenario)}: ${without.reason}.`,
    );
  }
  const plans = scenarioPlans(measurable, prepared.compressors, prepared.common, "");
  const alone = await measure(prepared, plans, hooks);
  if (alone.stopped !== undefined) return INTERRUPTED_VALIDATION;
  const [plain, compressed] = alone.scenarios.map(makerOf);
  if (plain === undefined || compressed === undefined) {
    const reason = alone.scenarios.find((scenario) => scenario.reason !== null)?.reason;
    throw new InputError(
      `it takes a codec that writes, uncompressed and compressed${reason == null ? "" : `: ${reason}`}.`,
    );
  }
  const breakEvenBytesPerSecond = breakEven(plain, compressed, 1);
  if (breakEvenBytesPerSecond === 0 || !Number.isFinite(breakEvenBytesPerSecond)) {
    const when =
      breakEvenBytesPerSecond === 0 ? "never pays: it makes nothing smaller" : "always pays";
    throw new HellfactError(`compressing ${when}, so there is no disk on which it turns.`);
  }
  onPredicted({ plain, compressed, breakEvenBytesPerSecond });
  const disks = [breakEvenBytesPerSecond / DISTANCE, breakEvenBytesPerSecond * DISTANCE];
  const slowed = disks.flatMap((bytesPerSecond) =>
    plans.map((plan) => ({ ...plan, slowing: { ...NOT_SLOWED, bytesPerSecond } })),
  );
  const there = await measure(prepared, slowed, hooks);
  if (there.stopped !== undefined) return INTERRUPTED_VALIDATION;
  const ratesOn = (disk: number): DiskRates => {
    const bytesPerSecond = disks[disk] ?? NaN;
    const told = (maker: Maker, index: number): Forecast => ({
      predicted: rateAt(maker, bytesPerSecond, 1),
      measured: there.scenarios[disk * 2 + index] as ScenarioResult,
    });
    return { bytesPerSecond, plain: told(plain, 0), compressed: told(compressed, 1) };
  };
  return {
    ...{ plain, compressed, breakEvenBytesPerSecond },
    disks: [ratesOn(0), ratesOn(1)],
  };
}

async function measure(
  { options }: PreparedComparison,
  plans: readonly ScenarioPlan[],
  hooks: ComparisonHooks,
) {
  return runSchedule({
    ...options,
    plans,
    preparations: [],
    rounds: options.trials,
    beginTrials,
    now: secondsSinceStart,
    ...hooks,
  });
}

function makerOf({ factsPerSecond, storedBytesPerFact }: ScenarioResult): Maker | undefined {
  return factsPerSecond === null || storedBytesPerFact === null
    ? undefined
    : { factsPerSecond: factsPerSecond.median, storedBytesPerFact };
}
