/** The rates of a comparison as bars, in each unit that people think in. */
import { medianInterval } from "../../../stats/median-interval.js";
import type { ResultDocument } from "../document.js";
import type { Direction, ScenarioResult } from "../../../trial/result.js";
import type { Bar, BarChart } from "../../../report/chart/bars.js";
import { compressionTitle, DIRECTION_TITLES } from "../../../report/names.js";
import { interval, significant } from "../../../report/numbers.js";

export type RateUnit = "facts" | "mb" | "cpu";

interface Figures {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

interface UnitForm {
  readonly label: string;
  readonly better: string;
  figures(scenario: ScenarioResult, document: ResultDocument): Figures;
}

/** How each unit is called and worked out. */
export const RATE_UNITS: Readonly<Record<RateUnit, UnitForm>> = {
  facts: {
    label: "facts/s",
    better: "bigger is better",
    figures: (scenario) => times(scenario, 1),
  },
  mb: {
    label: "MB/s of the same facts as JSON",
    better: "bigger is better",
    figures: (scenario, { payload }) => times(scenario, payload.jsonBytesPerFact / 1e6),
  },
  cpu: {
    label: "CPU-seconds for a million facts",
    better: "smaller is better",
    figures: cpuSeconds,
  },
};

/** More bars than this make a chart that nobody reads. */
const MAX_BARS = 36;

/** Every scenario of a direction that has a rate, grouped by compression, the fastest first. */
export function rateBars(
  document: ResultDocument,
  direction: Direction,
  unit: RateUnit,
): BarChart | undefined {
  const { codecs, compressors } = document.configuration;
  const form = RATE_UNITS[unit];
  const measured = document.scenarios.filter(
    (scenario) =>
      scenario.direction === direction &&
      scenario.factsPerSecond !== null &&
      (scenario.trials.length > 0 || unit !== "cpu"),
  );
  if (measured.length === 0) return undefined;
  const fastest = measured
    .toSorted((a, b) => (b.factsPerSecond?.median ?? 0) - (a.factsPerSecond?.median ?? 0))
    .slice(0, MAX_BARS);
  const groups = [...new Set(fastest.map(({ compressor }) => compressor))]
    .toSorted((a, b) => compressors.indexOf(a) - compressors.indexOf(b))
    .map((compressor) => ({
      name: compressionTitle(compressor),
      bars: fastest
        .filter((scenario) => scenario.compressor === compressor)
        .map((scenario) => barOf(scenario, document, form, codecs.indexOf(scenario.codec))),
    }));
  const left = measured.length - fastest.length;
  return {
    title:
      `${DIRECTION_TITLES[direction]}, ${form.label}: ${form.better}` +
      (left > 0 ? `; the ${MAX_BARS} fastest of ${measured.length}` : ""),
    label: form.label,
    groups,
    nameLength: Math.max(
      ...document.scenarios.map((scenario) => nameOf(scenario, document).length),
    ),
  };
}

function barOf(
  scenario: ScenarioResult,
  document: ResultDocument,
  form: UnitForm,
  hue: number,
): Bar {
  const figures = form.figures(scenario, document);
  const name = nameOf(scenario, document);
  const rates = scenario.trials.map(({ factsPerSecond }) => significant(factsPerSecond));
  const most = 12;
  const trials = `${rates.slice(0, most).join(", ")}${rates.length > most ? " …" : ""}`;
  return {
    name,
    codec: scenario.codec,
    hue: Math.max(0, hue),
    ...figures,
    text: significant(figures.value),
    hover:
      `${name} ${compressionTitle(scenario.compressor)}: ` +
      `${significant(figures.value)} ${form.label}${interval(figures)}\n` +
      `${rates.length} trials, facts/s: ${trials}`,
  };
}

/** The codec, its runtime where those are compared, and what inflates for it where that tells two scenarios apart. */
function nameOf(scenario: ScenarioResult, { scenarios }: ResultDocument): string {
  const { codec, compressor, direction, engine, runtime } = scenario;
  const name = runtime === undefined ? codec : `${codec} on ${runtime}`;
  if (engine === null) return name;
  const has = scenarios.some(
    (other) =>
      other !== scenario &&
      other.codec === codec &&
      other.compressor === compressor &&
      other.direction === direction &&
      other.runtime === runtime,
  );
  return has ? `${name}, ${engine}` : name;
}

function times({ factsPerSecond }: ScenarioResult, factor: number): Figures {
  const { median, low, high } = factsPerSecond ?? { median: 0, low: 0, high: 0 };
  return { value: median * factor, low: low * factor, high: (high ?? Infinity) * factor };
}

/** Processor time of each trial, and their median. */
function cpuSeconds({ trials }: ScenarioResult): Figures {
  const { median, low, high } = medianInterval(
    trials.map(
      ({ counters, facts }) => ((counters.userSeconds + counters.systemSeconds) / facts) * 1e6,
    ),
  );
  return { value: median, low, high };
}
