/** Which trials share a process, and in what order processes and their trials come. */
import { shuffled } from "../../stats/random.js";
import { isReading } from "../scenario.js";
import type { Direction } from "../result.js";
import type { TrialPlan } from "../trial.js";

/** What has a plan, and the key of the process that it may share. */
export interface Grouped {
  readonly plan: Pick<TrialPlan, "scenario" | "file">;
  readonly group: string;
}

/** Reading whole facts comes first, so that nothing has been compiled for less before it. */
const ORDER: readonly Direction[] = ["write", "read", "project", "validate"];

/**
 * What trials have in common that may share a process: all but the compressor, its engine and the file, and
 * how deep they read.
 */
export function groupOf({ scenario, payload }: Pick<TrialPlan, "scenario" | "payload">): string {
  const { codec, direction, runtime = "", unit = "", sweepValue = "", sink } = scenario;
  return JSON.stringify([codec, isReading(direction), runtime, unit, sweepValue, sink, payload]);
}

/**
 * Groups and their members, shuffled but for the order of directions: all groups have kinds of trials in one order.
 * Groups that write come together, and so do those that read: what is compared is close in time. In the first round
 * writes come first, because reads need what they leave, and json before others, because they are compared with it.
 */
export function orderOf<State extends Grouped>(
  due: readonly State[],
  round: number,
  uniform: () => number,
): [string, State[]][] {
  const groups = new Map<string, State[]>();
  const mixed = shuffled(due, uniform);
  const kinds = [...new Set(mixed.map(kindOf))];
  const place = (state: State) => depth(state) * kinds.length + kinds.indexOf(kindOf(state));
  for (const state of mixed.toSorted((a, b) => place(a) - place(b))) {
    groups.set(state.group, [...(groups.get(state.group) ?? []), state]);
  }
  const order = shuffled([...groups], uniform);
  const readsFirst = round > 1 && uniform() < 1 / 2;
  const rank = ([, [first]]: [string, State[]]) =>
    first === undefined
      ? 0
      : 2 * Number(reads(first) !== readsFirst) + Number(round === 1 && codecOf(first) !== "json");
  return order.toSorted((a, b) => rank(a) - rank(b));
}

/**
 * Groups in their order, some at a time; what one of them writes none beside it reads or writes.
 *
 * @param size how many at most
 */
export function batchesOf<State extends Grouped>(
  order: readonly [string, State[]][],
  size: number,
): [string, State[]][][] {
  const batches: [string, State[]][][] = [];
  for (const group of order) {
    const last = batches.at(-1);
    const isApart = last?.every(([, states]) => !disturb(states, group[1])) ?? true;
    if (last !== undefined && last.length < size && isApart) last.push(group);
    else batches.push([group]);
  }
  return batches;
}

/**
 * Whose turn it is, when groups that are ready are measured: trials, those of one kind after each other; then all
 * once more, to check what they left.
 *
 * @returns the place of each group, and what it is about
 */
export function turnsOf<State extends Grouped>(
  groups: readonly (readonly [string, readonly State[]])[],
): { readonly index: number; readonly state: State }[] {
  const left = groups.map(([, states]) => [...states]);
  const all = groups.flatMap(([, [state]], index) =>
    state === undefined ? [] : [{ index, state }],
  );
  const turns: { index: number; state: State }[] = [];
  for (;;) {
    const next = left.flatMap(([state]) => (state === undefined ? [] : [kindOf(state)]));
    if (next.length === 0) return [...turns, ...all];
    const isNext = (kind: string) =>
      left.every((states) => states.findIndex((state) => kindOf(state) === kind) <= 0);
    const kind = next.find(isNext) ?? next[0];
    for (const [index, [state]] of left.entries()) {
      if (state === undefined || kindOf(state) !== kind) continue;
      left[index]?.shift();
      turns.push({ index, state });
    }
  }
}

/** What is compared between codecs. */
function kindOf({ plan }: Grouped): string {
  const { direction, compressor, engine } = plan.scenario;
  return JSON.stringify([direction, compressor, engine]);
}

function disturb(some: readonly Grouped[], others: readonly Grouped[]): boolean {
  if ([...some, ...others].every(reads)) return false;
  const taken = new Set(filesOf(some));
  return filesOf(others).some((file) => taken.has(file));
}

function filesOf(states: readonly Grouped[]): string[] {
  return states.flatMap(({ plan }) => plan.file ?? []);
}

function depth({ plan }: Grouped): number {
  return ORDER.indexOf(plan.scenario.direction);
}

function reads({ plan }: Grouped): boolean {
  return isReading(plan.scenario.direction);
}

function codecOf({ plan }: Grouped): string {
  return plan.scenario.codec;
}
