/** Which method loads which sizes next: rounds over all, the order shuffled in each, until time is up. */
import type { Durability } from "../../../core/store.js";
import { seededUniform, shuffled } from "../../../stats/random.js";
import type { LoadTrial } from "../document.js";
import type { CellFigures, Ready } from "./messages.js";
import type { Reply } from "./conversation.js";

/** What a process of one method answers; in a test, something made up. */
interface MethodProcess {
  ready(): Promise<Reply<Ready>>;
  load(rows: number, timeoutSeconds: number): Promise<Reply<CellFigures>>;
  end(): Promise<void>;
}

export interface ScheduleOptions {
  readonly methods: readonly string[];
  /** Ascending. */
  readonly sizes: readonly number[];
  readonly timeoutSeconds: number;
  /** Rounds that are made if there is time; the first is made whatever it takes. */
  readonly rounds: number;
  readonly budgetSeconds: number;
  readonly seed: number;
  readonly start: (method: string, round: number) => MethodProcess;
  readonly signal: AbortSignal;
  /** Seconds since some fixed moment. */
  readonly now: () => number;
  readonly onProgress: (progress: { done: number; round: number; activity: string }) => void;
}

/** What is known of a cell. */
export interface CellState {
  readonly method: string;
  readonly rows: number;
  readonly trials: LoadTrial[];
  problem: { status: "timeout" | "failed" | "unavailable"; reason: string } | undefined;
  /** What measuring it took the last time, with everything around it. */
  seconds: number;
}

export interface Scheduled {
  readonly cells: readonly CellState[];
  readonly durabilities: ReadonlyMap<string, Durability>;
  readonly ready: Ready | undefined;
  readonly rounds: number;
}

/** Measures all cells. A method that was too slow for a size is not asked for larger ones. */
export async function runSchedule(options: ScheduleOptions): Promise<Scheduled> {
  const { methods, sizes, rounds, budgetSeconds, seed, signal, now, onProgress } = options;
  const cells = methods.flatMap((method) =>
    sizes.map((rows): CellState => ({ method, rows, trials: [], problem: undefined, seconds: 0 })),
  );
  const durabilities = new Map<string, Durability>();
  const uniform = seededUniform(seed);
  const startedAt = now();
  let ready: Ready | undefined;
  let round = 1;
  for (; round <= rounds && !signal.aborted; round++) {
    let isAnyDone = false;
    for (const [index, method] of shuffled(methods, uniform).entries()) {
      const elapsed = now() - startedAt;
      const left = round === 1 ? Infinity : budgetSeconds - elapsed;
      const due = affordable(
        cells.filter((cell) => cell.method === method && cell.problem === undefined),
        left,
      );
      if (due.length === 0 || signal.aborted) continue;
      const done = (round - 1 + index / methods.length) / rounds;
      onProgress({ done: Math.max(done, elapsed / budgetSeconds), round, activity: method });
      const found = await measureMethod(options, method, round, due);
      ready ??= found.ready;
      if (found.durability !== undefined) durabilities.set(method, found.durability);
      isAnyDone = true;
    }
    if (!isAnyDone) break;
  }
  return { cells, durabilities, ready, rounds: round - 1 };
}

/** The cells that there is time for, small ones first. */
function affordable(cells: readonly CellState[], secondsLeft: number): CellState[] {
  let left = secondsLeft;
  return cells.filter(({ seconds }) => {
    left -= seconds;
    return left > 0;
  });
}

async function measureMethod(
  { start, timeoutSeconds, now, signal }: ScheduleOptions,
  method: string,
  round: number,
  due: readonly CellState[],
): Promise<{ ready?: Ready; durability?: Durability }> {
  const child = start(method, round);
  let before = now();
  const opened = await child.ready();
  if (!("answer" in opened)) {
    if (!signal.aborted)
      for (const cell of due) cell.problem = problemOf(opened, "opening the store");
    await child.end();
    return {};
  }
  const found: { ready: Ready; durability?: Durability } = { ready: opened.answer };
  for (const [index, cell] of due.entries()) {
    const reply = await child.load(cell.rows, timeoutSeconds);
    if (signal.aborted) break;
    cell.seconds = now() - before;
    before = now();
    if ("answer" in reply) {
      const { durability, ...figures } = reply.answer;
      cell.trials.push({ round, ...figures });
      found.durability = durability;
      continue;
    }
    cell.problem = problemOf(reply, `${timeoutSeconds} s were over`);
    for (const larger of due.slice(index + 1)) {
      const reason = `not tried: ${cell.rows} rows were too many`;
      larger.problem = { ...cell.problem, reason: "late" in reply ? reason : cell.problem.reason };
    }
    break;
  }
  await child.end();
  return found;
}

function problemOf<T>(
  reply: Exclude<Reply<T>, { answer: T }>,
  when: string,
): CellState["problem"] & {} {
  if ("late" in reply) return { status: "timeout", reason: when };
  return { status: reply.isUnavailable ? "unavailable" : "failed", reason: reply.problem };
}
