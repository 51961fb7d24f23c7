import { median } from "simple-statistics";
import { levelShifts, type Level } from "./level-shifts.js";

/** How a series of costs comes to a steady state, as Barrett et al. tell them apart. */
export type Kind = "flat" | "warm-up" | "slow-down" | "none";

export interface SteadyState {
  readonly kind: Kind;
  /** The first value of the steady state; the series' length where there is none. */
  readonly from: number;
}

/** Levels within this of one another are the same: what an interval of a trial is about, too. */
const SAME_LEVEL = Math.log(1.08);
/** The steady state must reach back over this share of the series. */
const MIN_STEADY_SHARE = 0.25;
/** Fewest values of a segment: shorter stretches are collections, not states. */
const SHORTEST = 6;
/** A change counts if it explains so many times the noise's variance, for each log of the length. */
const PENALTY_FACTOR = 6;
/** Series on a real machine are never quieter than this, whatever their neighbours' differences. */
const MIN_NOISE = 0.01;

/**
 * The kind of a series of costs per fact in order of time, after Barrett, Bolz-Tereick, Killick,
 * Mount and Tratt, "Virtual machine warmup blows hot and cold" (OOPSLA 2017): cut at its change
 * points; segments at the level of the last one belong to its state; steady if that state covers
 * the last quarter; then flat if nothing else is left, slow-down if something before was cheaper,
 * else warm-up. Levels are compared as ratios, and single outliers are brought to their neighbours.
 *
 * @param costs positive; 40 or more of them
 */
export function steadyState(costs: readonly number[]): SteadyState {
  const logs = withoutOutliers(costs.map(Math.log));
  const noise = Math.max(MIN_NOISE, noiseOf(logs));
  const penalty = PENALTY_FACTOR * Math.log(costs.length) * noise ** 2;
  const states = merged(levelShifts(logs, penalty, SHORTEST));
  const last = states.at(-1);
  if (last === undefined) return { kind: "none", from: costs.length };
  const steady = last.to - last.from >= MIN_STEADY_SHARE * costs.length;
  if (!steady) return { kind: "none", from: costs.length };
  if (states.length === 1) return { kind: "flat", from: 0 };
  const cheaper = states.slice(0, -1).some(({ mean }) => mean < last.mean - SAME_LEVEL);
  return { kind: cheaper ? "slow-down" : "warm-up", from: last.from };
}

/** Neighbours at one level become one state, the nearest first. */
function merged(found: readonly Level[]): Level[] {
  const states = [...found];
  for (;;) {
    const gaps = states
      .slice(1)
      .map((state, index) => Math.abs(state.mean - (states[index]?.mean ?? 0)));
    const nearest = Math.min(...gaps, Infinity);
    if (nearest >= SAME_LEVEL) return states;
    const at = gaps.indexOf(nearest);
    const [a, b] = [states[at] as Level, states[at + 1] as Level];
    const [inA, inB] = [a.to - a.from, b.to - b.from];
    const mean = (a.mean * inA + b.mean * inB) / (inA + inB);
    states.splice(at, 2, { from: a.from, to: b.to, mean });
  }
}

const NEIGHBOURS = 4;
const FAR = 3;
/** What turns a median absolute deviation into a standard deviation of a normal distribution. */
const NORMAL = 1.4826;

/** Hampel's filter: what is far from the median of its neighbours becomes that median. */
function withoutOutliers(values: readonly number[]): number[] {
  const far = FAR * noiseOf(values) * Math.SQRT2;
  return values.map((value, index) => {
    const near = values.slice(Math.max(0, index - NEIGHBOURS), index + NEIGHBOURS + 1);
    const middle = median(near);
    return Math.abs(value - middle) > far ? middle : value;
  });
}

/** The standard deviation of the noise alone, from differences of neighbours, which levels cancel in. */
function noiseOf(values: readonly number[]): number {
  const differences = values.slice(1).map((value, index) => Math.abs(value - (values[index] ?? 0)));
  return (NORMAL * median(differences)) / Math.SQRT2;
}

export interface Verdict extends SteadyState {
  /** Series of that kind. */
  readonly agreeing: number;
}

/**
 * The kind that most of several processes' series are of, and where the median of those becomes
 * steady. A tie is broken by the series of their medians. A machine that changes its speed does so
 * in each process elsewhere; what belongs to the work comes in all at the same fact.
 *
 * @param series of equal length, over the same facts
 */
export function commonSteadyState(series: readonly (readonly number[])[]): Verdict {
  const found = series.map(steadyState);
  const together = steadyState(
    (series[0] ?? []).map((_, index) => median(series.map((costs) => costs[index] ?? 0))),
  );
  const votes = (kind: Kind) => found.filter((one) => one.kind === kind).length;
  const kinds: readonly Kind[] = ["flat", "warm-up", "slow-down", "none"];
  const most = Math.max(...kinds.map(votes));
  const winners = kinds.filter((kind) => votes(kind) === most);
  const kind = winners.includes(together.kind) ? together.kind : (winners[0] ?? "none");
  const own = found.filter((one) => one.kind === kind);
  return { kind, agreeing: own.length, from: Math.round(median(own.map(({ from }) => from))) };
}
