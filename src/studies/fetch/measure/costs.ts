/** What a shape, or iterating, costs: factors of time between cells of the same round. */
import { storedInterval } from "../../../results/schema.js";
import { medianInterval } from "../../../stats/median-interval.js";
import type { FetchCell, FetchCost } from "../document.js";

/** Pairs of cells that differ in one thing, and how many times as long the second one takes. */
export function costsOf(cells: readonly FetchCell[]): FetchCost[] {
  return cells.flatMap((cell): FetchCost[] => {
    const { store, driver, shape, fetch } = cell;
    const same = cells.filter((one) => one.store === store && one.driver === driver);
    const costs: FetchCost[] = [];
    if (shape !== "array") {
      const base = same.find((one) => one.shape === "array" && one.fetch === fetch);
      const factor = factorOf(base, cell);
      if (factor !== undefined) costs.push({ store, driver, what: shape, beside: fetch, factor });
    }
    if (fetch === "iterate") {
      const base = same.find((one) => one.shape === shape && one.fetch === "all");
      const factor = factorOf(base, cell);
      if (factor !== undefined) costs.push({ store, driver, what: fetch, beside: shape, factor });
    }
    return costs;
  });
}

function factorOf(base: FetchCell | undefined, cell: FetchCell): FetchCost["factor"] | undefined {
  if (base === undefined || base.status !== "ok" || cell.status !== "ok") return undefined;
  const factors = cell.trials.flatMap((trial) => {
    const before = base.trials.find(({ round }) => round === trial.round);
    if (before === undefined) return [];
    return [trial.wallSeconds / trial.fetches / (before.wallSeconds / before.fetches)];
  });
  return factors.length === 0 ? undefined : storedInterval(medianInterval(factors));
}
