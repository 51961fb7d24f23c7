/** Points with names, of which the best are joined by a line, as SVG. */
import * as Plot from "@observablehq/plot";
import { extent, tickText, ticks, type Axis } from "./chart.js";
import { labelPlaces } from "./label-places.js";
import { colorOf, symbolOf } from "./colors.js";
import {
  DEFAULT_WIDTH,
  drawSvg,
  LABELLED_BASE,
  ROOMY_WIDTH,
  type SvgChartOptions,
} from "./frame.js";

export interface Scatter {
  readonly title: string;
  readonly x: Axis;
  readonly y: Axis;
  readonly points: readonly ScatterPoint[];
}

interface ScatterPoint {
  readonly name: string;
  readonly codec: string;
  readonly x: number;
  readonly y: number;
  /** The numbers of its colour and of its symbol. */
  readonly hue: number;
  readonly kind: number;
  /** Whether no other point is better in both ways. */
  readonly isFront: boolean;
  readonly hover: string;
}

const HEIGHT = 380;
const MARGINS = { marginLeft: 60, marginRight: 24, marginTop: 24, marginBottom: 44 };
/** A logarithmic axis comes to no end near 0, and no figure that is measured is as small. */
const LEAST_ON_LOG = 1e-12;
/** Room at the ends of logarithmic axes, as a factor. */
const ROOM = 1.15;

/**
 * Draws points; those of the front are named and joined, the others are pale. A point that its axes have no
 * place for is left out.
 */
export function scatterSvg(
  { title, x, y, points: given }: Scatter,
  options: SvgChartOptions = {},
): string {
  const points = given.filter((point) => hasPlace(point.x, x) && hasPlace(point.y, y));
  const { width = DEFAULT_WIDTH, height = HEIGHT } = options;
  const roomy = width >= ROOMY_WIDTH;
  const front = points.filter(({ isFront }) => isFront).toSorted((a, b) => a.x - b.x);
  const axis = (values: number[], { label, scale }: Axis, most: number) => {
    const [low, high] = extent(values);
    const domain: [number, number] = scale === "log" ? [low / ROOM, high * ROOM] : [0, high * 1.05];
    const labelled = ticks(...domain, scale, most);
    return {
      type: scale,
      ...(scale === "log" && { base: LABELLED_BASE }),
      label,
      domain,
      ticks: labelled,
      tickFormat: tickText,
      grid: true,
      labelArrow: "none" as const,
    };
  };
  const xAxis = axis(
    points.map((point) => point.x),
    x,
    roomy ? 8 : 4,
  );
  const yAxis = axis(
    points.map((point) => point.y),
    y,
    8,
  );
  const named = [...front.toReversed(), ...points.filter(({ isFront }) => !isFront)];
  const places = labelPlaces(
    named.map((point) => ({
      name: point.name,
      x: pixels(point.x, xAxis.domain, x, [MARGINS.marginLeft, width - MARGINS.marginRight]),
      y: pixels(point.y, yAxis.domain, y, [height - MARGINS.marginBottom, MARGINS.marginTop]),
      isNeeded: point.isFront,
    })),
    width,
  );
  return drawSvg(
    title,
    {
      width,
      height,
      ...MARGINS,
      x: { ...xAxis, labelAnchor: "center" },
      y: yAxis,
      marks: [
        Plot.line(front, { x: "x", y: "y", strokeOpacity: 0.5, strokeDasharray: "4 3" }),
        Plot.dot(points, {
          x: "x",
          y: "y",
          r: 6,
          symbol: ({ kind }: ScatterPoint) => symbolOf(kind),
          fill: ({ hue }: ScatterPoint) => colorOf(hue),
          fillOpacity: ({ isFront }: ScatterPoint) => (isFront ? 1 : 0.4),
          stroke: ({ hue }: ScatterPoint) => colorOf(hue),
          title: "hover",
          className: "point",
        }),
        ...named.flatMap((point, index) => {
          const place = places[index];
          if (place === undefined) return [];
          return [
            Plot.text([point], {
              x: "x",
              y: "y",
              text: "name",
              ...place,
              fillOpacity: point.isFront ? 1 : 0.75,
              fontWeight: point.isFront ? "bold" : "normal",
              fill: "currentColor",
              stroke: "var(--ground, transparent)",
              strokeWidth: 4,
            }),
          ];
        }),
      ],
      symbol: { type: "identity" },
      color: { type: "identity" },
      r: { type: "identity" },
      opacity: { type: "identity" },
    },
    options,
    { "g.point > *": points.map(({ codec }) => codec) },
  );
}

/** Where a value stands on an axis from `from` to `to` pixels. */
function pixels(
  value: number,
  [low, high]: readonly [number, number],
  { scale }: Axis,
  [from, to]: readonly [number, number],
): number {
  const place = scale === "log" ? Math.log10 : (plain: number) => plain;
  return from + ((place(value) - place(low)) / (place(high) - place(low))) * (to - from);
}

function hasPlace(value: number, { scale }: Axis): boolean {
  return Number.isFinite(value) && (scale !== "log" || value > LEAST_ON_LOG);
}
