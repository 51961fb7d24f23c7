import { warmupName, type WarmupDocument, type WarmupFigures } from "../document.js";
import type { Chart, Line } from "../../../report/chart/chart.js";

/** Rate against processor time since the process started, and against facts done. */
export function warmupCharts(document: WarmupDocument): { bySeconds: Chart; byFacts: Chart } {
  const y = { label: "facts per CPU-second", scale: "linear" } as const;
  const direction = document.scenarios[0]?.direction ?? "write";
  return {
    bySeconds: {
      title: `How fast processes ${direction}, by processor time since they started`,
      x: { label: "CPU-seconds since the process started", scale: "linear" },
      y,
      lines: lines(document, ({ startSeconds }, seconds) => startSeconds + seconds),
      marks: [],
    },
    byFacts: {
      title: `How fast processes ${direction}, by facts done`,
      x: { label: "facts done", scale: "log" },
      y,
      lines: lines(document, (_, __, facts) => facts),
      marks: [],
    },
  };
}

function lines(
  document: WarmupDocument,
  xOf: (figures: WarmupFigures, seconds: number, facts: number) => number,
): Line[] {
  return document.scenarios.flatMap((scenario) => {
    const { figures } = scenario;
    if (figures === null) return [];
    const points = rates(figures).map(
      ({ facts, seconds, rate }) => [xOf(figures, seconds, facts), rate] as const,
    );
    return [{ name: warmupName(scenario), points }];
  });
}

/** The shortest stretch of a curve over which its rate is drawn, as a share of all that was watched. */
const MIN_STRETCH = 0.015;

/** The rate in each stretch of a cumulated curve; stretches grow where the points lie close. */
function rates({ curve }: WarmupFigures): { facts: number; seconds: number; rate: number }[] {
  const total = curve.at(-1)?.[1] ?? 0;
  const found: { facts: number; seconds: number; rate: number }[] = [];
  let [fromFacts, fromSeconds] = [0, 0];
  for (const [facts, seconds] of curve) {
    if (seconds - fromSeconds < MIN_STRETCH * total) continue;
    const rate = (facts - fromFacts) / (seconds - fromSeconds);
    found.push({ facts, seconds, rate });
    [fromFacts, fromSeconds] = [facts, seconds];
  }
  return found;
}
