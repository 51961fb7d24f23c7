import type { ResultDocument } from "../document.js";
import { bindsAt, crossover, rateAt } from "../../../verdict/model.js";
import { chartSvg } from "../../../report/chart/svg.js";
import { significant } from "../../../report/numbers.js";
import {
  bandwidthRange,
  breakEvenSentences,
  machineSink,
  rooflineChart,
  rooflineSentence,
  roofsOf,
  type Roof,
} from "./roofline.js";
import { BINDS } from "../../../report/verdict.js";
import { figure } from "../../../report/page/figure.js";
import { dataElement, markup, type Markup } from "../../../report/page/markup.js";
import type { Section, SectionContext } from "../../../report/page/section.js";
import { dataTable } from "../../../report/page/table.js";

/** Steps of the slider for each power of ten of bandwidth. */
const STEPS = 100;

/** Facts per second against disk bandwidth, with a slider that judges any disk. */
export function rooflineSection(
  document: ResultDocument,
  { prefix }: SectionContext,
): Section | undefined {
  const roofs = roofsOf(document);
  if (roofs.length === 0) return undefined;
  const [low, high] = bandwidthRange(roofs);
  const here = machineSink(roofs) ?? Math.sqrt(low * high);
  const body = markup`<p>On a slow disk all of a write's time goes into storing bytes, and its line rises with the disk; from its crossover on (the rings) the codec binds, and a faster disk buys nothing. The full dots are what was measured here.</p>
<p>${rooflineSentence(roofs)} ${breakEvenSentences(roofs).join(" ")}</p>
<div class="roofline">
${figure((options) => chartSvg(rooflineChart(roofs), options), `Facts per second against the bandwidth of the disk, by the model. Rings: crossovers; dots: measured here; dashes tell compressors apart.`)}
${slider(prefix, roofs, [low, high], here)}
${diskTable(roofs, here)}
</div>`;
  return { id: "roofline", title: "What another disk would do", body };
}

/** The slider, which only the page's script shows, and what the script works from. */
function slider(
  prefix: string,
  roofs: readonly Roof[],
  [low, high]: readonly [number, number],
  here: number,
): Markup {
  const place = (bytesPerSecond: number) => Math.log10(bytesPerSecond) * STEPS;
  // Whole steps away from this machine's disk, so that the slider can stand just there.
  const steps = (bytesPerSecond: number) =>
    Math.floor(Math.abs(place(bytesPerSecond) - place(here)));
  const data = {
    stepsPerDecade: STEPS,
    words: { codec: BINDS["codec"], write: BINDS["write"], balanced: BINDS["balanced"] },
    roofs: roofs.map(({ name, factsPerSecond, storedBytesPerFact, overlap }) => ({
      ...{ name, factsPerSecond, storedBytesPerFact, overlap },
    })),
  };
  return markup`<div class="disk" hidden>
<label for="${prefix}disk">Try another disk:</label>
<input type="range" id="${prefix}disk" min="${place(here) - steps(low)}" max="${place(here) + steps(high)}" step="1" value="${place(here)}">
<output for="${prefix}disk" aria-live="polite"></output>
<p class="judged"></p>
${dataElement(data)}
</div>`;
}

function diskTable(roofs: readonly Roof[], here: number): Markup {
  return dataTable({
    caption: "By the model, on one disk",
    columns: [
      { head: "what", align: "left" },
      { head: "crossover MB/s", align: "right" },
      { head: "bytes a fact", align: "right" },
      { head: "disk MB/s", align: "right" },
      { head: "facts/s", align: "right" },
      { head: "binds", align: "left" },
    ],
    rows: roofs.map((roof, index) => ({
      codec: roof.codec,
      cells: [
        roof.name,
        significant(crossover(roof) / 1e6),
        significant(roof.storedBytesPerFact),
        markup`<span data-disk>${significant(here / 1e6)}</span>`,
        markup`<span data-rate="${index}">${significant(rateAt(roof, here, roof.overlap))}</span>`,
        markup`<span data-binds="${index}">${BINDS[bindsAt(roof, here)]}</span>`,
      ],
    })),
  });
}
