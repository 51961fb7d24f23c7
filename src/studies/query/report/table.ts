/** Rows as an aligned table that fits the screen. */
import type { PlainValue, QueryResult } from "../../../query/result.js";
import { borderless, LINE_WIDTH, onScreen } from "../../../report/layout.js";
import { cellText, cut } from "./cells.js";

export type Columns = QueryResult["columns"];
export type Rows = readonly (readonly PlainValue[])[];

const GAP = 2;
/** No column is cut to less. */
const LEAST_WIDTH = 12;
/** Names of columns stand before their values where rows are too wide for a line. */
const NAME_WIDTH = 30;
const NUMBER = /^(?:U?(?:TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT)|DOUBLE|FLOAT|DECIMAL)/;

/** Ends with a newline. Rows that do not fit a line are shown a column a line. */
export function tableText(columns: Columns, rows: Rows): string {
  const texts = rows.map((row) => row.map(cellText));
  const widths = widthsOf(columns, texts);
  if (widths === undefined) return `${onScreen(records(columns, texts))}\n`;
  const table = borderless({
    gap: GAP,
    colAligns: columns.map(({ type }) => (NUMBER.test(type) ? "right" : "left")),
  });
  table.push(columns.map(({ name }, place) => cut(cellText(name), widths[place] ?? 0)));
  for (const row of texts) table.push(row.map((text, place) => cut(text, widths[place] ?? 0)));
  return `${onScreen(table.toString().split("\n"))}\n`;
}

/** Widths at which all columns fit a line, wide ones cut first; nothing where they cannot. */
function widthsOf(columns: Columns, texts: readonly (readonly string[])[]): number[] | undefined {
  const widths = columns.map(({ name }, place) =>
    texts.reduce((most, row) => Math.max(most, row[place]?.length ?? 0), cellText(name).length),
  );
  const room = LINE_WIDTH - 1 - GAP * (columns.length - 1);
  let over = widths.reduce((sum, width) => sum + width, 0) - room;
  while (over > 0) {
    const widest = Math.max(...widths);
    if (widest <= LEAST_WIDTH) return undefined;
    const place = widths.indexOf(widest);
    const second = Math.max(LEAST_WIDTH, ...widths.filter((_, other) => other !== place));
    const less = Math.min(over, Math.max(1, widest - second));
    widths[place] = Math.max(LEAST_WIDTH, widest - less);
    over -= less;
  }
  return widths;
}

function records(columns: Columns, texts: readonly (readonly string[])[]): string[] {
  const names = columns.map(({ name }) => cut(cellText(name), NAME_WIDTH));
  const width = Math.max(...names.map((name) => name.length)) + GAP;
  return texts.flatMap((row, index) => [
    ...(index === 0 ? [] : [""]),
    ...row.map(
      (text, place) => `${(names[place] ?? "").padEnd(width)}${cut(text, LINE_WIDTH - 1 - width)}`,
    ),
  ]);
}
