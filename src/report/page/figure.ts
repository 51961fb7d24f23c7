import { DEFAULT_WIDTH, type Draw } from "../chart/frame.js";
import { markup, trusted, type Markup } from "./markup.js";

/** What a chart takes on a screen as narrow as a phone's, in pixels. */
const NARROW_WIDTH = 344;

/** What it takes where two stand side by side. */
const HALF_WIDTH = 640;

/** A chart, drawn for wide and for narrow screens, of which the page shows the one that fits. */
export function figure(draw: Draw, caption?: string | Markup): Markup {
  return drawnFor(DEFAULT_WIDTH, draw, caption);
}

/** One of two charts that stand side by side where there is room. */
export function halfFigure(draw: Draw, caption?: string | Markup): Markup {
  return drawnFor(HALF_WIDTH, draw, caption);
}

function drawnFor(wide: number, draw: Draw, caption?: string | Markup): Markup {
  const drawn = (width: number) => trusted(draw({ width, standsAlone: false }));
  return markup`<figure${wide === HALF_WIDTH ? trusted(' class="half"') : undefined}><div class="wide">${drawn(wide)}</div><div class="narrow">${drawn(NARROW_WIDTH)}</div>
${caption === undefined ? undefined : markup`<figcaption>${caption}</figcaption>`}</figure>`;
}

/** What is one click away. */
export function unfolding(summary: string, body: Markup): Markup {
  return markup`<details><summary>${summary}</summary>${body}</details>`;
}
