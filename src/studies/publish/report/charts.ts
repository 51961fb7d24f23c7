/** Where the time of whoever publishes goes. */
import type { Draw } from "../../../report/chart/frame.js";
import { stackSvg, type StackChart } from "../../../report/chart/stack.js";
import { significant } from "../../../report/numbers.js";
import type { PublishDocument } from "../document.js";

/** `undefined` where nothing was published. */
export function timeChart({ published }: PublishDocument): StackChart | undefined {
  const { facts, wallSeconds, waitedSeconds } = published;
  if (facts === 0) return undefined;
  const values = [wallSeconds - waitedSeconds, waitedSeconds];
  return {
    title:
      "Where the client's time goes: making and sending facts, or waiting until earlier ones are kept",
    label: "seconds",
    parts: ["makes, writes and sends facts", "waits for acknowledgements"],
    bars: [
      {
        name: "client",
        values,
        mark: null,
        hover: `${values.map(significant).join(" s, and waits ")} s`,
      },
    ],
    markLabel: null,
  };
}

/** The charts of a document by their names. */
export function publishDrawings(document: PublishDocument): ReadonlyMap<string, Draw> {
  const chart = timeChart(document);
  return new Map(chart === undefined ? [] : [["time", (options) => stackSvg(chart, options)]]);
}
