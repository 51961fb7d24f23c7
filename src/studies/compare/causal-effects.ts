import { median } from "simple-statistics";
import type { ScenarioResult } from "../../trial/result.js";
import type { CausalResult } from "../../verdict/result.js";
import { medianInterval } from "../../stats/median-interval.js";
import { causalEffect } from "../../verdict/causal.js";

/** Adds to every write whose trials injected delays what these did, with the trial as the unit. */
export function withCausalEffects(scenarios: readonly ScenarioResult[]): ScenarioResult[] {
  return scenarios.map((scenario) => {
    const causal = (["encode", "write"] as const)
      .map((stage) => effectOf(stage, scenario))
      .filter((effect) => effect !== undefined);
    return causal.length === 0 ? scenario : { ...scenario, causal };
  });
}

function effectOf(
  stage: CausalResult["stage"],
  { trials }: ScenarioResult,
): CausalResult | undefined {
  const effects = trials.flatMap(({ injected }) => {
    const own = injected?.filter((entry) => entry.stage === stage) ?? [];
    return own.length === 0 ? [] : [causalEffect(own)];
  });
  if (effects.length === 0) return undefined;
  // A slope may be 0 or less; the interval is made for what is above it.
  const interval = medianInterval(effects.map(({ slope }) => Math.exp(slope)));
  const high = Math.log(interval.high);
  return {
    stage,
    slope: {
      median: Math.log(interval.median),
      low: interval.low === 0 ? null : Math.log(interval.low),
      high: Number.isFinite(high) ? high : null,
    },
    slackSeconds: median(effects.map(({ slackSeconds }) => slackSeconds)),
  };
}
