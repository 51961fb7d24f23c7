import { markdownTable } from "markdown-table";
import { forMarkdown } from "../../../core/foreign-text.js";
import type { GateAnswer, GateDocument } from "../document.js";
import { verdictSentence } from "./sentence.js";
import { GATE_HEADS, gateRows } from "./table.js";
import { waysText } from "./ways.js";

const SIGN: Readonly<Record<GateAnswer, string>> = {
  pass: "✅ PASS",
  fail: "❌ FAIL",
  inconclusive: "❔ INCONCLUSIVE",
};

/** A gate as a pull request's summary shows it. Ends with a newline. */
export function gateMarkdown(given: GateDocument): string {
  const document = forMarkdown(given);
  const { gate, environment } = document;
  const table = markdownTable([[...GATE_HEADS], ...gateRows(document)], {
    align: ["l", "l", ...GATE_HEADS.slice(2).map(() => "r")],
  });
  const where = `${environment.cpuModel}, ${environment.cores} cores, Node ${environment.node}`;
  return [
    `### ${SIGN[gate.answer]}: hellfact gate`,
    "",
    verdictSentence(document),
    "",
    table,
    "",
    `\`${gate.baseline}\` → \`${gate.candidate}\` on ${where}, ${Math.round(gate.seconds)} s. ` +
      `“Slower by” is of processor time, by pairs of fresh processes${gate.ways === undefined ? "" : `; ${waysText(gate.ways)}`}.`,
    "",
  ].join("\n");
}
