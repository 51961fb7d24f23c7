import { choiceName } from "../../../report/names.js";
import type { ScenarioResult } from "../../../trial/result.js";
import type { ResultDocument } from "../document.js";
import { isSweep } from "../sweep/curves.js";
import { valueText } from "../sweep/values.js";

/** A scenario by all that tells it from the others of its document: `json gzip 6 on node@24.21.0 at 64 KiB`. */
export function writeName(document: ResultDocument, scenario: ScenarioResult): string {
  const { sweepValue } = scenario;
  const isSwept = isSweep(document) && sweepValue !== undefined;
  return `${choiceName(scenario)}${isSwept ? ` at ${valueText(document, sweepValue)}` : ""}`;
}
