/** Fetches as people read them in a terminal. */
import { createColors } from "picocolors";
import { forTerminal } from "../../../core/foreign-text.js";
import { barText } from "../../../report/bar.js";
import { borderless, onScreen, wrapped } from "../../../report/layout.js";
import type { TextOptions } from "../../../report/options.js";
import type { FetchDocument } from "../document.js";
import { cellProblems, groupsOf, HEADS, rowOf } from "./rows.js";
import { bestOf, fetchSentences } from "./sentences.js";

const BAR_WIDTH = 24;

/** Ends with a newline. */
export function fetchText(given: FetchDocument, { colors }: TextOptions): string {
  const document = forTerminal(given);
  const paint = createColors(colors);
  const { environment, rows, columns, rounds, complete, servers } = document;
  const lines = [
    ...wrapped(`${servers.join(", ")}; Node ${environment.node}`).map(paint.dim),
    paint.dim(`${environment.cpuModel}, ${environment.cores} cores`),
    "",
    ...fetchSentences(document).flatMap(wrapped),
    "",
    paint.bold(
      `rows/s out of a table of ${rows} rows × ${columns} columns, ${rounds} ${rounds === 1 ? "round" : "rounds"}; bigger is better`,
    ),
    "",
    ...tableLines(document, colors),
    "",
    ...cellProblems(document)
      .flatMap((problem) => wrapped(`note: ${problem}`))
      .map(paint.yellow),
    ...(complete ? [] : [paint.yellow("note: stopped before all was measured: partial results")]),
  ];
  return `\n${onScreen(lines)}\n`;
}

function tableLines(document: FetchDocument, fine: boolean): string[] {
  const [fastest] = bestOf(document.cells);
  const best = fastest?.rowsPerSecond?.median ?? 1;
  const table = borderless({
    gap: 1,
    colAligns: [
      ...HEADS.map((_, place) => (place < 2 ? ("left" as const) : ("right" as const))),
      "left",
    ],
  });
  table.push([...HEADS, ""]);
  const groups = groupsOf(document).filter(({ cells }) => cells.length > 0);
  for (const cell of groups.flatMap(({ cells }) => cells)) {
    const share = (cell.rowsPerSecond?.median ?? 0) / best;
    table.push([...rowOf(cell, document), barText(share, BAR_WIDTH, fine)]);
  }
  const [head = "", ...body] = table.toString().split("\n");
  let from = 0;
  return [
    head,
    ...groups.flatMap(({ driver, cells }) => [
      createColors(fine).dim(driver),
      ...body.slice(from, (from += cells.length)),
    ]),
  ];
}
