/** What all SVG charts share: how they are drawn without a browser, and what makes them stand alone. */
import * as Plot from "@observablehq/plot";
import { parseHTML } from "linkedom";
import { tickText, ticks } from "./chart.js";

export interface SvgChartOptions {
  readonly width?: number;
  readonly height?: number;
  /** Whether it brings its own colours for light and dark; inside a page it takes the page's. */
  readonly standsAlone?: boolean;
}

/**
 * Of a logarithmic axis whose labels were chosen: of one of base 10, Plot leaves some out that it takes to be too
 * many, and of one that is no whole number none.
 */
export const LABELLED_BASE = 10.5;

/** Draws a chart as an SVG. */
export type Draw = (options?: SvgChartOptions) => string;

/** From this width on there is room for long labels. */
export const ROOMY_WIDTH = 600;
export const DEFAULT_WIDTH = 860;

const OWN_COLORS =
  "svg{color:#1f2328;background:#fff;--ground:#fff}" +
  "@media (prefers-color-scheme:dark){svg{color:#e6edf3;background:#0d1117;--ground:#0d1117}}";

/** A codec's name as an attribute can hold it in HTML and in XML, whatever is in it. */
export function codecKey(codec: string): string {
  return encodeURIComponent(codec.toWellFormed());
}

/** The codec of each element that a selector finds, in order: what a reader chooses them by. */
export type Owners = Readonly<Record<string, readonly (string | undefined)[]>>;

/**
 * Draws a plot as the text of an SVG, with its title for those who cannot see it.
 *
 * The places of its axes go along as `data-x` and `data-y` (`domain low, high, range low, high`), for
 * what is drawn on it later.
 */
export function drawSvg(
  title: string,
  plot: Plot.PlotOptions,
  { standsAlone = true }: SvgChartOptions,
  owners: Owners = {},
): string {
  const { document } = parseHTML("<!doctype html><html><body></body></html>");
  const svg = Plot.plot({
    ...plot,
    document,
    style: { fontSize: "12px", background: "transparent", overflow: "visible" },
  });
  svg.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  svg.setAttribute("role", "img");
  // Plot names its groups for readers of screens, who hear of the title and the table instead.
  for (const named of svg.querySelectorAll("[aria-label]")) named.removeAttribute("aria-label");
  svg.setAttribute("fill", "currentColor");
  for (const axis of ["x", "y"] as const) {
    const { domain, range } = svg.scale(axis) ?? {};
    if (typeof domain?.[0] !== "number") continue;
    svg.setAttribute(`data-${axis}`, [...domain, ...(range ?? [])].join(" "));
  }
  for (const [selector, codecs] of Object.entries(owners)) {
    for (const [index, element] of [...svg.querySelectorAll(selector)].entries()) {
      const codec = codecs[index];
      if (codec !== undefined) element.setAttribute("data-codec", codecKey(codec));
    }
  }
  const titleElement = document.createElementNS("http://www.w3.org/2000/svg", "title");
  titleElement.textContent = title;
  svg.insertBefore(titleElement, svg.firstChild);
  if (standsAlone) {
    const style = document.createElementNS("http://www.w3.org/2000/svg", "style");
    style.textContent = OWN_COLORS;
    svg.insertBefore(style, svg.firstChild);
  }
  roundPlaces(svg);
  // A no-break space has a name in HTML that XML does not know.
  return `${String(svg.outerHTML).replaceAll("&nbsp;", "\u00a0")}\n`;
}

const PLACES = ["x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "width", "height", "transform"];

/** Keeps a hundredth of a pixel of every place: the rest nobody sees, and a page of many bars is full of it. */
function roundPlaces(svg: ReturnType<typeof Plot.plot>): void {
  for (const element of svg.querySelectorAll("*")) {
    for (const name of PLACES) {
      const value = element.getAttribute(name) as string | null;
      if (value?.includes(".") !== true) continue;
      const rounded = value.replaceAll(/\d+\.\d{3,}/g, (long: string) =>
        String(+Number(long).toFixed(2)),
      );
      element.setAttribute(name, rounded);
    }
  }
}

/** Places for labels of one line's height each, from above to below, none of them over another. */
export function apart(wanted: readonly number[], height: number): number[] {
  let below = -Infinity;
  return wanted.map((place) => {
    below = Math.max(place, below + height);
    return below;
  });
}

/** The axis of bars that grow from left to right, from nothing to `end`. */
export function axisFromZero(end: number, label: string, width: number) {
  return {
    domain: [0, end],
    label,
    labelAnchor: "center",
    labelArrow: "none",
    grid: true,
    ticks: ticks(0, end, "linear", width < ROOMY_WIDTH ? 4 : 8),
    tickFormat: tickText,
  } as const;
}
