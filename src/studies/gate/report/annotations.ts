import { forTerminal } from "../../../core/foreign-text.js";
import type { GateDocument } from "../document.js";
import { cellSentence } from "./sentence.js";

/**
 * A line for each cell that did not pass, in the form of GitHub's workflow commands ("Workflow
 * commands for GitHub Actions", setting an error or a warning message). "" if all passed.
 */
export function gateAnnotations(given: GateDocument): string {
  const { gate } = forTerminal(given);
  return gate.cells
    .filter(({ answer }) => answer !== "pass")
    .map((cell) => {
      const level = cell.answer === "fail" ? "error" : "warning";
      return `::${level} title=hellfact gate::${escaped(cellSentence(cell))}\n`;
    })
    .join("");
}

function escaped(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}
