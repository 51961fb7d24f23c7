/**
 * The first screen of a comparison: ten seconds of looking at it say which codec to take, how sure that
 * is, and what binds. At most thirty lines of a hundred columns; what is not here is one option away.
 */
import { createColors } from "picocolors";
import { broken, INDENT, LINE_WIDTH, onScreen, wrapped } from "../../../../report/layout.js";
import { bytes, many, percent, significant } from "../../../../report/numbers.js";
import type { TextOptions } from "../../../../report/options.js";
import { SIGN } from "../../../../report/signs.js";
import type { ResultDocument } from "../../document.js";
import { undecidedSentence } from "../conclusion.js";
import { parsingLine } from "../parsing.js";
import { rowsOf } from "../rows.js";
import { answerOf } from "./answer.js";
import { chartTable } from "./chart-table.js";
import { disturbanceText } from "./disturbance.js";
import { leftOutText } from "../left-out.js";
import { failuresOf } from "../notes.js";

const MAX_LINES = 30;
/** Lines of notes, each cut at the end of the line. */
const MAX_NOTES = 2;
const LABEL_WIDTH = 13;

/** Ends with a newline. */
export function screenText(document: ResultDocument, { colors }: TextOptions): string {
  const paint = createColors(colors);
  const { first, lines } = answerOf(document);
  const notes = noteLines(document);
  // With too few trials nothing is, which is said above.
  const isOpen = document.scenarios.some(({ factsPerSecond }) => factsPerSecond?.high != null);
  const undecided = isOpen ? undecidedSentence(rowsOf(document)) : undefined;
  const parsing = parsingLine(document, rowsOf(document));
  const above = [
    paint.bold(subject(document)),
    "",
    ...first.flatMap(wrapped).map((line) => paint.bold(paint.yellow(line))),
    ...lines.map(({ label, text }) => `${label.padEnd(LABEL_WIDTH - 1)} → ${paint.bold(text)}`),
    "",
  ];
  const below = [
    ...(undecided === undefined ? [] : [clipped(broken(undecided))]),
    ...(parsing === undefined ? [] : [clipped(parsing)]),
    ...notes.map(paint.yellow),
    ...footer(document),
  ];
  // The head, the line for what was left out, and the empty ones around the screen.
  const room = MAX_LINES - above.length - below.length - 4;
  const { head, body, left } = chartTable(document, room, colors);
  const table = [
    paint.dim(head),
    ...body.map((line) => line.replaceAll(SIGN.best, paint.green(SIGN.best))),
    ...(left === 0 ? [] : [paint.dim(`… ${left} more, which others dominate: --all`)]),
  ];
  return `\n${onScreen([...above, ...table, ...below.slice(0, -2), ...below.slice(-2).map(paint.dim)])}\n`;
}

function subject({ environment, payload }: ResultDocument): string {
  const { node, cpuModel, cores } = environment;
  const cpu = cpuModel.replace(/\((?:R|TM)\)/g, "").split(/ CPU| @|,/)[0] ?? cpuModel;
  return clipped(
    `hellfact   ${payload.source}   ${payload.facts} ${payload.facts === 1 ? "fact" : "facts"} × ${bytes(payload.jsonBytesPerFact)}   ` +
      `Node ${node.split(".").slice(0, 2).join(".")}, ${cpu.trim()}, ${cores} cores`,
  );
}

/** What a reader must know before believing a figure, and why what was tried has none. */
function noteLines(document: ResultDocument): string[] {
  const { warnings, complete, payload } = document;
  const left = leftOutText(document);
  const all = [
    ...failuresOf(document),
    ...(left === undefined ? [] : [left]),
    ...(complete ? [] : ["stopped before every trial was made: these are partial results"]),
    ...(payload.schema?.unsure === undefined ? [] : [payload.schema.unsure]),
    ...warnings,
    ...(payload.schema?.carried ?? []),
  ];
  const shown = all.slice(0, MAX_NOTES).map((note) => clipped(`note: ${note}`));
  const more = all.length - shown.length;
  return more <= 0 ? shown : [...shown, `and ${many(more, "more note")}: --all`];
}

/** What was measured, and where the rest of it is. */
function footer(document: ResultDocument): [string, string] {
  const trials = document.scenarios.flatMap((scenario) =>
    scenario.status === "ok" ? [scenario.trials.length] : [],
  );
  const [least, most] = [Math.min(...trials), Math.max(...trials)];
  const each =
    trials.length === 0
      ? ""
      : `, ${least === most ? least : `${least} to ${most}`} ${most === 1 ? "trial" : "trials"} each`;
  const seconds =
    document.elapsedSeconds === undefined ? "" : `, ${significant(document.elapsedSeconds)} s`;
  const machine = disturbanceText(document) === undefined ? "Steady machine" : "Disturbed machine";
  return [
    clipped(
      `${SIGN.best} best of its column. ${machine}${each}${seconds}${earlyText(document, most)}.`,
    ),
    "--verdict what binds · --all every column · --explain each sentence · report.html",
  ];
}

/** That everything was precise before all trials that were wanted had been made. */
function earlyText({ configuration, scenarios }: ResultDocument, most: number): string {
  const { trials, precision } = configuration;
  const measured = scenarios.filter(({ status }) => status === "ok");
  const isEarly = most < trials && measured.every(({ precisionReached }) => precisionReached);
  return isEarly && measured.length > 0
    ? `: every interval is within ± ${percent(precision)} %, so it stopped early`
    : "";
}

function clipped(line: string): string {
  const width = LINE_WIDTH - INDENT.length;
  return line.length <= width ? line : `${line.slice(0, width - 1)}…`;
}
