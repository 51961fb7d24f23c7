/** Size against speed, as points. */
import type { ResultDocument } from "../document.js";
import type { Direction } from "../../../trial/result.js";
import type { Scatter } from "../../../report/chart/scatter.js";
import { choiceName } from "../../../report/names.js";
import { significant } from "../../../report/numbers.js";
import { paretoFront } from "./pareto.js";
import { rateOf, rowsOf } from "./rows.js";

const VERBS: Record<Direction, string> = {
  write: "writing",
  read: "reading",
  project: "reading single fields",
  validate: "validating",
};

/** More points than this make a chart that nobody reads. */
const MAX_POINTS = 60;

/** Stored bytes against facts per second; `undefined` with fewer than two points. */
export function sizeSpeed(document: ResultDocument, direction: Direction): Scatter | undefined {
  const rows = rowsOf(document);
  const { front, dominated } = paretoFront(rows, direction);
  const { codecs, compressors } = document.configuration;
  const all = [...front, ...dominated];
  const points = all.slice(0, MAX_POINTS).flatMap((row) => {
    const scenario = row.scenarios[direction];
    const rate = rateOf(scenario);
    if (rate === undefined || scenario?.storedBytesPerFact == null) return [];
    const name = choiceName(row);
    const isFront = front.includes(row);
    return [
      {
        name,
        codec: row.codec,
        x: scenario.storedBytesPerFact,
        y: rate,
        hue: Math.max(0, codecs.indexOf(row.codec)),
        kind: Math.max(0, compressors.indexOf(row.compressor)),
        isFront,
        hover:
          `${name}: ${significant(scenario.storedBytesPerFact)} bytes a fact, ` +
          `${significant(rate)} facts/s${isFront ? "" : "; another one is smaller and faster"}`,
      },
    ];
  });
  if (points.length < 2) return undefined;
  const which = all.length > MAX_POINTS ? `; the best ${MAX_POINTS} of ${all.length}` : "";
  return {
    title: `Size against speed, ${VERBS[direction]}: to the left is smaller, up is faster${which}`,
    x: { label: "stored bytes a fact", scale: "log" },
    y: { label: "facts/s", scale: "log" },
    points,
  };
}
