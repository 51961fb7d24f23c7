import { firstLine, InputError } from "../../../core/errors.js";
import type { Uniform } from "../../../stats/random.js";
import { INTERIM_ANALYSES } from "../decide/rules.js";
import type { GatePair, GateWays } from "../document.js";
import { hasTimeToTry, togetherOrWhyNot, tryWays } from "./choose-way.js";
import type { GateRun, PlannedCell } from "./gate-run.js";
import type { Way } from "./plan.js";

/** How the pairs of a gate begin. */
export interface Begun {
  /** One of each cell whose variants work in one process, if that is the way. */
  readonly pairs: GatePair[];
  readonly wayOf: (cell: number) => Way;
  readonly ways: GateWays;
}

/**
 * Settles in which way pairs are made; `undefined` if it was interrupted meanwhile. Rejects with an `InputError`
 * as `runGate` does.
 */
export async function begin(
  run: GateRun,
  uniform: Uniform,
  elapsed: () => number,
): Promise<Begun | undefined> {
  const { cells, allowChangedBytes, signal, way, budgetSeconds } = run;
  const apart = (reason: string, tried: GateWays["tried"] = []): Begun => ({
    ...{ pairs: [], wayOf: () => "two-processes" },
    ways: { chosen: "two-processes", reason, tried },
  });
  if (way === "two-processes") return apart("asked for");
  const together = new Map<number, GatePair>();
  let ways: GateWays = { chosen: "one-process", reason: "asked for", tried: [] };
  let refused = "";
  for (const [index, cell] of cells.entries()) {
    const choice = { index, cell, allowChangedBytes, uniform, signal };
    const pair = await togetherOrWhyNot(choice);
    if (signal.aborted) return undefined;
    if (typeof pair === "string") {
      refused = pair;
      if (way === "one-process") throw new InputError(`${cell.name}: ${pair}`);
      continue;
    }
    together.set(index, pair);
    if (together.size > 1) continue;
    checkBudget(pair.seconds, run);
    if (way === "one-process") continue;
    if (!hasTimeToTry(pair.seconds, cells.length, budgetSeconds - elapsed())) {
      return apart("no time to try the other way");
    }
    const found = await unlessInterrupted(cell, tryWays(choice), signal);
    if (found === undefined) return undefined;
    ways = found;
    run.onWays(ways);
    if (ways.chosen === "two-processes") return apart(ways.reason, ways.tried);
  }
  if (together.size === 0) return apart(`not in one process: ${refused}`);
  const wayOf = (cell: number): Way => (together.has(cell) ? "one-process" : "two-processes");
  return { pairs: [...together.values()], wayOf, ways };
}

/** What is being made, or `undefined` if it was interrupted. What is wrong with a variant is an error of the input. */
export async function unlessInterrupted<T>(
  { name }: Pick<PlannedCell, "name">,
  making: Promise<T>,
  signal: AbortSignal,
): Promise<T | undefined> {
  try {
    return await making;
  } catch (error) {
    if (signal.aborted) return undefined;
    throw new InputError(`${name}: ${firstLine(error)}`);
  }
}

/** Throws an `InputError` where the time does not reach for one interim analysis of every cell. */
export function checkBudget(pairSeconds: number, { cells, budgetSeconds }: GateRun): void {
  const neededSeconds = pairSeconds * (INTERIM_ANALYSES[0] ?? 0) * cells.length;
  if (neededSeconds <= budgetSeconds) return;
  throw new InputError(
    `--budget is too little for one interim analysis: that takes about ${Math.ceil(neededSeconds)} s here.`,
  );
}
