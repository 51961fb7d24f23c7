import type { ResultDocument } from "../document.js";
import type { Direction } from "../../../trial/result.js";
import { barsSvg } from "../../../report/chart/bars.js";
import { undecidedSentence } from "../report/conclusion.js";
import { rowsOf } from "../report/rows.js";
import { broken } from "../../../report/layout.js";
import { directionsIn } from "../report/marks.js";
import { DIRECTION_TITLES } from "../../../report/names.js";
import { legendOf } from "../report/notes.js";
import { RATE_UNITS, rateBars, type RateUnit } from "../report/rate-bars.js";
import { columnsOf } from "../report/table.js";
import { figure, unfolding } from "../../../report/page/figure.js";
import { markup, type Markup } from "../../../report/page/markup.js";
import type { Section, SectionContext } from "../../../report/page/section.js";
import { dataTable, paragraphs } from "../../../report/page/table.js";

const UNITS = Object.keys(RATE_UNITS) as RateUnit[];
const UNIT_NAMES: Record<RateUnit, string> = { facts: "facts/s", mb: "MB/s", cpu: "CPU-seconds" };

/** Bars for every direction, in the unit that the reader chooses, and their table. */
export function ratesSection(
  document: ResultDocument,
  { prefix }: SectionContext,
): Section | undefined {
  const directions = directionsIn(document).filter(
    (direction) => rateBars(document, direction, "facts") !== undefined,
  );
  if (directions.length === 0) return undefined;
  const body = markup`${unitSwitch(prefix)}
${directions.map((direction) => markup`<h3>${DIRECTION_TITLES[direction]}</h3>${UNITS.map((unit) => bars(document, direction, unit))}`)}
${paragraphs([undecidedSentence(rowsOf(document)) ?? ""].filter((text) => text !== "").map(broken))}
${unfolding("The table", rateTable(document))}`;
  return { id: "rates", title: "How fast", body };
}

function unitSwitch(prefix: string): Markup {
  return markup`<fieldset class="switch"><legend>Show</legend>${UNITS.map(
    (unit, index) =>
      markup`<label><input type="radio" name="${prefix}unit" value="${unit}"${index === 0 ? markup` checked` : undefined}> ${UNIT_NAMES[unit]}</label> `,
  )}</fieldset>`;
}

function bars(document: ResultDocument, direction: Direction, unit: RateUnit): Markup | undefined {
  const chart = rateBars(document, direction, unit);
  if (chart === undefined) return undefined;
  return markup`<div data-unit="${unit}">${figure((options) => barsSvg(chart, options), `${chart.title}. Lines: the median's 95 % interval.`)}</div>`;
}

function rateTable(document: ResultDocument): Markup {
  const { columns, rows } = columnsOf(document, true);
  const cells = rows.map((row) => ({
    codec: row.codec,
    cells: columns.map((column) => column.cell(row).trim()),
  }));
  let group = "";
  const heads = columns.map((column) => {
    // A column of ± belongs to what stands before it.
    if (column.group.trim() !== "" || !column.head.includes("±")) group = column.group.trim();
    return `${group} ${column.head.trim()}`.trim();
  });
  const table = dataTable({
    caption: "Facts per second, bytes and processor time",
    columns: columns.map(({ align }, index) => ({ align, head: heads[index] ?? "" })),
    rows: cells,
  });
  const legend = legendOf(document, cells.flatMap((row) => row.cells).join(""));
  return markup`${table}${paragraphs(legend.map(broken), "note")}`;
}
