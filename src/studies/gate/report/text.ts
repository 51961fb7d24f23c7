import { createColors } from "picocolors";
import { forTerminal } from "../../../core/foreign-text.js";
import type { GateDocument } from "../document.js";
import { borderless, onScreen, wrapped } from "../../../report/layout.js";
import type { TextOptions } from "../../../report/options.js";
import { verdictSentence, WORD } from "./sentence.js";
import { GATE_HEADS, gateRows } from "./table.js";
import { waysText } from "./ways.js";

/** A gate as people read it in a terminal, the verdict first. Ends with a newline. */
export function gateText(given: GateDocument, { colors }: TextOptions): string {
  const document = forTerminal(given);
  const paint = createColors(colors);
  const { gate, environment } = document;
  const colour = { pass: paint.green, fail: paint.red, inconclusive: paint.yellow }[gate.answer];
  const table = borderless({
    gap: 2,
    colAligns: ["left", "left", ...GATE_HEADS.slice(2).map(() => "right" as const)],
  });
  table.push([...GATE_HEADS], ...gateRows(document));
  const [heads = "", ...rows] = table.toString().split("\n");
  const [first = "", ...rest] = wrapped(`${WORD[gate.answer]}  ${verdictSentence(document)}`);
  const lines = [
    colour(paint.bold(first)),
    ...rest.map(colour),
    "",
    paint.dim(
      `${gate.baseline} → ${gate.candidate}   ${environment.cpuModel}, Node ${environment.node}   ${Math.round(gate.seconds)} s`,
    ),
    "",
    paint.bold(heads),
    ...rows,
    "",
    ...wrapped(
      "slower by: the candidate's processor time over the baseline's, by pairs of fresh processes; below 0 is faster. detects: the minimum detectable effect, a slowdown that so many pairs fail 9 times in 10.",
    ).map(paint.dim),
    ...(gate.ways === undefined ? [] : wrapped(`${waysText(gate.ways)}.`)).map(paint.dim),
  ];
  return `\n${onScreen(lines)}\n\n`;
}
