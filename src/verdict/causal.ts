import { linearRegression } from "simple-statistics";

/**
 * Cause by injection: a known delay per fact goes into one stage, and the time per fact is watched
 * (Curtsinger and Berger 2015, "Coz: finding code that counts with causal profiling", the other way
 * round). A slope of 1 means that the stage is critical; of 0, that its time is hidden behind another.
 */

/** A delay per fact that was injected, and the time per fact that came of it, in seconds. */
export interface Injected {
  readonly delaySeconds: number;
  readonly factSeconds: number;
}

export interface CausalEffect {
  /** Seconds of time per fact for each second of delay. */
  readonly slope: number;
  /** The delay that is hidden before time per fact begins to grow. */
  readonly slackSeconds: number;
}

/** Delays up to this share of the time per fact are small: what they do is the slope at zero. */
export const SMALL_DELAY = 0.5;

/**
 * What delays in a stage do: the least-squares slope over the small ones, and from the largest how much
 * of a delay is hidden, by t(d) = t₀ + max(0, d − slack).
 *
 * @param measured at least two delays, one of them 0
 */
export function causalEffect(measured: readonly Injected[]): CausalEffect {
  const base = mean(measured.filter(({ delaySeconds }) => delaySeconds === 0));
  const longest = Math.max(...measured.map(({ delaySeconds }) => delaySeconds));
  const small = measured.filter(({ delaySeconds }) => delaySeconds <= SMALL_DELAY * base * NOISE);
  const fitted = small.some(({ delaySeconds }) => delaySeconds > 0) ? small : measured;
  const { m: slope } = linearRegression(
    fitted.map(({ delaySeconds, factSeconds }) => [delaySeconds, factSeconds]),
  );
  const delayed = mean(measured.filter(({ delaySeconds }) => delaySeconds === longest));
  return { slope, slackSeconds: Math.min(longest, Math.max(0, longest - (delayed - base))) };
}
/** The time per fact that delays were chosen by may differ so much from the one that was measured later. */
const NOISE = 1.5;

function mean(measured: readonly Injected[]): number {
  return measured.reduce((sum, { factSeconds }) => sum + factSeconds, 0) / measured.length;
}
