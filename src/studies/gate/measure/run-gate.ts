/**
 * Did a change make serializing slower: how pairs are made.
 *
 * `variants/` opens what is named: files, folders, git revisions, npm versions. `prepare.ts` plans the cells,
 * `begin.ts` settles whether both variants go into one process or each into its own, `pair.ts` makes fresh ones
 * for every pair (`variant.ts`) and lets the variants take turns, and `decide/` says after each declared
 * interim analysis whether more pairs are needed. docs/gate.md has the method.
 */
import { seededUniform, shuffled } from "../../../stats/random.js";
import { decideRecorded } from "../decide/judge.js";
import type { GatePair, GateWays } from "../document.js";
import { begin, checkBudget, unlessInterrupted } from "./begin.js";
import type { GateRun, PlannedCell } from "./gate-run.js";
import { checkSameBytes, recordPair } from "./record-pair.js";

/** The pairs of a gate, and in which way they were made. */
export interface GateRecord {
  readonly pairs: GatePair[];
  readonly ways: GateWays;
}

/**
 * Makes pairs of all cells, by turns, until every cell is decided, the time is up, or the run is
 * interrupted. Rejects with an `InputError` where the variants write different bytes, where one of them
 * does not work, and where the time does not reach for one interim analysis.
 */
export async function runGate(run: GateRun): Promise<GateRecord> {
  const { cells, seed, budgetSeconds, cores, signal } = run;
  const uniform = seededUniform(seed);
  const startedAt = performance.now();
  const elapsed = () => (performance.now() - startedAt) / 1000;
  const begun = await begin(run, uniform, elapsed);
  if (begun === undefined)
    return { pairs: [], ways: { chosen: "two-processes", reason: "interrupted", tried: [] } };
  const { pairs, wayOf, ways } = begun;
  const triedSeconds = elapsed() - pairs.reduce((sum, { seconds }) => sum + seconds, 0);
  for (;;) {
    const decision = decideRecorded(cells.length, pairs, cores, seed);
    const wanting = [...cells.keys()].filter(
      (cell) => (decision.cells[cell]?.wants ?? 0) > keptPairs(pairs, decision.cells, cell),
    );
    if (wanting.length === 0) return { pairs, ways };
    for (const index of shuffled(wanting, uniform)) {
      const cell = cells[index] as PlannedCell;
      const plans = plansOf(cell, pairs, index);
      const making = recordPair(index, plans, wayOf(index), uniform, signal);
      const pair = await unlessInterrupted(cell, making, signal);
      if (pair === undefined) return { pairs, ways };
      if (!run.allowChangedBytes) checkSameBytes(cell, pair);
      pairs.push(pair);
      const each = (elapsed() - triedSeconds) / pairs.length;
      if (pairs.length === cells.length) checkBudget(each, run);
      const soon = decision.cells.reduce((sum, { wants }) => sum + wants, 0);
      run.onPair(pairs.length, soon, Math.max(0, soon - pairs.length) * each, cell, pair);
      if (elapsed() + each > budgetSeconds) return { pairs, ways };
    }
  }
}

/** Facts are checked once in each cell: later pairs write the same bytes, which is looked at too. */
function plansOf({ plans }: PlannedCell, pairs: readonly GatePair[], index: number) {
  const checks = !pairs.some(({ cell }) => cell === index);
  return {
    baseline: { ...plans.baseline, checks },
    candidate: { ...plans.candidate, checks },
  };
}

function keptPairs(
  pairs: readonly GatePair[],
  decided: readonly { readonly dropped: number }[],
  cell: number,
): number {
  return pairs.filter((pair) => pair.cell === cell).length - (decided[cell]?.dropped ?? 0);
}
