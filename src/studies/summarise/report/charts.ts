/** How far the numbers of different values would be off in less memory, and what was promised. */
import type { Chart } from "../../../report/chart/chart.js";
import type { Draw } from "../../../report/chart/frame.js";
import { barsSvg, NO_INTERVAL, type BarChart } from "../../../report/chart/bars.js";
import { chartSvg } from "../../../report/chart/svg.js";
import { Uniques } from "../../../sketches/index.js";
import type { SummariseDocument } from "../document.js";
import { checkOf, figuresOf, valueText, whole } from "./words.js";

const OWN_BYTES = 2 ** 14;
/** More lines than this cannot be told apart. */
const MOST_LINES = 8;
/** More charts than these are for those who ask for one by its name. */
const MOST_TOPS = 4;

/** `undefined` where nothing was estimated and checked. */
export function errorChart(document: SummariseDocument): Chart | undefined {
  const lines = figuresOf(document, "unique").flatMap(({ key, figure, group, at }) => {
    const { unique } = figure;
    const exact = checkOf(document, group, at)?.exact[0];
    if (unique?.isEstimate !== true || exact === undefined || exact === 0) return [];
    const points = [...unique.inLess, { bytes: OWN_BYTES, count: unique.count }];
    return {
      name: document.by === null ? figure.path : `${figure.path}, ${valueText(key)}`,
      points: points.map(
        ({ bytes, count }) => [bytes, (Math.abs(count - exact) / exact) * 100] as const,
      ),
    };
  });
  const [first] = lines;
  if (first === undefined) return undefined;
  const promised = first.points.map(
    ([bytes]) => [bytes, 2 * Uniques.STANDARD_ERROR * Math.sqrt(OWN_BYTES / bytes) * 100] as const,
  );
  return {
    title:
      "How far numbers of different values are off, by the memory of their sketch: less is better",
    x: { label: "bytes of a sketch", scale: "log" },
    y: { label: "off by, % of the exact number", scale: "linear" },
    lines: [
      ...lines.slice(0, MOST_LINES),
      { name: "95 of 100 are below", kind: 1, points: promised },
    ],
    marks: [],
  };
}

/** The most frequent values of each path that was asked for, with what their counts are between. */
export function topCharts(document: SummariseDocument): { name: string; chart: BarChart }[] {
  return figuresOf(document, "top")
    .slice(0, MOST_TOPS)
    .map(({ key, figure }) => {
      const of = document.by === null ? "" : `, ${document.by} ${valueText(key)}`;
      const bars = (figure.top?.values ?? []).map(({ value, atLeast, atMost }) => ({
        ...{ name: valueText(value), codec: "", hue: 0 },
        value: atMost,
        ...(atLeast === atMost ? NO_INTERVAL : { low: atLeast, high: atMost }),
        text: atLeast === atMost ? whole(atMost) : `${whole(atLeast)} to ${whole(atMost)}`,
        hover: `${whole(atMost)} of ${whole(figure.values)}`,
      }));
      return {
        name: `top-${figure.path}${document.by === null ? "" : `-${valueText(key)}`}`,
        chart: {
          title: `Most frequent ${figure.path}${of}: longer is more often`,
          label: "times",
          groups: [{ name: "", bars }],
        },
      };
    });
}

/** The charts of a document by their names. */
export function summariseDrawings(document: SummariseDocument): ReadonlyMap<string, Draw> {
  const error = errorChart(document);
  return new Map<string, Draw>([
    ...topCharts(document).map(({ name, chart }): [string, Draw] => [
      name,
      (options) => barsSvg(chart, options),
    ]),
    ...(error === undefined
      ? []
      : [["error", (options) => chartSvg(error, options)] satisfies [string, Draw]]),
  ]);
}
