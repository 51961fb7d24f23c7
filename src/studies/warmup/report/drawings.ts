/** The curves of a warm-up as pictures: what draws them is loaded only where one is asked for. */
import type { Draw } from "../../../report/chart/frame.js";
import { chartSvg } from "../../../report/chart/svg.js";
import type { WarmupDocument } from "../document.js";
import { warmupCharts } from "./charts.js";

/** The drawings of a document by their names. */
export function warmupDrawings(document: WarmupDocument): ReadonlyMap<string, Draw> {
  const { bySeconds, byFacts } = warmupCharts(document);
  return new Map([
    ["facts", (options) => chartSvg(byFacts, options)],
    ["seconds", (options) => chartSvg(bySeconds, options)],
  ]);
}
