/** The charts of a load study as pictures: what draws them is loaded only where one is asked for. */
import type { Draw } from "../../../report/chart/frame.js";
import { stackSvg } from "../../../report/chart/stack.js";
import { chartSvg } from "../../../report/chart/svg.js";
import type { LoadDocument } from "../document.js";
import { ratesChart, sharesChart } from "./charts.js";
import { connectionsChart, waitsChart } from "./connection-charts.js";
import { comparedKinds, kindsChart } from "./kinds.js";

/** The drawings of a document by their names. */
export function loadDrawings({
  comparisons,
  connections,
  store,
  verdicts = [],
}: LoadDocument): ReadonlyMap<string, Draw> {
  const drawings = new Map<string, Draw>();
  const kinds = comparedKinds(comparisons);
  for (const comparison of comparisons) {
    const { table, jsonKind } = comparison;
    const name = kinds.includes(comparison) ? `${table}-${jsonKind ?? ""}` : table;
    drawings.set(name, (options) => chartSvg(ratesChart(comparison, store.server), options));
  }
  if (kinds.length > 0) {
    drawings.set("documents", (options) => stackSvg(kindsChart(comparisons), options));
  }
  if (connections !== null) {
    drawings.set("connections", (options) =>
      chartSvg(connectionsChart(connections, store.server), options),
    );
    drawings.set("waits", (options) => stackSvg(waitsChart(connections), options));
  }
  const shares = sharesChart(verdicts);
  if (shares !== undefined) drawings.set("binds", (options) => stackSvg(shares, options));
  return drawings;
}
