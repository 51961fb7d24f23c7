/**
 * Did a change make serializing slower: how pairs are made.
 *
 * `variants/` opens what is named: files, folders, git revisions, npm versions. `prepare.ts` plans the cells,
 * `pair.ts` makes a fresh process of each variant (`variant.ts`) and lets them take turns, and `decide/`
 * says after each declared interim analysis whether more pairs are needed. docs/gate.md has the method.
 */
import { CounterInterval } from "../../../machine/counters.js";
import { firstLine, InputError } from "../../../core/errors.js";
import type { GatePair } from "../document.js";
import { seededUniform, shuffled } from "../../../stats/random.js";
import type { CellName } from "../decide/judge.js";
import { decideRecorded } from "../decide/judge.js";
import { runPair, type VariantReading, type PairReading } from "./pair.js";
import type { VariantName, VariantPlan } from "./plan.js";
import { INTERIM_ANALYSES } from "../decide/rules.js";

/** A cell with what its variants' processes need to know. */
export interface PlannedCell extends CellName {
  readonly plans: Readonly<Record<VariantName, VariantPlan>>;
}

export interface GateRun {
  readonly cells: readonly PlannedCell[];
  readonly seed: number;
  readonly budgetSeconds: number;
  readonly cores: number;
  readonly allowChangedBytes: boolean;
  readonly signal: AbortSignal;
  /** Called after each pair. */
  readonly onPair: (
    made: number,
    wanted: number,
    secondsLeft: number,
    cell: CellName,
    pair: GatePair,
  ) => void;
}

/** A choice from a handful of noisy pairs of `bench/gate-variants.ts`: to be settled by a longer study. */
const SHAPE = { turns: 16, turnSeconds: 0.05 };

/**
 * Makes pairs of all cells, by turns, until every cell is decided, the time is up, or the run is
 * interrupted. Rejects with an `InputError` where the variants write different bytes, where one of them
 * does not work, and where the time does not reach for one interim analysis.
 */
export async function runGate(run: GateRun): Promise<GatePair[]> {
  const { cells, seed, budgetSeconds, cores, signal } = run;
  const uniform = seededUniform(seed);
  const pairs: GatePair[] = [];
  const startedAt = performance.now();
  const elapsed = () => (performance.now() - startedAt) / 1000;
  for (;;) {
    const decision = decideRecorded(cells.length, pairs, cores, seed);
    const wanting = [...cells.keys()].filter(
      (cell) => (decision.cells[cell]?.wants ?? 0) > keptPairs(pairs, decision.cells, cell),
    );
    if (wanting.length === 0) return pairs;
    for (const index of shuffled(wanting, uniform)) {
      const cell = cells[index] as PlannedCell;
      const pairStart = performance.now();
      const counters = new CounterInterval();
      counters.start();
      const reading = await readingOf(
        cell,
        runPair(plansOf(cell, pairs, index), SHAPE, uniform, signal),
        signal,
      );
      if (reading === undefined) return pairs;
      counters.end();
      const { stolenSeconds } = await counters.differences();
      if (!run.allowChangedBytes) checkSameBytes(cell, reading);
      const pair: GatePair = {
        cell: index,
        seconds: (performance.now() - pairStart) / 1000,
        stolenSeconds,
        baseline: recorded(reading.baseline),
        candidate: recorded(reading.candidate),
      };
      pairs.push(pair);
      const each = elapsed() / pairs.length;
      const least = (INTERIM_ANALYSES[0] ?? 0) * cells.length;
      if (pairs.length === cells.length) checkBudget(each * least, budgetSeconds);
      const soon = decision.cells.reduce((sum, { wants }) => sum + wants, 0);
      run.onPair(pairs.length, soon, Math.max(0, soon - pairs.length) * each, cell, pair);
      if (elapsed() + each > budgetSeconds) return pairs;
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

function recorded({ ready, turns }: VariantReading): GatePair["baseline"] {
  const { digest, encodedBytesPerFact, allocatedBytesPerFact } = ready;
  return { digest, encodedBytesPerFact, allocatedBytesPerFact, turns: [...turns] };
}

/** A pair, or `undefined` if it was interrupted. What is wrong with a variant is an error of the input. */
async function readingOf(
  { name }: CellName,
  pair: Promise<PairReading>,
  signal: AbortSignal,
): Promise<PairReading | undefined> {
  try {
    return await pair;
  } catch (error) {
    if (signal.aborted) return undefined;
    throw new InputError(`${name}: ${firstLine(error)}`);
  }
}

function checkSameBytes({ name }: CellName, { baseline, candidate }: PairReading): void {
  if (baseline.ready.digest === candidate.ready.digest) return;
  const [before, after] = [baseline, candidate].map((variant) =>
    Math.round(variant.ready.encodedBytesPerFact),
  );
  throw new InputError(
    `${name}: the candidate writes other bytes than the baseline (${after} per fact, before ${before}): ` +
      "a change of format. If it is meant, --allow-changed-bytes compares the speed all the same.",
  );
}

function checkBudget(neededSeconds: number, budgetSeconds: number): void {
  if (neededSeconds <= budgetSeconds) return;
  throw new InputError(
    `--budget is too little for one interim analysis: that takes about ${Math.ceil(neededSeconds)} s here.`,
  );
}
