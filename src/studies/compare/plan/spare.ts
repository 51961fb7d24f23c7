/** What a comparison can do without where nobody asked for it, so that there is time for intervals of all else. */
import { compressorName, type CompressorChoice } from "../../../plugins/load-compressor.js";
import { significant } from "../../../report/numbers.js";
import { MIN_FOR_INTERVAL } from "../../../stats/median-interval.js";
import type { Direction } from "../../../trial/result.js";
import type { Scenario } from "../../../trial/scenario.js";
import type { Spare } from "../../../trial/schedule/spare.js";
import type { PlannedScenario } from "./matrix.js";

interface Asked {
  readonly directions: readonly Direction[];
  readonly engines: readonly string[];
  /** Compressors that nobody asked for. */
  readonly spareCompressors?: readonly string[];
  /** Whether no scenario is left out, whatever the budget. */
  readonly wholeRound?: boolean;
}

/** What may be left out, first what the first screen does not show. */
export function spareIn(asked: Asked, compressors: readonly CompressorChoice[]): Spare[] {
  const { directions, engines, spareCompressors = [], wholeRound = false } = asked;
  if (wholeRound) return [];
  const usualEngine = new Map(
    compressors.map(({ text, compressor }) => [text, compressor.engines[0] ?? null]),
  );
  const isDetail = ({ direction, engine, compressor }: Scenario) =>
    direction === "project" || (engine !== null && engine !== usualEngine.get(compressor));
  const isUsual = directions.length + engines.length === 0;
  return [
    ...(isUsual ? [{ name: "single fields and second engines", isOne: isDetail }] : []),
    ...spareCompressors.map((name) => ({
      name,
      isOne: ({ compressor }: Scenario) => compressorName(compressor) === name,
    })),
  ];
}

/**
 * The plan, or where it is too much for intervals, as much of it as leaves time for those. Where that would take
 * more than is to spare, nothing is left out.
 *
 * @param reckon whether a plan is too much, and what else is to be known of it
 */
export function fitting<Reckoned extends { readonly isRough: boolean }>(
  planned: readonly PlannedScenario[],
  spare: readonly Spare[],
  reckon: (planned: readonly PlannedScenario[]) => Reckoned,
): {
  readonly planned: readonly PlannedScenario[];
  readonly reckoned: Reckoned;
  readonly left: readonly Spare[];
} {
  const whole = { planned, reckoned: reckon(planned), left: [] as readonly Spare[] };
  let found = whole;
  for (const one of spare) {
    if (!found.reckoned.isRough) break;
    const rest = found.planned.filter(({ scenario }) => !one.isOne(scenario));
    if (rest.length === found.planned.length) continue;
    found = { planned: rest, reckoned: reckon(rest), left: [...found.left, one] };
  }
  return found.reckoned.isRough ? whole : found;
}

/** What was left out, in a line for people; none where nothing was. */
export function leftOutWarning(left: readonly Spare[], budgetSeconds: number): string[] {
  if (left.length === 0) return [];
  const seconds = significant(budgetSeconds);
  const names = left.map(({ name }) => name).join(", ");
  return [
    `not measured, so that all else has ${MIN_FOR_INTERVAL} trials in ${seconds} s: ${names} (a larger --budget)`,
  ];
}
