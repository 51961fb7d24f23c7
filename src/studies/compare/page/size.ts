import type { ResultDocument } from "../document.js";
import { scatterSvg } from "../../../report/chart/scatter.js";
import { directionsIn } from "../report/marks.js";
import { choiceName, compressionTitle } from "../../../report/names.js";
import { percent, significant } from "../../../report/numbers.js";
import { paretoFront, paretoSentences } from "../report/pareto.js";
import { rateOf, rowsOf } from "../report/rows.js";
import { sizeSpeed } from "../report/size-speed.js";
import { halfFigure, unfolding } from "../../../report/page/figure.js";
import { markup, type Markup } from "../../../report/page/markup.js";
import type { Section } from "../../../report/page/section.js";
import { dataTable, paragraphs } from "../../../report/page/table.js";

const SHAPES = ["circles", "squares", "triangles", "diamonds"];

/** Stored bytes against rate, with the front of those that no other beats in both. */
export function sizeSection(document: ResultDocument): Section | undefined {
  const charts = directionsIn(document).flatMap((direction) => {
    if (direction !== "write" && direction !== "read") return [];
    const scatter = sizeSpeed(document, direction);
    return scatter === undefined ? [] : [scatter];
  });
  if (charts.length === 0) return undefined;
  const shapes = document.configuration.compressors
    .slice(0, SHAPES.length)
    .map((name, index) => `${SHAPES[index]}: ${compressionTitle(name)}`)
    .join("; ");
  const body = markup`<p>The dashed line joins those that no other one beats in both beyond doubt: a choice among them buys speed with bytes, or is not decided. The others are pale.</p>
${paragraphs(paretoSentences(rowsOf(document)))}
${charts.map((chart) => halfFigure((options) => scatterSvg(chart, options), `${chart.title} (${shapes}).`))}
${unfolding("The table", frontTable(document))}`;
  return { id: "size", title: "Size against speed", body };
}

function frontTable(document: ResultDocument): Markup {
  const rows = rowsOf(document);
  const fronts = {
    write: new Set(paretoFront(rows, "write").front),
    read: new Set(paretoFront(rows, "read").front),
  };
  return dataTable({
    caption: "Stored bytes and rates; yes where no other one is smaller and faster",
    columns: [
      { head: "what", align: "left" },
      { head: "bytes a fact", align: "right" },
      { head: "% of JSON", align: "right" },
      { head: "write facts/s", align: "right" },
      { head: "write front", align: "left" },
      { head: "read facts/s", align: "right" },
      { head: "read front", align: "left" },
    ],
    rows: rows.flatMap((row) => {
      const stored = (row.scenarios.write ?? row.scenarios.read)?.storedBytesPerFact;
      if (stored == null) return [];
      return [
        {
          codec: row.codec,
          cells: [
            choiceName(row),
            significant(stored),
            percent(stored / document.payload.jsonBytesPerFact),
            ...(["write", "read"] as const).flatMap((direction) => {
              const rate = rateOf(row.scenarios[direction]);
              return [
                rate === undefined ? "-" : significant(rate),
                fronts[direction].has(row) ? "yes" : "",
              ];
            }),
          ],
        },
      ];
    }),
  });
}
