import { median } from "simple-statistics";
import type { WarmupFigures, WatchedBlock, WatchedProcess } from "../document.js";
import { recycleLoss, costOf, type CostCurve } from "../../../stats/cost-curve.js";
import { atUsualSpeed } from "../../../stats/usual-speed.js";
import { commonSteadyState } from "../../../stats/steady-state.js";

/** Places of a series, each of as many facts, that change points are looked for among. */
const MAX_PLACES = 160;
/** Jobs of so many facts: what a cron job or a function does. */
const JOBS = [10, 100, 1_000, 10_000, 100_000];
/** Where nothing is steady, what the facts after this share of the watched ones cost is typical. */
const LATE_SHARE = 0.75;
/** What took no tick of the clock took some time all the same. */
const SHORTEST = 1e-12;
/** Points of a printed curve: enough for a line. */
const CURVE_POINTS = 120;

/** What several processes that did the same come to. */
export function figuresOf(watched: readonly WatchedProcess[]): WarmupFigures {
  const facts = Math.min(...watched.map(({ blocks }) => factsIn(blocks)));
  const shortest = Math.min(...watched.map(({ blocks }) => blocks.length));
  const places = Math.max(1, Math.min(MAX_PLACES, Math.floor(shortest / 2), facts));
  const verdict = commonSteadyState(watched.map(({ blocks }) => seriesOf(blocks, facts, places)));
  const isSteady = verdict.kind !== "none";
  const steadyFrom = isSteady ? (verdict.from / places) * facts : LATE_SHARE * facts;
  const curve = medianCurve(watched, steadyFrom, facts);
  const { startSeconds, steadySecondsPerFact } = curve;
  const untilSteady = costOf(curve, steadyFrom) - startSeconds;
  const penalty = Math.max(0, coldPenalty(curve, facts));
  return {
    kind: verdict.kind,
    agreeing: verdict.agreeing,
    processes: watched.length,
    steadyAfterFacts: isSteady ? Math.round(steadyFrom) : null,
    steadyAfterSeconds: isSteady ? startSeconds + untilSteady : null,
    steadySecondsPerFact,
    startSeconds,
    coldPenaltySeconds: penalty,
    coldPenaltyFacts: penalty / steadySecondsPerFact,
    curve: curve.points.map(([done, seconds]) => [done, seconds]),
    jobs: JOBS.map((jobFacts) => ({
      facts: jobFacts,
      factsPerCpuSecond: jobFacts / costOf(curve, jobFacts),
      lostShare: recycleLoss(curve, jobFacts),
    })),
  };
}

/** The curve of a scenario's figures, to predict with. */
export function curveOf(figures: WarmupFigures): CostCurve {
  const { startSeconds, curve, steadySecondsPerFact } = figures;
  return { startSeconds, points: curve, steadySecondsPerFact };
}

/** One process's own curve. */
export function processCurve(process: WatchedProcess): CostCurve {
  return medianCurve([process], LATE_SHARE * factsIn(process.blocks), factsIn(process.blocks));
}

/** What all watched facts took beyond what they take in the steady state. */
function coldPenalty(curve: CostCurve, facts: number): number {
  return costOf(curve, facts) - curve.startSeconds - facts * curve.steadySecondsPerFact;
}

/** Median processes do not exist; their medians at each number of facts are what is to be expected. */
function medianCurve(
  watched: readonly WatchedProcess[],
  steadyFrom: number,
  facts: number,
): CostCurve {
  const cumulated = watched.map(({ blocks }) => cumulate(blocks, ({ cpuSeconds }) => cpuSeconds));
  const at = (count: number) => median(cumulated.map((points) => valueAt(points, count)));
  const ratio = facts ** (1 / CURVE_POINTS);
  const counts = Array.from({ length: CURVE_POINTS }, (_, index) =>
    Math.round(ratio ** (index + 1)),
  );
  const perFact = cumulated.map(
    (points) =>
      Math.max(SHORTEST, valueAt(points, facts) - valueAt(points, steadyFrom)) /
      (facts - steadyFrom),
  );
  return {
    startSeconds: median(
      watched.map(
        ({ startCpuSeconds, loadCpuSeconds, prewarmCpuSeconds }) =>
          startCpuSeconds + loadCpuSeconds + prewarmCpuSeconds,
      ),
    ),
    points: [...new Set([...counts, facts])]
      .toSorted((a, b) => a - b)
      .map((count) => [count, at(count)] as const),
    steadySecondsPerFact: median(perFact),
  };
}

/** A process's costs per fact at places of equally many facts, the machine's speed taken out. */
function seriesOf(blocks: readonly WatchedBlock[], facts: number, places: number): number[] {
  const seconds = cumulate(blocks, ({ cpuSeconds }) => cpuSeconds);
  const reference = cumulate(
    blocks,
    ({ referenceSeconds, facts: count }) => referenceSeconds * count,
  );
  const steps = Array.from({ length: places }, (_, index) => {
    const [from, to] = [(index / places) * facts, ((index + 1) / places) * facts];
    const between = (points: Points) => (valueAt(points, to) - valueAt(points, from)) / (to - from);
    return { cost: between(seconds), reading: between(reference) };
  });
  return atUsualSpeed(
    steps.map(({ cost }) => Math.max(cost, SHORTEST)),
    steps.map(({ reading }) => Math.max(reading, SHORTEST)),
  );
}

type Points = readonly (readonly [facts: number, value: number])[];

function cumulate(blocks: readonly WatchedBlock[], value: (block: WatchedBlock) => number): Points {
  let [facts, total] = [0, 0];
  return blocks.map((block) => [(facts += block.facts), (total += value(block))] as const);
}

/** The value between points, in a straight line from one to the next; the first begins at nothing. */
function valueAt(points: Points, facts: number): number {
  let low = 0;
  let high = points.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((points[middle]?.[0] ?? 0) < facts) low = middle + 1;
    else high = middle;
  }
  const [toFacts, toValue] = points[low] ?? [1, 0];
  const [fromFacts, fromValue] = points[low - 1] ?? [0, 0];
  if (toFacts === fromFacts) return toValue;
  const share = Math.min(1, (facts - fromFacts) / (toFacts - fromFacts));
  return fromValue + share * (toValue - fromValue);
}

function factsIn(blocks: readonly WatchedBlock[]): number {
  return blocks.reduce((sum, { facts }) => sum + facts, 0);
}
