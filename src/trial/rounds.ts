/** Cells measured by turns: rounds over all of them, each in an order of its own, until time is up. */
import type { Asked } from "../process/asked.js";
import { seededUniform, shuffled } from "../stats/random.js";

export interface RoundsOptions<Cell, Answer> {
  readonly cells: readonly Cell[];
  /** Measures a cell, in a fresh process of its own. */
  readonly measure: (cell: Cell, round: number) => Promise<Asked<Answer>>;
  /** Rounds that are made if there is time; the first is made whatever it takes. */
  readonly rounds: number;
  readonly budgetSeconds: number;
  readonly seed: number;
  readonly signal: AbortSignal;
  /** Seconds since some fixed moment. */
  readonly now: () => number;
  readonly onProgress: (progress: {
    readonly done: number;
    /** By what was done so far; before anything was, the budget. */
    readonly secondsLeft: number;
    readonly round: number;
    readonly cell: Cell;
  }) => void;
}

export interface MeasuredCell<Cell, Answer> {
  readonly cell: Cell;
  /** One for each round in which it was measured. */
  readonly answers: readonly Answer[];
  /** Why it has no figures, or no further ones; it is not measured again. */
  readonly problem: Extract<Asked<Answer>, { reason: string }> | undefined;
}

interface State<Cell, Answer> {
  readonly cell: Cell;
  readonly answers: Answer[];
  problem: MeasuredCell<Cell, Answer>["problem"];
  /** What measuring it took the last time. */
  seconds: number;
}

/** Measures all cells, as often as there is time for. */
export async function measureRounds<Cell, Answer>(
  options: RoundsOptions<Cell, Answer>,
): Promise<{ readonly cells: readonly MeasuredCell<Cell, Answer>[]; readonly rounds: number }> {
  const { cells, measure, rounds, budgetSeconds, seed, signal, now, onProgress } = options;
  const states = cells.map((cell): State<Cell, Answer> => ({
    cell,
    answers: [],
    problem: undefined,
    seconds: 0,
  }));
  const uniform = seededUniform(seed);
  const startedAt = now();
  let made = 0;
  for (let round = 1; round <= rounds && !signal.aborted; round++) {
    let isAnyDone = false;
    for (const [index, state] of shuffled(states, uniform).entries()) {
      const elapsed = now() - startedAt;
      const isLate = round > 1 && elapsed + state.seconds > budgetSeconds;
      if (state.problem !== undefined || isLate || signal.aborted) continue;
      const ofRound = index / states.length;
      // The first round is made whatever it takes: at this rate so much.
      const atLeast = round === 1 && index > 0 ? elapsed / ofRound : 0;
      const done = Math.max(
        (round - 1 + ofRound) / rounds,
        elapsed / Math.max(budgetSeconds, atLeast),
      );
      const secondsLeft = done > 0 ? Math.max(0, elapsed / done - elapsed) : budgetSeconds;
      onProgress({ done: Math.min(1, done), secondsLeft, round, cell: state.cell });
      const before = now();
      const asked = await measure(state.cell, round);
      if (signal.aborted) break;
      state.seconds = now() - before;
      if ("answer" in asked) state.answers.push(asked.answer);
      else state.problem = asked;
      isAnyDone = true;
    }
    if (!isAnyDone) break;
    made = round;
  }
  return { cells: states, rounds: made };
}
