import { DEFAULT_WIDTH, type SvgChartOptions } from "../chart/frame.js";
import { markup, trusted, type Markup } from "./markup.js";

/** What a chart takes on a screen as narrow as a phone's, in pixels. */
const NARROW_WIDTH = 344;

/** A chart, drawn for wide and for narrow screens, of which the page shows the one that fits. */
export function figure(
  draw: (options: SvgChartOptions) => string,
  caption?: string | Markup,
): Markup {
  const drawn = (width: number) => trusted(draw({ width, standsAlone: false }));
  return markup`<figure><div class="wide">${drawn(DEFAULT_WIDTH)}</div><div class="narrow">${drawn(NARROW_WIDTH)}</div>
${caption === undefined ? undefined : markup`<figcaption>${caption}</figcaption>`}</figure>`;
}

/** What is one click away. */
export function unfolding(summary: string, body: Markup): Markup {
  return markup`<details><summary>${summary}</summary>${body}</details>`;
}
