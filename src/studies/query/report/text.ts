/** A comparison of ways as people read it in a terminal. */
import { createColors } from "picocolors";
import { forTerminal } from "../../../core/foreign-text.js";
import { barText } from "../../../report/bar.js";
import { borderless, onScreen, wrapped } from "../../../report/layout.js";
import { bytes, short } from "../../../report/numbers.js";
import type { TextOptions } from "../../../report/options.js";
import type { QueryDocument } from "../document.js";
import { QUESTIONS, rateOf, type QuestionKey } from "../model/questions.js";
import { PAY_HEADS, payRows, RATE_HEADS, rateRows, wayProblems } from "./rows.js";
import { querySentences } from "./sentences.js";

const BAR_WIDTH = 50;

/** Ends with a newline. */
export function queryText(given: QueryDocument, { colors }: TextOptions): string {
  const document = forTerminal(given);
  const paint = createColors(colors);
  const { environment, facts, jsonBytes, rounds, complete } = document;
  const servers = [...new Set(document.ways.flatMap(({ server }) => server ?? []))];
  const lines = [
    ...wrapped(`${servers.join(", ")}; Node ${environment.node}`).map(paint.dim),
    paint.dim(`${environment.cpuModel}, ${environment.cores} cores`),
    "",
    paint.bold(
      `answers/s over ${facts} facts, ${bytes(jsonBytes)} of JSON, ${rounds} ${rounds === 1 ? "round" : "rounds"}`,
    ),
    "",
    ...aligned(RATE_HEADS, rateRows(document), 1),
    "",
    ...QUESTIONS.flatMap(({ key, text }) => [
      paint.bold(`${text}: answers/s, bigger is better (log scale)`),
      ...bars(document, key, colors),
      "",
    ]),
    paint.bold(
      "when another form pays for its load: answers until it is cheaper than JSON as text",
    ),
    "",
    ...aligned(PAY_HEADS, payRows(document), 2),
    "",
    ...querySentences(document).flatMap(wrapped),
    ...wayProblems(document)
      .flatMap((problem) => wrapped(`note: ${problem}`))
      .map(paint.yellow),
    ...(complete ? [] : [paint.yellow("note: stopped before all was measured: partial results")]),
  ];
  return `\n${onScreen(lines)}\n`;
}

/** @param names how many of the first columns are words */
function aligned(heads: readonly string[], rows: readonly string[][], names: number): string[] {
  const table = borderless({
    gap: 2,
    colAligns: heads.map((_, place) => (place < names ? "left" : "right")),
  });
  table.push([...heads], ...rows);
  return table.toString().split("\n");
}

/** On a scale of logarithms, for they differ by powers of ten: one power is a fifth of the width. */
function bars({ ways }: QueryDocument, key: QuestionKey, fine: boolean): string[] {
  const measured = ways
    .flatMap((way) => {
      const rate = rateOf(way, key);
      return rate === undefined ? [] : [{ name: way.name, rate }];
    })
    .toSorted((a, b) => b.rate - a.rate);
  const width = Math.max(0, ...measured.map(({ name }) => name.length));
  const most = Math.max(...measured.map(({ rate }) => rate));
  return measured.map(({ name, rate }) => {
    const share = Math.max(0.02, 1 + Math.log10(rate / most) / POWERS);
    return `${name.padEnd(width)}  ${short(rate).padStart(7)}  ${barText(share, BAR_WIDTH, fine)}`;
  });
}

/** Powers of ten that a bar's width stands for. */
const POWERS = 5;
