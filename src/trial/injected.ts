import type { InjectedDelay } from "../verdict/result.js";
import { SMALL_DELAY } from "../verdict/causal.js";
import { secondsPerFactInside } from "./inside-repetition.js";
import type { Writing } from "./writing.js";

/** Delays as multiples of what a fact takes without one: small ones for the slope, a large one for the slack. */
const MULTIPLES = [SMALL_DELAY / 2, SMALL_DELAY, 2];
const ROUNDS = 2;

/**
 * Repetitions with a delay for each fact in one stage, beside repetitions without one, by turns: what a delay does to
 * the time per fact is for `causalEffect` to say.
 */
export function measureInjected(writing: Writing): InjectedDelay[] {
  const before = writing.injection.delays;
  const factSeconds = () => secondsPerFactInside(writing.repetition());
  const usual = factSeconds();
  const measured: InjectedDelay[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    for (const stage of ["encode", "write"] as const) {
      for (const delaySeconds of [0, ...MULTIPLES.map((multiple) => multiple * usual)]) {
        const { encodeSeconds, writeSeconds } = before;
        writing.injection.delays =
          stage === "encode"
            ? { encodeSeconds: encodeSeconds + delaySeconds, writeSeconds }
            : { encodeSeconds, writeSeconds: writeSeconds + delaySeconds };
        measured.push({ stage, delaySeconds, factSeconds: factSeconds() });
      }
    }
  }
  writing.injection.delays = before;
  return measured;
}
