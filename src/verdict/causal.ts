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

/**
 * Fits t(d) = t₀ + max(0, d − slack) to measured times. The slope is that of the least-squares line
 * through everything. A slope near 0 or 1 leaves no doubt; between them there is a kink, and the slack
 * says where.
 *
 * @param measured at least two delays, one of them 0
 */
export function causalEffect(measured: readonly Injected[]): CausalEffect {
  const n = measured.length;
  const meanDelay = measured.reduce((sum, { delaySeconds }) => sum + delaySeconds, 0) / n;
  const meanTime = measured.reduce((sum, { factSeconds }) => sum + factSeconds, 0) / n;
  let covariance = 0;
  let variance = 0;
  for (const { delaySeconds, factSeconds } of measured) {
    covariance += (delaySeconds - meanDelay) * (factSeconds - meanTime);
    variance += (delaySeconds - meanDelay) ** 2;
  }
  const longest = Math.max(...measured.map(({ delaySeconds }) => delaySeconds));
  const base = mean(measured.filter(({ delaySeconds }) => delaySeconds === 0));
  const delayed = mean(measured.filter(({ delaySeconds }) => delaySeconds === longest));
  return {
    slope: variance === 0 ? NaN : covariance / variance,
    slackSeconds: Math.min(longest, Math.max(0, longest - (delayed - base))),
  };
}

function mean(measured: readonly Injected[]): number {
  return measured.reduce((sum, { factSeconds }) => sum + factSeconds, 0) / measured.length;
}
