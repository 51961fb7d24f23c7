/** The charts of a comparison by name, to be drawn by themselves. */
import type { ResultDocument, SweepDocument } from "./document.js";
import { barsSvg } from "../../report/chart/bars.js";
import type { Draw } from "../../report/chart/frame.js";
import { scatterSvg } from "../../report/chart/scatter.js";
import { stackSvg } from "../../report/chart/stack.js";
import { chartSvg } from "../../report/chart/svg.js";
import { isSweep } from "./sweep/curves.js";
import { DIRECTIONS, directionsIn } from "./report/marks.js";
import { rateBars } from "./report/rate-bars.js";
import { rooflineChart, roofsOf } from "./disk/roofline.js";
import { sizeSpeed } from "./report/size-speed.js";
import { writeStages } from "./report/stage-times.js";
import { chartsOf as curveCharts } from "./sweep/text.js";

/** The charts that a document has data for, by their names. */
export function chartsOf(document: ResultDocument): Map<string, Draw> {
  if (isSweep(document)) return sweepCharts(document);
  const charts = new Map<string, Draw>();
  for (const direction of DIRECTIONS) {
    const bars = rateBars(document, direction, "facts");
    if (bars !== undefined) charts.set(direction, (options) => barsSvg(bars, options));
  }
  for (const direction of ["write", "read"] as const) {
    const scatter = sizeSpeed(document, direction);
    if (scatter !== undefined)
      charts.set(`size-${direction}`, (options) => scatterSvg(scatter, options));
  }
  const roofs = roofsOf(document);
  if (roofs.length > 0)
    charts.set("roofline", (options) => chartSvg(rooflineChart(roofs), options));
  const stages = writeStages(document);
  if (stages !== undefined) charts.set("stages", (options) => stackSvg(stages, options));
  return charts;
}

/** The curves of a sweep, by their directions. */
function sweepCharts(document: SweepDocument): Map<string, Draw> {
  const directions = directionsIn(document);
  return new Map(
    curveCharts(document).map((chart, index) => [
      directions[index] ?? chart.title,
      (options) => chartSvg(chart, options),
    ]),
  );
}
