import { DEFAULT_PROFILE } from "../../../generators/profile.js";
import { HellfactError } from "../../core/errors.js";
import { NO_DELAYS } from "../../pipeline/injection.js";
import type { Calibration } from "./calibration.js";
import { storedInterval } from "../../results/schema.js";
import { NOT_SLOWED } from "../../sinks/slowed.js";
import { generatorSource } from "../../sources/generator.js";
import { medianInterval } from "../../stats/median-interval.js";
import { environmentFingerprint } from "../../machine/environment.js";
import { collectPool } from "../../payload/pool.js";
import { spawnTrial } from "../../trial/spawn-trial.js";

const TRIALS = 5;
const TRIAL_SECONDS = 0.7;
const SEED = 42;

/**
 * Measures this machine's reference encode, which is generated facts written as JSON to nowhere, in
 * trials of their own processes. User time only: what the kernel takes depends on where bytes go.
 */
export async function calibrate(
  signal: AbortSignal,
  onTrial: (done: number) => void,
): Promise<Calibration> {
  const pool = await collectPool(generatorSource({ seed: SEED, from: 0 }), null);
  const seconds: number[] = [];
  while (seconds.length < TRIALS) {
    onTrial(seconds.length / TRIALS);
    const outcome = await spawnTrial(
      {
        scenario: {
          codec: "json",
          compressor: "none",
          engine: null,
          direction: "write",
          sink: "null",
          sync: null,
        },
        codecFiles: {},
        payload: { kind: "generator", seed: SEED, profile: DEFAULT_PROFILE },
        poolSize: pool.size,
        file: null,
        fields: [],
        slowing: NOT_SLOWED,
        delays: NO_DELAYS,
        study: "none",
        allowanceSeconds: TRIAL_SECONDS,
        verifiedDigest: null,
        prepareOnly: false,
      },
      signal,
    );
    if (outcome.status !== "ok") {
      const why = "reason" in outcome ? outcome.reason : "interrupted";
      throw new HellfactError(`the reference encode could not be measured: ${why}.`);
    }
    const { counters, facts } = outcome.measure;
    seconds.push((counters.userSeconds / facts) * 1e6);
  }
  return {
    format: "hellfact-calibration",
    version: 1,
    measuredAt: new Date().toISOString(),
    environment: environmentFingerprint([]),
    userSecondsPerMillionFacts: storedInterval(medianInterval(seconds)),
    trials: seconds.length,
  };
}
