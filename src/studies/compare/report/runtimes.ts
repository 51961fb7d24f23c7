import type { ResultDocument } from "../document.js";
import type { ScenarioResult, TrialResult } from "../../../trial/result.js";
import { runtimesIn } from "../../../trial/runtimes.js";
import { isUndecided, ratioByRound } from "../../../stats/compare.js";
import type { MedianInterval } from "../../../stats/median-interval.js";
import { unbroken } from "../../../report/layout.js";
import { choiceName } from "../../../report/names.js";
import { interval, significant } from "../../../report/numbers.js";

/** Codecs by name are told apart up to here; with more, the middle and the extremes stand for them. */
const MAX_NAMED = 3;

/**
 * What each runtime is worth against the first one, in seconds of a core: a sentence for each, with
 * every codec's ratio of processor time for writing, measured in the same rounds.
 */
export function runtimeSentences(document: Pick<ResultDocument, "scenarios">): string[] {
  const [first, ...others] = runtimesIn(document.scenarios);
  if (first === undefined) return [];
  return others.flatMap((other) => {
    const changes = document.scenarios
      .filter(({ runtime, status }) => runtime === first && status === "ok")
      .flatMap((before) => {
        const after = document.scenarios.find((scenario) => isCounterpart(scenario, before, other));
        const ratio = after === undefined ? undefined : cpuRatio(after, before);
        return after === undefined || ratio === undefined ? [] : [{ before, ratio }];
      });
    const told = (["write", "read"] as const).flatMap((direction) => {
      const own = changes.filter(({ before }) => before.direction === direction);
      const uncompressed = own.filter(({ before }) => before.compressor === "none");
      const plain = uncompressed.length > 0 ? uncompressed : own;
      return plain.length === 0 ? [] : [`to ${direction}: ${parts(plain)}`];
    });
    return told.length === 0
      ? []
      : [`From ${first} to ${other}, core-seconds for the same facts ${told.join("; ")}.`];
  });
}

interface Change {
  readonly before: ScenarioResult;
  readonly ratio: MedianInterval;
}

/** `json 0.530 × (95 %: 0.510 to 0.560; 112 s less per million)`, and whose change is open. */
function parts(changes: readonly Change[]): string {
  const sorted = changes.toSorted((a, b) => a.ratio.median - b.ratio.median);
  const decided = sorted.filter(({ ratio }) => !isUndecided(ratio));
  const json = decided.find(({ before }) => before.codec === "json");
  const told =
    decided.length <= MAX_NAMED
      ? decided
      : [...new Set([json ?? decided[1], decided[0], decided.at(-1)])];
  const open = sorted.filter((change) => !decided.includes(change));
  return [
    ...told.filter((change) => change !== undefined).map(changeText),
    ...(open.length === 0
      ? []
      : [`${open.map(({ before }) => nameOf(before)).join(", ")} not told apart`]),
  ].join(", ");
}

function changeText({ before, ratio }: Change): string {
  const saved = (before.cpuSecondsPerMillionFacts ?? 0) * (1 - ratio.median);
  const seconds = `${significant(Math.abs(saved))} s ${saved >= 0 ? "less" : "more"} per million`;
  return unbroken(
    `${nameOf(before)} ${significant(ratio.median)} ×${interval(ratio).replace(")", `; ${seconds})`)}`,
  );
}

function nameOf({ codec, compressor }: ScenarioResult): string {
  return choiceName({ codec, compressor });
}

function isCounterpart(a: ScenarioResult, b: ScenarioResult, runtime: string): boolean {
  return (
    a.runtime === runtime &&
    a.status === "ok" &&
    a.codec === b.codec &&
    a.compressor === b.compressor &&
    a.direction === b.direction &&
    a.engine === b.engine
  );
}

/** How much processor time one scenario takes of another's, compared round by round. */
function cpuRatio(a: ScenarioResult, b: ScenarioResult): MedianInterval | undefined {
  return ratioByRound(cpuByRound(a), cpuByRound(b));
}

function cpuByRound({ trials }: ScenarioResult): Map<number, number> {
  return new Map(trials.map((trial) => [trial.round, cpuSecondsPerFact(trial)]));
}

function cpuSecondsPerFact({ counters, facts }: TrialResult): number {
  return (counters.userSeconds + counters.systemSeconds) / facts;
}
